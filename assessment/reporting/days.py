"""What moved in each school on each day, counted again from the events as often as one likes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate

from assessment.events import Event
from assessment.programme.models import DayFigures, Programme
from assessment.selecting.models import SELECTION, Selection, SelectionState
from assessment.submitting.models import SUBMISSION, Submission, SubmissionState
from schools.clock import SHANGHAI

STAGES = ("chosen", "handed_in", "passed", "accepted")
INSIDE: dict[str, dict[str, frozenset[int]]] = {
    SELECTION.name: {"chosen": frozenset({SelectionState.CONFIRMED})},
    SUBMISSION.name: {
        "handed_in": frozenset(set(SubmissionState) - {SubmissionState.DRAFT}),
        "passed": frozenset({SubmissionState.PASSED, SubmissionState.ACCEPTED}),
        "accepted": frozenset({SubmissionState.ACCEPTED}),
    },
}
Subject = type[Selection] | type[Submission]
SUBJECTS: tuple[Subject, ...] = (Selection, Submission)
DAY = TruncDate("at", tzinfo=SHANGHAI)
Moved = dict[tuple[int, date], dict[str, int]]


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both counted; None is open."""

    first: date | None = None
    last: date | None = None

    def of_events(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events that lie in the span by Shanghai's days."""
        if self.first is not None:
            events = events.filter(at__gte=midnight(self.first))
        if self.last is not None:
            events = events.filter(at__lt=midnight(self.last + timedelta(days=1)))
        return events

    def of_days(self, rows: QuerySet[DayFigures]) -> QuerySet[DayFigures]:
        """Return the kept days that lie in the span."""
        if self.first is not None:
            rows = rows.filter(day__gte=self.first)
        return rows if self.last is None else rows.filter(day__lte=self.last)


EVER = Span()


def midnight(day: date) -> datetime:
    """Return the beginning of a day in Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


def recount(programme: Programme, span: Span = EVER) -> int:
    """Write the figures of every school and day of the span anew; returns how many rows stand there now."""
    with transaction.atomic():
        found = moved(programme, span)
        kept = span.of_days(DayFigures.objects.filter(programme=programme))
        gone = [pk for pk, *key in kept.values_list("pk", "school_id", "day") if tuple(key) not in found]
        DayFigures.objects.filter(pk__in=gone).delete()
        DayFigures.objects.bulk_create(
            [
                DayFigures(
                    county_id=programme.county_id, programme=programme, school_id=school, day=day, **figures
                )
                for (school, day), figures in sorted(found.items())
            ],
            update_conflicts=True,
            unique_fields=["programme", "school", "day"],
            update_fields=list(STAGES),
            batch_size=500,
        )
    return len(found)


def moved(programme: Programme, span: Span = EVER) -> Moved:
    """Return by school and day how many rows entered each stage, less those that left it again."""
    found: Moved = defaultdict(lambda: dict.fromkeys(STAGES, 0))
    for model in SUBJECTS:
        for school, day, changes in (*steps(model, programme, span), *carriages(model, programme, span)):
            for stage, change in changes.items():
                found[school, day][stage] += change
    return {key: figures for key, figures in found.items() if any(figures.values())}


def events_of(model: Subject, programme: Programme, span: Span) -> QuerySet[Event]:
    subjects = model._default_manager.filter(programme=programme).values("pk")
    return span.of_events(
        Event.objects.filter(
            county_id=programme.county_id, workflow=model.workflow.name, subject_id__in=subjects
        )
    )


def steps(model: Subject, programme: Programme, span: Span) -> Iterator[tuple[int, date, dict[str, int]]]:
    """Yield school, day and changes of the moves between states, grouped by the database."""
    rows = (
        events_of(model, programme, span)
        .exclude(from_state=F("to_state"))
        .values_list("school_id", DAY, "from_state", "to_state")
        .annotate(count=Count("*"))
        .order_by()
    )
    stages = INSIDE[model.workflow.name]
    for school, day, source, target, count in rows:
        changes = {
            stage: count * ((target in states) - (source in states)) for stage, states in stages.items()
        }
        yield school, day, changes


def carriages(model: Subject, programme: Programme, span: Span) -> Iterator[tuple[int, date, dict[str, int]]]:
    """Yield what open work carried to another school takes from the old one and brings to the new."""
    rows = events_of(model, programme, span).filter(action="carry")
    stages = INSIDE[model.workflow.name]
    for school, day, state, details in rows.values_list("school_id", DAY, "to_state", "details"):
        changes = {stage: int(state in states) for stage, states in stages.items()}
        yield school, day, changes
        yield details["from_school"], day, {stage: -change for stage, change in changes.items()}


def sums_until(programme: Programme, last: date) -> dict[int, dict[str, int]]:
    """Return by school the sums of the kept days up to and with `last`, in one query."""
    rows = DayFigures.objects.filter(programme=programme, day__lte=last).order_by()
    sums = rows.values_list("school_id").annotate(*(Sum(stage) for stage in STAGES))
    return {school: dict(zip(STAGES, figures, strict=True)) for school, *figures in sums}
