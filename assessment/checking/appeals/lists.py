"""The county's list of appeals, as page and sheet show it."""

from django.utils.translation import gettext_lazy as _

from schools.sheets.listing import Listed, Listing
from schools.sheets.rows import day

APPEALS = Listing(
    "appeals",
    _("Appeals"),
    (
        Listed("appeal", _("Appeal"), lambda row: row.code, ("pk",), 10),
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", "pk"), 28),
        Listed(
            "teacher",
            _("Teacher"),
            lambda row: row.submission.person.name,
            ("submission__person__pinyin", "pk"),
            14,
        ),
        Listed(
            "point",
            _("Point"),
            lambda row: row.submission.point.code,
            ("submission__point__position", "pk"),
            10,
        ),
        Listed("against", _("Against"), lambda row: str(row.get_against_display()), ("against", "pk"), 16),
        Listed("standing", _("State"), lambda row: row.label, ("state", "pk"), 12),
        Listed("lodged", _("Lodged"), lambda row: day(row.lodged_at), ("lodged_at", "pk"), 12),
    ),
    "standing",
)
