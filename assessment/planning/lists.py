"""The county's lists of filings, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.planning.kinds import OF_SCHOOL, Kind
from schools.sheets.listing import Filter, Listed, Listing

SCHOOL_OR_NUMBER = _("School, initials or filing number")
KIND = Filter("kind", _("Kind"), _("All kinds"), tuple((one.kind.value, one.label) for one in OF_SCHOOL))
FILINGS = Listing(
    "filings",
    _("School filings"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", "kind", "pk"), 28),
        Listed(
            "kind", _("Kind"), lambda row: row.get_kind_display(), ("kind", "school__pinyin", "pk"), width=22
        ),
        Listed("title", _("Title"), lambda row: row.title, width=40),
        Listed("state", _("State"), lambda row: row.label, ("state", "school__pinyin", "pk")),
        Listed("number", _("Filing number"), lambda row: row.number, ("number", "school__pinyin", "pk"), 22),
    ),
    "school",
    SCHOOL_OR_NUMBER,
    (KIND,),
)
WITHOUT_FILING = Listing(
    "schools-without-filing",
    _("Schools that have not begun"),
    (
        Listed("school", _("School"), lambda school: school.name, ("pinyin", "pk"), 28),
        Listed(
            "stage", _("School stage"), lambda school: school.get_stage_display(), ("stage", "pinyin", "pk")
        ),
    ),
    "school",
    SCHOOL_OR_NUMBER,
    (KIND,),
)


def column(kind: Kind) -> Listed:
    """Return the board's column of one kind."""

    def said(row: Any) -> str:
        return str(row.said(kind.kind.value))

    return Listed(kind.kind.value, kind.label, said, width=20)


BOARD = Listing(
    "filings-board",
    _("Which school has filed what"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("pinyin", "pk"), 28),
        *(column(one) for one in OF_SCHOOL),
        Listed("topics", _("Topic plans agreed"), lambda row: row.topics),
    ),
    "school",
    _("School or initials"),
)
