"""A look at a programme on a day: who takes part, when phases end for whom, who answers for a school."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q

from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme
from assessment.programme.queries import away
from schools.clock import SHANGHAI
from schools.organisations.models import School
from schools.people.models import Membership

LATE_DAYS = 14


@dataclass(frozen=True)
class Enrolled:
    """One participant who owes something: ids of the row, the person, the school and the teaching group."""

    pk: int
    person_id: int
    school_id: int
    group_id: int | None
    starts_on: date


@dataclass(frozen=True)
class Window:
    """First and last day of a phase in Shanghai, and the later last days that were granted."""

    opens_on: date
    closes_on: date
    later: dict[tuple[int, int | None], date]

    def last_day(self, school_id: int | None, participant_id: int | None = None) -> date:
        """Return the last day for a school, or for one of its participants."""
        if school_id is None:
            return self.closes_on
        granted = (self.later.get((school_id, one)) for one in (None, participant_id))
        return max([self.closes_on, *(day for day in granted if day)])


@dataclass
class Look:
    """What several duties read of one programme on one day, each fact in one query for the whole county."""

    programme: Programme
    day: date
    facts: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """Return a fact that several duties ask for, read once per look."""
        if name not in self.facts:
            self.facts[name] = read()
        return self.facts[name]

    @cached_property
    def participants(self) -> dict[int, Enrolled]:
        """Return by id everybody who takes part on the day and is not away."""
        rows = Participant.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=self.day),
            programme=self.programme,
            person__is_active=True,
        )
        gone = away(self.programme, self.day)
        columns = ("pk", "person_id", "school_id", "person__group_id", "starts_on")
        return {row[0]: Enrolled(*row) for row in rows.values_list(*columns) if row[0] not in gone}

    @cached_property
    def taking_part(self) -> dict[int, Enrolled]:
        """Return the same by person."""
        return {row.person_id: row for row in self.participants.values()}

    @cached_property
    def schools(self) -> dict[int, School]:
        return School.objects.select_related("county").in_bulk()

    @cached_property
    def enrolled_schools(self) -> list[int]:
        """Return the ids of schools with somebody who takes part."""
        return sorted({row.school_id for row in self.participants.values()})

    @cached_property
    def windows(self) -> dict[str, Window]:
        """Return the phases by kind with the extensions granted."""
        later: dict[str, dict[tuple[int, int | None], date]] = defaultdict(dict)
        granted = Extension.objects.filter(programme=self.programme)
        for kind, school, one, until in granted.values_list("kind", "school_id", "participant_id", "until"):
            day = until.astimezone(SHANGHAI).date()
            later[kind][school, one] = max(day, later[kind].get((school, one), day))
        return {
            phase.kind: Window(
                phase.opens_at.astimezone(SHANGHAI).date(),
                phase.closes_at.astimezone(SHANGHAI).date(),
                later[phase.kind],
            )
            for phase in Phase.objects.filter(programme=self.programme)
        }

    def due(
        self, kind: PhaseKind, school_id: int | None = None, participant_id: int | None = None
    ) -> date | None:
        """Return the day a phase ends for somebody; None before it opens and two weeks after its end."""
        window = self.windows.get(kind)
        if window is None or self.day < window.opens_on:
            return None
        last = window.last_day(school_id, participant_id)
        return last if self.day <= last + timedelta(days=LATE_DAYS) else None

    @cached_property
    def holders(self) -> dict[str, dict[int | None, list[int]]]:
        """Return who holds a role where: role → school id (heads: group id) → person ids, oldest first."""
        found: dict[str, dict[int | None, list[int]]] = defaultdict(lambda: defaultdict(list))
        held = Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=self.day),
            starts_on__lte=self.day,
            county_id=self.programme.county_id,
            person__is_active=True,
        ).order_by("starts_on", "pk")
        for role, school, group, person in held.values_list("role", "school_id", "group_id", "person_id"):
            found[role][group or school].append(person)
        return found

    def officers(self, role: str, school_id: int) -> list[int]:
        """Return who holds a role for a school: there, else at the unit that manages it."""
        held = self.holders[role]
        return held.get(school_id) or held.get(self.schools[school_id].managed_by_id) or []

    def answering(self, school_id: int, roles: Iterable[str], besides: Iterable[int] = ()) -> list[int]:
        """Return the holders of the first role that has somebody besides those whose own work it is."""
        conflicted = set(besides)
        for role in roles:
            if free := [one for one in self.officers(role, school_id) if one not in conflicted]:
                return free
        return []

    def heads_of(self, row: Enrolled) -> list[int]:
        """Return who talks a teacher's choice over: the group's heads, else the CIO, else the deputy."""
        heads = self.holders["group-head"].get(row.group_id, []) if row.group_id else []
        free = [head for head in heads if head != row.person_id]
        return free or self.answering(row.school_id, ("cio", "deputy"), [row.person_id])
