"""The lists of exemplars and of work that could be one, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.submitting.models import Submission
from microcapabilities.grades import Grade
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

GRADES = tuple((str(grade.value), grade.label) for grade in reversed(Grade))


def point_said(row: Any) -> str:
    return f"{row.submission.point.code} {row.submission.point.name}"


TEACHER = Listed("teacher", _("Teacher"), lambda row: row.person.name, ("person__pinyin", "pk"), 14)
SCHOOL = Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", "pk"), 28)
COLUMNS = (
    Listed("point", _("Point"), point_said, ("submission__point__position", "pk"), 40),
    Listed("standing", _("State"), lambda row: row.label, ("state", "pk")),
    Listed("reason", _("Why it was chosen"), lambda row: row.reason, width=40),
    Listed("practised", _("Practised"), lambda row: row.practised, ("practised", "pk"), 10, "0"),
    Listed("asked", _("Asked on"), lambda row: day(row.asked_at), ("asked_at", "pk"), 12),
)
AT_SCHOOL = Listing("exemplars", _("Exemplars"), (TEACHER, *COLUMNS), "point")
IN_COUNTY = Listing("county-exemplars", _("Exemplars"), (TEACHER, SCHOOL, *COLUMNS), "point")


def grade_said(row: Submission) -> str:
    return str(row.get_grade_display() or "")


WORK = (
    Listed(
        "point", _("Point"), lambda row: f"{row.point.code} {row.point.name}", ("point__position", "pk"), 40
    ),
    Listed("grade", _("Grade"), grade_said, ("grade", "pk"), 12),
)
GRADE = Filter("grade", _("Grade"), _("All grades"), GRADES)
WORK_AT_SCHOOL = Listing(
    "exemplar-work",
    _("Released work"),
    (TEACHER, *WORK),
    "point",
    _("Name, pinyin or code of a point"),
    (GRADE,),
)
WORK_IN_COUNTY = Listing(
    "county-exemplar-work",
    _("Released work"),
    (TEACHER, SCHOOL, *WORK),
    "point",
    _("Name, school or code of a point"),
    (GRADE,),
)
