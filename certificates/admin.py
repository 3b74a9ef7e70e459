"""Certificates in the administration: only to read; they change through the portal's own pages."""

from django.contrib import admin

from certificates.models import Certificate
from schools.admin import ReadOnlyAdmin


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ("number", "person", "school", "point_code", "label", "issued_at")
    list_filter = ("state", "county")
    list_select_related = ("person", "school")
    search_fields = ("number", "person__name")
    exclude = ("token", "state")
