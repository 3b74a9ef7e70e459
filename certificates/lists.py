"""The county's register of certificates, as page and sheet show it."""

from django.utils.translation import gettext_lazy as _

from schools.sheets.listing import Listed, Listing
from schools.sheets.rows import day

REGISTER = Listing(
    "certificates",
    _("Certificates"),
    (
        Listed("number", _("Number"), lambda row: row.number, ("number",), 28),
        Listed("name", _("Name"), lambda row: row.snapshot["name"], ("person__pinyin", "pk"), 14),
        Listed("school", _("School"), lambda row: row.snapshot["school"], ("school__pinyin", "pk"), 28),
        Listed("point", _("Point"), lambda row: row.point_code, ("point_code", "pk"), 8),
        Listed("standing", _("State"), lambda row: row.label, ("state", "-pk"), 14),
        Listed("issued", _("Issued"), lambda row: day(row.issued_at), ("issued_at", "pk"), 12),
    ),
    "",
    _("Name, initials or number"),
)
