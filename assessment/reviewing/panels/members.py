"""A school's panel: who may be asked, where each comes from, and whether it keeps the programme's rules."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.reviewing.panel import candidates
from assessment.reviewing.panels.models import Delegation
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person
from schools.refusals import Refused


class Source(models.TextChoices):
    INSIDE = "inside", gettext_lazy("of the school")
    OUTSIDE = "outside", gettext_lazy("from outside")
    TRAINERS = "trainers", gettext_lazy("training team")


@dataclass(frozen=True)
class Member:
    """One person of a panel; `decides` says that results of this school are released by them."""

    person: Person
    source: Source
    decides: bool = False

    @property
    def pk(self) -> int:
        return self.person.pk

    @property
    def is_outsider(self) -> bool:
        return self.source != Source.INSIDE


@dataclass(frozen=True)
class Panel:
    """All who hold reviews of a school, and among them those who may be asked for more now."""

    school: School
    members: list[Member]
    delegation: Delegation | None

    @property
    def askable(self) -> list[Member]:
        """Return who may be asked: of a delegated panel those from outside alone."""
        return [one for one in self.members if one.is_outsider or self.delegation is None]

    def shortage(self, least: int, needs_outsider: bool) -> Refused | None:
        """Return the sentence that keeps anybody from being asked, or None."""
        have = len(self.askable)
        if have < least:
            sentence = ngettext(
                "The rules ask for a panel of at least %(least)d; %(have)d person may judge here. "
                "Please call more people to the panel.",
                "The rules ask for a panel of at least %(least)d; %(have)d people may judge here. "
                "Please call more people to the panel.",
                have,
            )
            return Refused(sentence % {"least": least, "have": have}, "panel-small")
        if needs_outsider and not any(one.is_outsider for one in self.askable):
            return Refused(
                _("The rules ask for somebody from outside on the panel. Please call a guest reviewer."),
                "no-outsider",
            )
        return None


def panel_of(school: School) -> Panel:
    """Return the school's panel, in a fixed number of queries."""
    units = [unit for unit in (school.pk, school.managed_by_id) if unit]
    people = candidates(school)
    trainers, deciders = office_holders(school, units)
    open_one = Delegation.objects.filter(school__in=units, ended_at__isnull=True)
    return Panel(
        school,
        [
            Member(person, source_of(person, units, trainers), person.pk in deciders)
            for person in sorted(people, key=lambda person: (person.pinyin, person.pk))
        ],
        open_one.select_related("school", "delegated_by__person").order_by("pk").first(),
    )


def office_holders(school: School, units: list[int]) -> tuple[set[int], set[int]]:
    """Return the ids of the county's trainers and of those who decide at the school."""
    day = today()
    held = Membership._base_manager.filter(
        Q(role="trainer", school__isnull=True) | Q(role="cio", school_id__in=units),
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        county_id=school.county_id,
        starts_on__lte=day,
    ).values_list("person_id", "role")
    found = list(held)
    return (
        {person for person, role in found if role == "trainer"},
        {person for person, role in found if role == "cio"},
    )


def source_of(person: Person, units: list[int], trainers: set[int]) -> Source:
    if person.school_id in units:
        return Source.INSIDE
    return Source.TRAINERS if person.pk in trainers else Source.OUTSIDE
