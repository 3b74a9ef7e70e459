"""The list of a county's schools, as page and sheet show it."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import School, Stage
from schools.people.models import Membership
from schools.sheets.listing import Filter, Listed, Listing


@dataclass(frozen=True)
class SchoolRow:
    """A school out of `schools_listed` with who leads it today."""

    school: School
    leaders: dict[str, list[Membership]]

    def names(self, role: str) -> str:
        return gettext(", ").join(held.person.name for held in self.leaders[role] if held.person)

    def above(self) -> str:
        units = [self.school.central, self.school.managed_by]
        return " / ".join(dict.fromkeys(unit.name for unit in units if unit))


BY_NAME = ("pinyin", "pk")
SCHOOLS = Listing(
    "schools",
    _("Schools"),
    (
        Listed("name", _("School"), lambda row: row.school.name, BY_NAME, 28),
        Listed("stage", _("School stage"), lambda row: row.school.get_stage_display(), ("stage", *BY_NAME)),
        Listed(
            "environments", _("Environments"), lambda row: row.school.environments, ("environments", *BY_NAME)
        ),
        Listed("above", _("Central school and managing unit"), lambda row: row.above(), width=34),
        Listed(
            "people", _("People"), lambda row: row.school.people_count, ("people_count", *BY_NAME), 10, "0"
        ),
        Listed("principal", _("Principal"), lambda row: row.names("principal"), width=18),
        Listed("cio", _("CIO"), lambda row: row.names("cio"), width=18),
    ),
    "name",
    _("Name, pinyin initials or code"),
    (
        Filter("stage", _("School stage"), _("All stages"), tuple(Stage.choices)),
        Filter("place", _("Place"), _("Town and country"), (("rural", _("rural")), ("town", _("town")))),
    ),
)
