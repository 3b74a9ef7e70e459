"""The lists of inspections and issues, as page and sheet show them."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.guiding.inspections.models import IssueState, Level, Severity, Topic
from assessment.guiding.inspections.queries import OVERDUE
from schools.organisations.models import School
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

LEVEL = Filter("level", _("Level"), _("All levels"), tuple(Level.choices))
TOPIC = Filter("topic", _("What was inspected"), _("Everything"), tuple(Topic.choices))
INSPECTIONS = Listing(
    "inspections",
    _("Inspections"),
    (
        Listed("day", _("Day"), lambda row: day(row.day), ("day", "pk"), 12),
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", "day", "pk"), 28),
        Listed("level", _("Level"), lambda row: row.get_level_display(), ("level", "day", "pk"), 14),
        Listed("topic", _("What was inspected"), lambda row: row.get_topic_display(), ("topic", "pk"), 18),
        Listed("members", _("Who inspected"), lambda row: row.members, width=30),
        Listed("issues", _("Issues"), lambda row: row.issue_count, ("issue_count", "pk"), 10, "0"),
        Listed("open", _("Not closed"), lambda row: row.unclosed_count, ("unclosed_count", "pk"), 10, "0"),
    ),
    "-day",
    _("School, initials, or a word of it"),
    (LEVEL, TOPIC),
)


def lateness(issue: Any) -> str:
    return gettext("overdue") if issue.is_overdue else ""


STATE = Filter("state", _("State"), _("All states"), tuple((str(s.value), s.label) for s in IssueState))
SEVERITY = Filter(
    "severity", _("Severity"), _("Every severity"), tuple((str(s.value), s.label) for s in Severity)
)
DUE = Filter("due", _("In time"), _("All"), ((OVERDUE, _("Overdue only")),))
ISSUES = Listing(
    "issues",
    _("Issues"),
    (
        Listed("title", _("What is to be mended"), lambda row: row.title, width=44),
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", "due_on", "pk"), 28),
        Listed("owner", _("Responsible"), lambda row: row.owner.name, ("owner__pinyin", "pk"), 14),
        Listed(
            "severity",
            _("Severity"),
            lambda row: row.get_severity_display(),
            ("severity", "due_on", "pk"),
            10,
        ),
        Listed("due", _("Until"), lambda row: day(row.due_on), ("due_on", "pk"), 12),
        Listed("late", _("In time"), lateness, width=10),
        Listed("state", _("State"), lambda row: row.label, ("state", "due_on", "pk"), 14),
    ),
    "due",
    _("School, person, or a word of it"),
    (STATE, SEVERITY, DUE),
)


def issues_of_county() -> Listing:
    """Return the board with a choice of schools."""
    schools = tuple((str(school.pk), school.name) for school in School.objects.order_by("pinyin", "pk"))
    school = Filter("school", _("School"), _("All schools"), schools)
    return replace(ISSUES, filters=(STATE, school, SEVERITY, DUE))
