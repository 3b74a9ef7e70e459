"""The school's lists of choices, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schools.sheets.listing import Filter, Listed, Listing

BY_PERSON = ("person__pinyin", "person_id", "pk")
SEARCH = _("Name, pinyin, initials or number")


def group_of(row: Any) -> str:
    return row.person.group.name if row.person.group else ""


def codes_of(row: Any) -> str:
    return gettext(", ").join(chosen.point.code for chosen in row.chosen.all())


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

# The county's roll-up: rows by school and by point are put in order by Python.
PLACE = Filter("place", _("Place"), _("Town and country"), (("rural", _("rural")), ("town", _("town"))))
SCHOOL_SEARCH = _("School or initials")
BY_SCHOOL = Listing(
    "choices-by-school",
    _("Choices by school"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("pinyin",), 28),
        Listed("participants", _("Teachers"), lambda row: row.participants, ("participants",), 10, "0"),
        Listed("proposed", _("Proposed"), lambda row: row.proposed, ("proposed",), 10, "0"),
        Listed("endorsed", _("Endorsed"), lambda row: row.endorsed, ("endorsed",), 10, "0"),
        Listed("returned", _("Returned"), lambda row: row.returned, ("returned",), 10, "0"),
        Listed("confirmed", _("Confirmed"), lambda row: row.confirmed, ("confirmed",), 10, "0"),
        Listed("open", _("Not confirmed"), lambda row: row.open, ("open",), 12, "0"),
    ),
    "school",
    SCHOOL_SEARCH,
    (PLACE,),
)
BY_POINT = Listing(
    "choices-by-point",
    _("Choices by point"),
    (
        Listed("point", _("Point"), lambda row: str(row.point), ("position",), 40),
        Listed("credits", _("Credits"), lambda row: row.point.credits, width=10, format="0"),
        Listed("teachers", _("Teachers"), lambda row: row.teachers, ("teachers",), 10, "0"),
        Listed("schools", _("Schools"), lambda row: row.schools, ("schools",), 10, "0"),
        Listed("rural", _("Rural schools"), lambda row: row.rural, ("rural",), 12, "0"),
    ),
    "point",
)
BY_TEACHER = Listing(
    "choices-by-teacher",
    _("Choices by teacher"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *BY_PERSON), 28),
        Listed("teacher", _("Teacher"), lambda row: row.person.name, BY_PERSON, 14),
        GROUP,
        Listed("points", _("Points"), codes_of, width=24),
        Listed("credits", _("Credits"), lambda row: row.credits or 0, ("credits", *BY_PERSON), 10, "0"),
        Listed("problem", _("Teaching problem addressed"), lambda row: row.problem, width=40),
        Listed("goal", _("Personal goal"), lambda row: row.goal, width=40),
        Listed("measure", _("How it will be seen"), lambda row: row.measure, width=30),
        Listed(
            "catalogue", _("Catalogue"), lambda row: row.catalogue.slug if row.catalogue else "", width=10
        ),
    ),
    "school",
    _("School, name or initials"),
    (PLACE,),
)
