"""Filings, bodies, inventories and choices in the administration."""

from django.contrib import admin

from assessment.admin.stateful import StatefulAdmin
from assessment.planning.bodies.models import Body, Seat, Waiver
from assessment.planning.inventory.models import Inventory
from assessment.planning.models import Comment, Filing, FilingVersion, Remark
from assessment.planning.nominations.models import Nomination, TeamQuota
from assessment.selecting.models import Selection
from schools.admin import ReadOnlyAdmin


@admin.register(Filing)
class FilingAdmin(StatefulAdmin):
    list_display = ("title", "school", "kind", "label", "number")
    search_fields = ("title", "number")


@admin.register(Body)
class BodyAdmin(ReadOnlyAdmin):
    list_display = ("kind", "county", "school", "published_at")
    list_filter = ("kind", "county")
    list_select_related = ("county", "school")


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin):
    list_display = ("holder", "body", "post", "starts_on", "until", "ended_on")
    list_filter = ("post", "county")
    list_select_related = ("body", "person")


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ("school", "programme", "about", "reason", "granted_at", "ended_at")
    list_filter = ("county",)
    list_select_related = ("school", "programme")


@admin.register(TeamQuota)
class TeamQuotaAdmin(ReadOnlyAdmin):
    list_display = ("programme", "school", "subject", "places")
    list_filter = ("county",)
    list_select_related = ("programme", "school")


@admin.register(Nomination)
class NominationAdmin(StatefulAdmin):
    list_display = ("person", "school", "subject", "label")
    list_select_related = ("person", "school")


@admin.register(Inventory)
class InventoryAdmin(StatefulAdmin):
    list_display = ("school", "edition", "label", "environments")


@admin.register(FilingVersion)
class FilingVersionAdmin(ReadOnlyAdmin):
    list_display = ("title", "school", "number", "filed_at", "filed_by")
    list_filter = ("county",)
    list_select_related = ("school", "filed_by")


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ("filing", "field", "made_at", "sent_at", "is_mended")
    list_filter = ("county",)
    list_select_related = ("filing",)


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ("filing", "person", "made_at")
    list_filter = ("county",)
    list_select_related = ("filing", "person")


@admin.register(Selection)
class SelectionAdmin(StatefulAdmin):
    list_display = ("person", "school", "number", "label")
    list_select_related = ("person", "school")
    search_fields = ("person__name",)
