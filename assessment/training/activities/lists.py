"""The lists of activities and of those who came, as page and sheet show them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.training.activities.models import ActivityKind, ActivityState
from schools.clock import SHANGHAI
from schools.organisations.models import TeachingGroup
from schools.sheets.listing import Filter, Listed, Listing

BY_TIME = ("begins_at", "pk")
KIND = Filter("kind", _("Kind"), _("All kinds"), tuple(ActivityKind.choices))
STATE = Filter(
    "state_is", _("State"), _("All states"), tuple((str(key), label) for key, label in ActivityState.choices)
)
PLACE = Filter(
    "place", _("Where"), _("Everywhere"), (("rural", _("Rural schools")), ("town", _("Town schools")))
)


def when(row: Any) -> str:
    """Return day and times in Shanghai."""
    begins, ends = row.begins_at.astimezone(SHANGHAI), row.ends_at.astimezone(SHANGHAI)
    return f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M}"


def group_said(row: Any) -> str:
    return row.group.name if row.group else gettext("the whole school")


COLUMNS = (
    Listed("when", _("Time"), when, BY_TIME, 24),
    Listed("title", _("Title"), lambda row: row.title, width=40),
    Listed("kind", _("Kind"), lambda row: row.get_kind_display(), ("kind", *BY_TIME), 20),
    Listed("group", _("Group"), group_said, ("group__name", *BY_TIME), 18),
    Listed("leader", _("Leader"), lambda row: row.leader.name, ("leader__pinyin", *BY_TIME), 14),
    Listed("came", _("Came"), lambda row: row.came, ("came", *BY_TIME), 10, "0"),
    Listed("state", _("State"), lambda row: row.label, ("state", *BY_TIME), 14),
)
AT_SCHOOL = Listing("activities", _("Activities"), COLUMNS, "-when", _("Title or place"), (KIND, STATE))
IN_COUNTY = Listing(
    "county-activities",
    _("Activities"),
    (Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *BY_TIME), 28), *COLUMNS),
    "-when",
    _("School, initials or title"),
    (KIND, PLACE, STATE),
)


def at_school(groups: Iterable[TeachingGroup]) -> Listing:
    """Return the school's list with the filter of its own groups."""
    known = [(str(group.pk), group.name) for group in groups]
    choice = Filter("group", _("Group"), _("All groups"), (("school", _("The whole school")), *known))
    return replace(AT_SCHOOL, filters=(KIND, choice, STATE))
