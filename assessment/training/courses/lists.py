"""The lists of courses and of the posts that are trained."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.training.courses.models import CourseKind
from assessment.training.courses.queries import POSTS
from schools.access.roles import ROLES
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_DAY = ("begins_on", "pk")
KIND = Filter("kind", _("Kind"), _("All kinds"), tuple(CourseKind.choices))


def holder(row: Any) -> str:
    return row.school.name if row.school else gettext("the county")


COURSES = Listing(
    "courses",
    _("Courses"),
    (
        Listed("begins", _("First day"), lambda row: day(row.begins_on), BY_DAY, 12),
        Listed("title", _("Title"), lambda row: row.title, width=40),
        Listed("kind", _("Kind"), lambda row: row.get_kind_display(), ("kind", *BY_DAY), 18),
        Listed("holder", _("Organiser"), holder, ("school__pinyin", *BY_DAY), 24),
        Listed("hours", _("Hours"), lambda row: row.hours, ("hours", *BY_DAY), 10, "0.0"),
        Listed("came", _("Came"), lambda row: row.came, ("came", *BY_DAY), 10, "0"),
    ),
    "-begins",
    _("Title, provider or school"),
    (KIND,),
)


def post_column(role: str) -> Listed:
    """Return the column of one post: how many of its holders are trained."""
    return Listed(role, ROLES[role].label, lambda row: str(row.posts[role]), width=12)


COVERAGE = Listing(
    "team-training",
    _("Team training"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("pinyin", "pk"), 28),
        *(post_column(role) for role in POSTS),
        Listed("missing", _("Not trained yet"), lambda row: row.missing, ("missing", "pinyin", "pk"), 14, "0"),
    ),
    "school",
    _("School or initials"),
    (Filter("trained", _("State"), _("All schools"),
            (("missing", _("somebody is missing")), ("complete", _("all trained")))),),
)  # fmt: skip
