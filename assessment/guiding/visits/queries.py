"""Reading who guides which school, how the load lies, and the log of visits."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from assessment.guiding.visits.models import TrainerAssignment, Visit
from assessment.programme.models import SchoolProgress
from assessment.programme.queries import current_programme
from schools.clock import today
from schools.organisations.models import County, School
from schools.organisations.queries import held_today, school_named
from schools.people.models import Person

MONTHS_SHOWN = 12


def trainers(words: str = "") -> QuerySet[Person]:
    """Return the county's trainers of today with the load of each and their `running` assignments."""
    day = today()
    held = held_today().filter(role="trainer", school__isnull=True).order_by().values("person_id")
    is_running = Q(guidance_assignments__last_on__gte=day)
    running = TrainerAssignment.objects.filter(last_on__gte=day).select_related("school")
    people = Person.objects.named_like(words).filter(pk__in=held, is_active=True).select_related("school")
    return people.annotate(
        school_count=Count("guidance_assignments__school", filter=is_running, distinct=True),
        visit_count=Count("visits", distinct=True),
        last_visit=Max("visits__day"),
    ).prefetch_related(
        Prefetch("guidance_assignments", running.order_by("school__pinyin", "pk"), to_attr="running")
    )


def schools_with_load() -> list[tuple[School, int]]:
    """Return every school and how many trainers guide it now."""
    running = TrainerAssignment.objects.filter(last_on__gte=today()).values("school_id", "trainer_id")
    guides: dict[int, set[int]] = {}
    for row in running:
        guides.setdefault(row["school_id"], set()).add(row["trainer_id"])
    schools = School.objects.order_by("pinyin", "pk")
    return [(school, len(guides.get(school.pk, ()))) for school in schools]


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
