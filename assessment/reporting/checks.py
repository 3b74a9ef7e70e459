"""Invariants of the figures that boards and plots show."""

from collections.abc import Iterator
from datetime import date, timedelta

from assessment.programme.models import Programme, SchoolProgress
from assessment.reporting.days import STAGES, Span, moved, sums_until
from assessment.reporting.figures import counters_of, figures_of
from assessment.reporting.tasks import LATELY
from schools.clock import today
from schools.invariants import Found, invariant


@invariant(17, "Every figure of a report equals its recount from base rows.")
def days_add_up_to_the_counters() -> Found:
    """Compare counters and days; the days that beat may not have reached yet are counted from the events."""
    since = today() - timedelta(days=LATELY - 1)
    broken = [
        sentence
        for programme in Programme._base_manager.filter(is_current=True).order_by("pk")
        for sentence in differing(programme, since)
    ]
    return SchoolProgress._base_manager.filter(programme__is_current=True).count(), broken


def differing(programme: Programme, since: date) -> Iterator[str]:
    """Yield the schools whose days do not add up to their counters."""
    sums = sums_until(programme, since - timedelta(days=1))
    for (school, _day), figures in moved(programme, Span(since)).items():
        before = sums.get(school, dict.fromkeys(STAGES, 0))
        sums[school] = {stage: before[stage] + figures[stage] for stage in STAGES}
    nothing = dict.fromkeys(STAGES, 0)
    rows = SchoolProgress._base_manager.filter(programme=programme).order_by("school_id")
    counted = {row.school_id: figures_of(counters_of(row)) for row in rows}
    for school, counters in counted.items():
        counter = {stage: getattr(counters, stage) for stage in STAGES}
        if counter != sums.get(school, nothing):
            yield f"school {school}: counters {counter}, days {sums.get(school, nothing)}"
    for school in sorted(set(sums) - set(counted)):
        if any(sums[school].values()):
            yield f"school {school}: days {sums[school]} without counters"
