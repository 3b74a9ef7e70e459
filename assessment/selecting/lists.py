"""The school's lists of choices, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from schools.sheets.listing import Listed, Listing

BY_PERSON = ("person__pinyin", "person_id", "pk")
SEARCH = _("Name, pinyin, initials or number")


def group_of(row: Any) -> str:
    return row.person.group.name if row.person.group else ""


def codes_of(row: Any) -> str:
    return ", ".join(chosen.point.code for chosen in row.chosen.all())


TEACHER = Listed("teacher", _("Teacher"), lambda row: row.person.name, BY_PERSON, 14)
GROUP = Listed("group", _("Teaching group"), group_of, width=20)
CHOICES = Listing(
    "selections",
    _("Choices of points"),
    (
        TEACHER,
        GROUP,
        Listed("points", _("Points"), codes_of, width=24),
        Listed("credits", _("Credits"), lambda row: row.credits or 0, ("credits", *BY_PERSON), 10, "0"),
        Listed("standing", _("State"), lambda row: row.label),
    ),
    "",
    SEARCH,
)
WITHOUT_CHOICE = Listing("without-choice", _("None chosen"), (TEACHER, GROUP), "teacher", SEARCH)
