"""The lists of groups' records and of their reviews, as page and sheet show them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.reviewing.group_records.models import GroupRecordReview, RecordState
from assessment.reviewing.group_records.queries import RecordRow
from assessment.reviewing.group_records.records import KINDS
from microcapabilities.grades import Grade
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_TIME = ("at", "record__kind", "pk")
STANDINGS = {0: _("Nobody asked"), 1: RecordState.ASKED.label, 2: RecordState.JUDGED.label}


def standing_said(row: RecordRow) -> str:
    return str(STANDINGS[row.standing])


def grade_said(row: RecordRow) -> str:
    return str(Grade(row.grade).label) if row.grade else ""


AT_SCHOOL = Listing(
    "group-records",
    _("Groups' records"),
    (
        Listed("since", _("Date"), lambda row: day(row.at), BY_TIME, 12),
        Listed("title", _("Group's record"), lambda row: row.record.title, width=40),
        Listed("kind", _("Kind"), lambda row: row.record.kind_label, ("record__kind", *BY_TIME), 14),
        Listed("group", _("Group"), lambda row: row.record.group.name, ("record__group__name", *BY_TIME), 18),
        Listed("standing", _("State"), standing_said, ("standing", *BY_TIME), 14),
        Listed("grade", _("Grade"), grade_said, ("grade", *BY_TIME), 12),
        Listed("reviewers", _("Reviewers"), lambda row: gettext(", ").join(row.reviewers), width=24),
    ),
    "-since",
    "",
    (
        Filter("kind", _("Kind"), _("All kinds"), tuple(KINDS.items())),
        Filter(
            "standing",
            _("State"),
            _("All states"),
            tuple((str(key), word) for key, word in STANDINGS.items()),
        ),
    ),
)


def kind_said(row: GroupRecordReview) -> str:
    return str(KINDS["topic" if row.filing_id else "activity"])


PLACE = ("school__pinyin", "pk")
IN_COUNTY = Listing(
    "county-group-records",
    _("Groups' records"),
    (
        Listed("school", _("School"), lambda row: row.school.name, PLACE, 28),
        Listed("group", _("Group"), lambda row: row.group.name, ("group__name", "pk"), 18),
        Listed("title", _("Group's record"), str, width=40),
        Listed("kind", _("Kind"), kind_said, width=14),
        Listed("reviewer", _("Reviewer"), lambda row: row.person.name, ("person__pinyin", "pk"), 14),
        Listed("standing", _("State"), lambda row: row.label, ("state", *PLACE), 12),
        Listed("grade", _("Grade"), lambda row: str(row.get_grade_display() or ""), ("grade", *PLACE), 12),
        Listed("judged", _("Judged"), lambda row: day(row.judged_at), ("judged_at", "pk"), 12),
    ),
    "school",
    _("School or initials"),
    (
        Filter(
            "standing",
            _("State"),
            _("All states"),
            tuple((str(key.value), key.label) for key in (RecordState.ASKED, RecordState.JUDGED)),
        ),
        Filter("grade", _("Grade"), _("All grades"), tuple((str(g.value), g.label) for g in reversed(Grade))),
    ),
)
