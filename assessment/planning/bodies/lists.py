"""The county's list of school teams, as page and sheet show it."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.planning.bodies.models import Waiver
from assessment.planning.bodies.rule import LABELS
from schools.organisations.models import School
from schools.sheets.listing import Filter, Listed, Listing

COMPLETE, LACKING, WAIVED = "complete", "lacking", "waived"


@dataclass(frozen=True)
class Team:
    """The management team of a school that runs its own year, with what it lacks and what is waived."""

    school: School
    people: int
    lacking: list[str]
    waivers: list[Waiver]

    @property
    def pinyin(self) -> str:
        return self.school.pinyin

    @property
    def lacks(self) -> int:
        return len(self.lacking)

    @property
    def waived(self) -> str:
        """What is waived, in words."""
        return gettext(", ").join(str(LABELS[waiver.about]) for waiver in self.waivers)


TEAMS = Listing(
    "teams",
    _("School teams"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("pinyin",), 28),
        Listed("people", _("People"), lambda row: row.people, ("people", "pinyin"), 10, "0"),
        Listed("lacks", _("Lacks"), lambda row: row.lacks, ("lacks", "pinyin"), 10, "0"),
        Listed("what", _("What is lacking"), lambda row: " ".join(row.lacking), width=60),
        Listed("waived", _("Waived"), lambda row: row.waived, width=30),
    ),
    "school",
    _("School or initials"),
    (
        Filter(
            "standing",
            _("State"),
            _("All schools"),
            ((LACKING, _("something lacks")), (COMPLETE, _("complete")), (WAIVED, _("with a waiver"))),
        ),
    ),
)
