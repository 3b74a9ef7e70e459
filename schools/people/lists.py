"""The lists of people, as page and sheet show them: what is masked on the one is masked in the other."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import School
from schools.people.queries import PersonRow
from schools.sheets.listing import Filter, Listed, Listing


def school_of(row: PersonRow) -> str:
    return row.person.school.name if row.person.school else ""


NAME = Listed("name", _("Name"), lambda row: row.person.name, ("pinyin", "pk"), 14)
SCHOOL = Listed("school", _("School"), school_of, ("school__pinyin", "pinyin", "pk"), 28)
FACTS = (
    Listed("id", _("Identity number"), lambda row: row.person.id_number_shown, width=22),
    Listed("phone", _("Mobile phone"), lambda row: row.person.phone_shown),
    Listed("roles", _("Roles"), lambda row: gettext(", ").join(str(role) for role in row.roles), width=30),
    Listed("account", _("Account"), lambda row: str(row.account.label), ("user", "has_code", "pinyin", "pk")),
)
SEARCH = _("Name, pinyin, initials or number")
ACCOUNT = Filter("state", _("Account"), _("Everybody"), (("waiting", _("Without an account")),))
PEOPLE_OF_COUNTY = Listing("people", _("People"), (NAME, SCHOOL, *FACTS), "school", SEARCH, (ACCOUNT,))
PEOPLE_OF_SCHOOL = Listing("people", _("People"), (NAME, *FACTS), "name", SEARCH, (ACCOUNT,))


def with_schools(schools: Iterable[School]) -> Listing:
    """Return the county's list with a choice of these schools."""
    choices = tuple((str(school.pk), school.name) for school in schools)
    choice = Filter("school", _("School"), _("All schools"), choices)
    return replace(PEOPLE_OF_COUNTY, filters=(choice, ACCOUNT))
