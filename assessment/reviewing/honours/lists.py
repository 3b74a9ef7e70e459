"""Lists of excellent work and of names put forward, as page and sheet show them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.reviewing.honours.models import HonourName
from assessment.reviewing.honours.queries import ExcellentRow
from assessment.showing import name_of
from schools.sheets.listing import Listed, Listing
from schools.sheets.rows import day

SEARCH = _("Name, pinyin, initials or number")
BY_PERSON = ("person__pinyin", "person_id", "point__position", "pk")
BY_NAME = ("submission__person__pinyin", "submission__person_id", "submission__point__position", "pk")


def put_forward_said(row: ExcellentRow) -> str:
    return gettext("put forward on %s") % day(row.name.put_forward_at) if row.name else ""


def point_said(row: ExcellentRow | HonourName) -> str:
    return f"{row.submission.point.code} {row.submission.point.name}"


EXCELLENT = Listing(
    "excellent",
    _("Excellent work"),
    (
        Listed("teacher", _("Teacher"), lambda row: row.submission.person.name, BY_PERSON, 14),
        Listed("point", _("Point"), point_said, ("point__position", *BY_PERSON), 40),
        Listed("state", _("State"), lambda row: row.submission.label, ("state", *BY_PERSON)),
        Listed("honours", _("Honours"), put_forward_said, width=24),
    ),
    "teacher",
    SEARCH,
)
HONOURS = Listing(
    "honours",
    _("Put forward for honours"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *BY_NAME), 24),
        Listed("teacher", _("Teacher"), lambda row: row.submission.person.name, BY_NAME, 14),
        Listed("point", _("Point"), point_said, ("submission__point__position", *BY_NAME), 40),
        Listed("state", _("State"), lambda row: row.submission.label, ("submission__state", *BY_NAME)),
        Listed("on", _("Put forward"), lambda row: day(row.put_forward_at), ("put_forward_at", "pk"), 12),
        Listed("by", _("By"), lambda row: name_of(row.put_forward_by), width=14),
    ),
    "school",
    SEARCH,
)
