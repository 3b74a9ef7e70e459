"""The lists of flags at school and county, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.reminding.risks.models import RiskKind
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_PERSON = ("person__pinyin", "person_id", "pk")
BY_PINYIN = ("school__pinyin", "school_id")
REASON = Filter("kind", _("Reason"), _("All reasons"), tuple(RiskKind.choices))
HELPED = Filter("helper", _("Helper"), _("All"), (("nobody", _("nobody yet")), ("named", _("named"))))
PLACE = Filter("place", _("Place"), _("Town and country"), (("rural", _("Rural")), ("town", _("Town"))))


def helper_said(row: Any) -> str:
    return row.helper.name if row.helper else gettext("nobody yet")


TEACHER = Listed("teacher", _("Teacher"), lambda row: row.person.name, BY_PERSON, 14)
KIND = Listed("kind", _("Reason"), lambda row: row.get_kind_display(), ("kind", *BY_PERSON), 20)
SINCE = Listed("since", _("Behind since"), lambda row: day(row.raised_at), ("raised_at", *BY_PERSON), 12)
HELPER = Listed("helper", _("Helper"), helper_said, ("helper__pinyin", *BY_PERSON), 14)
AGREED = Listed("note", _("What was agreed"), lambda row: row.note, width=40)
CLEARED = Listed("cleared", _("Cleared"), lambda row: day(row.cleared_at), ("cleared_at", *BY_PERSON), 12)
AT_SCHOOL = Listing(
    "flags",
    _("Who needs help"),
    (TEACHER, KIND, SINCE, HELPER, AGREED, CLEARED),
    "-since",
    _("Name, pinyin, initials or number"),
    (REASON, HELPED),
)


def count(key: str, heading: Any) -> Listed:
    return Listed(key, heading, lambda row: row[key], (key, *BY_PINYIN), 10, "0")


# One row per school: dictionaries that Python puts in order.
BY_SCHOOL = Listing(
    "flags-by-school",
    _("Who needs help"),
    (
        Listed("school", _("School"), lambda row: row["school__name"], BY_PINYIN, 28),
        count("people", _("People")),
        count("no_choice", RiskKind.NO_CHOICE.label),
        count("hours", RiskKind.HOURS.label),
        count("returned", RiskKind.RETURNED.label),
        count("silent", RiskKind.SILENT.label),
        count("unhelped", _("Without helper")),
    ),
    "-people",
    _("School or initials"),
    (PLACE,),
)
