"""The school's list of pieces, as page and sheet show it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import TeachingGroup
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BEGUN = ("begun_at", "pk")
STATE = Filter(
    "state_is", _("State"), _("All states"), (("open", _("under way")), ("finished", _("finished")))
)


def state_said(row: Any) -> str:
    return gettext("finished") if row.finished_at else gettext("under way")


AT_SCHOOL = Listing(
    "polishings",
    _("Polishing"),
    (
        Listed("begun", _("Begun"), lambda row: day(row.begun_at), BEGUN, 12),
        Listed("topic", _("Topic"), lambda row: row.topic, width=40),
        Listed("teacher", _("Teacher"), lambda row: row.person.name, ("person__pinyin", *BEGUN), 14),
        Listed(
            "group", _("Group"), lambda row: row.group.name if row.group else "", ("group__name", *BEGUN), 18
        ),
        Listed("drafts", _("Drafts"), lambda row: row.drafts_made, ("drafts_made", *BEGUN), 10, "0"),
        Listed("notes", _("Notes"), lambda row: row.notes_made, ("notes_made", *BEGUN), 10, "0"),
        Listed("state", _("State"), state_said, width=12),
    ),
    "-begun",
    _("Topic or name"),
    (STATE,),
)


def at_school(groups: Iterable[TeachingGroup]) -> Listing:
    """Return the school's list with the filter of its own groups."""
    known = tuple((str(group.pk), group.name) for group in groups)
    return replace(AT_SCHOOL, filters=(Filter("group", _("Group"), _("All groups"), known), STATE))
