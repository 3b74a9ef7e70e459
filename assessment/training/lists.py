"""The lists of hours at school and county, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.training.models import Category, HourClaim
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_PERSON = ("person__pinyin", "person_id", "pk")
SEARCH = _("Name, pinyin, initials or number")
CATEGORY = Filter("category", _("Category"), _("Both categories"), tuple(Category.choices))


def claim_of(row: Any) -> HourClaim:
    """Return the claim of a row, which stands beside the words of its refusal and what is odd about it."""
    claim: HourClaim = row[0]
    return claim


def proof_said(row: Any) -> str:
    return gettext("yes") if claim_of(row).proof_id else gettext("none")


TEACHER = Listed("teacher", _("Teacher"), lambda row: claim_of(row).person.name, BY_PERSON, 14)
DONE = Listed("title", _("What was done"), lambda row: claim_of(row).title, width=40)
KIND = Listed(
    "category", _("Category"), lambda row: claim_of(row).get_category_display(), ("category", *BY_PERSON)
)
HOURS = Listed("hours", _("Hours"), lambda row: claim_of(row).hours, ("hours", *BY_PERSON), 10, "0.0")
DAY = Listed("day", _("Day"), lambda row: day(claim_of(row).held_on), ("held_on", *BY_PERSON), 12)
FLAGS = Listed("flags", _("To be looked at"), lambda row: " ".join(row[2]), width=40)
PROOF = Listed("proof", _("Proof"), proof_said, width=10)
COLUMNS = (TEACHER, DONE, KIND, HOURS, DAY, PROOF, FLAGS)
AT_SCHOOL = Listing("hours", _("Hours"), COLUMNS, "", SEARCH, (CATEGORY,))
AT_COUNTY = Listing("attested-hours", _("Hours to recognise"), COLUMNS, "teacher", SEARCH, (CATEGORY,))

# One row per school: dictionaries that Python puts in order.
BY_SCHOOL = Listing(
    "hours-by-school",
    _("Hours to recognise"),
    (
        Listed("school", _("School"), lambda row: row["school__name"], ("school__pinyin", "school_id"), 28),
        Listed("people", _("Teachers"), lambda row: row["people"], ("people", "school__pinyin"), 10, "0"),
        Listed("claims", _("Claims"), lambda row: row["claims"], ("claims", "school__pinyin"), 10, "0"),
        Listed(
            "online", _("Online study"), lambda row: row["online"], ("online", "school__pinyin"), 12, "0.0"
        ),
        Listed(
            "practice", _("Practice"), lambda row: row["practice"], ("practice", "school__pinyin"), 12, "0.0"
        ),
    ),
    "school",
    _("School or initials"),
)
