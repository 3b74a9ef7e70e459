"""Reading who guides which school, how the load lies, and the log of visits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from assessment.guiding.visits.models import TrainerAssignment, Visit
from assessment.programme.models import SchoolProgress
from assessment.programme.queries import current_programme
from schools.clock import today
from schools.organisations.models import County, School
from schools.organisations.queries import school_named
from schools.people.models import Membership, Person

MONTHS_SHOWN = 12


def trainers(day: date, words: str = "") -> QuerySet[Person, Any]:
    """Return the county's trainers of a day with the load of each."""
    held = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
    held = held.filter(role="trainer", school__isnull=True)
    is_running = Q(guidance_assignments__last_on__gte=day)
    people = Person.objects.named_like(words).filter(pk__in=held.values("person_id"), is_active=True)
    return people.annotate(
        school_count=Count("guidance_assignments__school", filter=is_running, distinct=True),
        visit_count=Count("visits", distinct=True),
        last_visit=Max("visits__day"),
    ).order_by("pinyin", "pk")


def with_schools(people: QuerySet[Person, Any], day: date) -> QuerySet[Person, Any]:
    """Read each trainer's own school and the `running` assignments along."""
    running = TrainerAssignment.objects.filter(last_on__gte=day).select_related("school")
    running = running.order_by("school__pinyin", "pk")
    return people.select_related("school").prefetch_related(
        Prefetch("guidance_assignments", running, to_attr="running")
    )


def schools_with_load(day: date) -> list[tuple[School, int]]:
    """Return every school and how many trainers guide it on a day or later; one query."""
    is_running = Q(guidance_assignments__last_on__gte=day)
    guides = Count("guidance_assignments__trainer", filter=is_running, distinct=True)
    schools = School.objects.annotate(guides=guides).order_by("pinyin", "pk")
    return [(school, school.guides) for school in schools]


@dataclass(frozen=True)
class Guided:
    """A school that a trainer guides: the figures of its year, and how often it was visited."""

    assignment: TrainerAssignment
    progress: SchoolProgress | None
    visits: int
    is_running: bool


def guided_by(trainer: Person | None, county: County) -> list[Guided]:
    """Return the trainer's schools, those of today first; three queries."""
    day = today()
    rows = TrainerAssignment.objects.filter(trainer=trainer).select_related("school", "county")
    rows = list(rows.annotate(visit_count=Count("visits")).order_by("-last_on", "school__pinyin", "pk"))
    progress = progress_of(county, [row.school_id for row in rows])
    found = [
        Guided(
            row,
            progress.get(row.school_id),
            row.visit_count,  # type: ignore[attr-defined]
            row.starts_on <= day <= row.last_on,
        )
        for row in rows
    ]
    return sorted(found, key=lambda guided: not guided.is_running)


def progress_of(county: County, schools: list[int]) -> dict[int, SchoolProgress]:
    """Return the counters of the current programme by school id."""
    programme = current_programme(county)
    rows = SchoolProgress.objects.filter(programme=programme, school_id__in=schools) if programme else []
    return {row.school_id: row for row in rows}


def visits_listed(words: str = "", trainer: str = "", school: str = "", month: str = "") -> QuerySet[Visit]:
    """Return visits, the latest first; `trainer` and `school` are ids, `month` is like 2026-11."""
    visits = Visit.objects.select_related("school", "trainer")
    if words:
        people = Person.objects.named_like(words)
        visits = visits.filter(school_named(words, "school__") | Q(trainer__in=people))
    if trainer:
        visits = visits.filter(trainer_id=int(trainer))
    if school:
        visits = visits.filter(school_id=int(school))
    if month:
        year, number = month.split("-")
        visits = visits.filter(day__year=int(year), day__month=int(number))
    return visits.order_by("-day", "-pk")


def months_back(day: date) -> list[str]:
    """Return the last twelve months, this one first, like 2026-11."""
    serial = day.year * 12 + day.month - 1
    found = [divmod(serial - back, 12) for back in range(MONTHS_SHOWN)]
    return [f"{year}-{month + 1:02d}" for year, month in found]


def visiting_trainers() -> list[Person]:
    """Return everybody who was ever assigned to a school."""
    assigned = TrainerAssignment.objects.order_by().values("trainer_id")
    return list(Person.objects.filter(pk__in=assigned).order_by("pinyin", "pk"))
