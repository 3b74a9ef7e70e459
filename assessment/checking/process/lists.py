"""The county's lists of samples of the process and of one sample's checks, as page and sheet show them."""

from django.utils.translation import gettext_lazy as _

from schools.sheets.listing import Listed, Listing
from schools.sheets.rows import day

SAMPLES = Listing(
    "process-samples",
    _("Samples of the process"),
    (
        Listed("sample", _("Sample"), lambda row: str(row.pk), ("pk",), 10),
        Listed("kind", _("Kind"), lambda row: str(row.get_kind_display()), ("kind", "-pk"), 18),
        Listed("drawn", _("Drawn"), lambda row: day(row.drawn_at), ("drawn_at", "pk"), 12),
        Listed("size", _("Rows"), lambda row: row.size, ("size", "-pk"), 8, "0"),
        Listed("open", _("To be looked at"), lambda row: row.open, ("open", "-pk"), 12, "0"),
        Listed("objected", _("Not in order"), lambda row: row.objected, ("objected", "-pk"), 12, "0"),
    ),
    "-sample",
)
PLACE = ("position", "pk")
CHECKS = Listing(
    "process-checks",
    _("Checks of the process"),
    (
        Listed("position", _("Number"), lambda row: row.position, PLACE, 8, "0"),
        Listed("said", _("What is checked"), lambda row: row.said, (), 50),
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *PLACE), 28),
        Listed("standing", _("State"), lambda row: row.label, ("state", *PLACE), 14),
    ),
    "position",
)
