"""How large each school's panel is and where its people come from, for a page of schools at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panels.models import Delegation
from schools.access.granting import REVIEW_CODENAME
from schools.access.models import SchoolGrant
from schools.clock import today
from schools.organisations.models import County, School
from schools.people.models import Membership


@dataclass
class PanelRow:
    """A school with the people of its panel, by whether they work there, and its open reviews."""

    school: School
    inside: set[int] = field(default_factory=set)
    outside: set[int] = field(default_factory=set)
    delegation: Delegation | None = None
    open_reviews: int = 0

    @property
    def size(self) -> int:
        return len(self.inside) + len(self.outside)


def rows_of(county: County, schools: Sequence[School]) -> list[PanelRow]:
    """Return the schools' panels; four queries for any number."""
    units = {pk for school in schools for pk in (school.pk, school.managed_by_id) if pk}
    people = people_by_unit(county, units)
    rows = Delegation.objects.filter(school__in=units, ended_at__isnull=True).select_related("school")
    delegated = {row.school_id: row for row in rows}
    waiting: dict[int, int] = defaultdict(int)
    for school_id in Review.objects.filter(school__in=schools, state=ReviewState.ASSIGNED).values_list(
        "school_id", flat=True
    ):
        waiting[school_id] += 1
    found = []
    for school in schools:
        own = [unit for unit in (school.pk, school.managed_by_id) if unit]
        row = PanelRow(school, open_reviews=waiting[school.pk])
        for person, work in {pair for unit in own for pair in people[unit]}:
            (row.inside if work in own else row.outside).add(person)
        row.delegation = next((delegated[unit] for unit in own if unit in delegated), None)
        found.append(row)
    return found


def people_by_unit(county: County, units: set[int]) -> dict[int, set[tuple[int, int | None]]]:
    """Return (person id, id of their own school) of reviewers and guests by the unit they judge for."""
    day = today()
    holds = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    found: dict[int, set[tuple[int, int | None]]] = defaultdict(set)
    members = Membership._base_manager.filter(
        holds, county=county, role="reviewer", school__in=units, starts_on__lte=day, person__is_active=True
    )
    for unit, person, work in members.values_list("school_id", "person_id", "person__school_id"):
        found[unit].add((person, work))
    grants = SchoolGrant.objects.filter(
        holds,
        content_object__in=units,
        permission__codename=REVIEW_CODENAME,
        user__person__is_active=True,
    )
    for unit, person, work in grants.values_list(
        "content_object_id", "user__person__pk", "user__person__school_id"
    ):
        found[unit].add((person, work))
    return found
