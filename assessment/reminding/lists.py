"""The lists of reminders given at a school and of mails given up, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.reminding.duties.table import DUTIES
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_PERSON = ("person__pinyin", "person_id", "pk")


def duty_said(row: Any) -> str:
    return str(DUTIES[row.duty].label) if row.duty in DUTIES else row.duty


def choices() -> tuple[tuple[str, Any], ...]:
    return tuple((key, duty.label) for key, duty in DUTIES.items())


GIVEN = Listing(
    "reminders",
    _("Reminders given"),
    (
        Listed("person", _("Person"), lambda row: row.person.name, BY_PERSON, 14),
        Listed("duty", _("What"), duty_said, ("duty", *BY_PERSON), 28),
        Listed("due", _("Due"), lambda row: day(row.due), ("due", *BY_PERSON), 12),
        Listed("told", _("Told"), lambda row: day(row.made_at), ("made_at", *BY_PERSON), 12),
        Listed("mail", _("Mail"), lambda row: row.mail.get_status_display() if row.mail else "", width=12),
    ),
    "-told",
    _("Name, pinyin, initials or number"),
    (Filter("duty", _("What"), _("Everything"), choices()),),
)
GIVEN_UP = Listing(
    "mails",
    _("Mails given up"),
    (
        Listed("person", _("Person"), lambda row: row.person.name, BY_PERSON, 14),
        Listed(
            "school",
            _("School"),
            lambda row: row.person.school.name if row.person.school else "",
            ("person__school__pinyin", *BY_PERSON),
            28,
        ),
        Listed("subject", _("Subject"), lambda row: row.subject, width=40),
        Listed("made", _("Written"), lambda row: day(row.made_at), ("made_at", *BY_PERSON), 12),
        Listed("tries", _("Tries"), lambda row: row.tries, ("tries", *BY_PERSON), 8, "0"),
        Listed("trouble", _("Trouble"), lambda row: row.trouble, width=40),
    ),
    "-made",
    _("Name, pinyin, initials or number"),
)
