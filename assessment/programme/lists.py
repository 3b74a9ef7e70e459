"""The lists of a programme: the extensions granted and the participants, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Extension, Participant, PhaseKind
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day


def whose(row: Extension) -> str:
    return row.participant.person.name if row.participant else gettext("the whole school")


def granter(row: Extension) -> str:
    person: Any = getattr(row.granted_by, "person", None)
    return f"{day(row.granted_at)} {person.name if person else ''}".strip()


EXTENSIONS = Listing(
    "extensions",
    _("Extensions"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", "pk"), 28),
        Listed("whose", _("Only for"), whose, ("participant__person__pinyin", "school__pinyin", "pk"), 16),
        Listed("phase", _("Phase"), lambda row: row.get_kind_display(), ("kind", "school__pinyin", "pk"), 20),
        Listed("until", _("Until"), lambda row: day(row.until), ("until", "pk"), 12),
        Listed("reason", _("Reason"), lambda row: row.reason, width=40),
        Listed("granted", _("Granted"), granter, ("pk",), 24),
    ),
    "-granted",
    _("School, name or initials"),
    (Filter("phase", _("Phase"), _("All phases"), tuple(PhaseKind.choices)),),
)
BY_PERSON = ("person__pinyin", "pk")
TAKING_PART, EXCLUDED, LEAVE, MOVING, LEFT = "open", "excluded", "leave", "moving", "left"
STANDINGS = (
    (TAKING_PART, _("taking part")),
    (EXCLUDED, _("excluded")),
    (LEAVE, _("on leave")),
    (MOVING, _("transfer waits")),
    (LEFT, _("left")),
)


def standing(row: Participant) -> str:
    """Return how a participant stands in one word."""
    if row.ends_on:
        key = LEFT
    elif row.excluded_because:
        key = EXCLUDED
    else:
        key = LEAVE if row.leave_until else TAKING_PART  # type: ignore[attr-defined]
    return str(dict(STANDINGS)[key])


PARTICIPANTS = Listing(
    "participants",
    _("Participants"),
    (
        Listed("name", _("Name"), lambda row: row.person.name, BY_PERSON, 14),
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *BY_PERSON), 28),
        Listed(
            "group",
            _("Teaching group"),
            lambda row: row.person.group.name if row.person.group else "",
            (),
            20,
        ),
        Listed(
            "since", _("Taking part since"), lambda row: day(row.starts_on), ("starts_on", *BY_PERSON), 12
        ),
        Listed("until", _("Taking part until"), lambda row: day(row.ends_on), ("ends_on", *BY_PERSON), 12),
        Listed("standing", _("State"), standing, (), 14),
        Listed("because", _("Excluded because"), lambda row: row.excluded_because, width=30),
        Listed("leave", _("On leave until"), lambda row: day(row.leave_until), (), 12),
        Listed("moving", _("Transfer to"), lambda row: row.moving_to or "", (), 28),
    ),
    "school",
    _("Name, school or initials"),
    (Filter("standing", _("State"), _("Everybody"), STANDINGS),),
)
