"""How far a programme was on which day: cumulative shares against the calendar, out of the days' figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.programme.models import DayFigures, Programme
from assessment.reporting.dates import Calendar, day_text, local_day
from assessment.reporting.days import STAGES
from assessment.reporting.figures import percent
from schools.organisations.models import School

MOST_POINTS = 26
LABELS: dict[str, str | Promise] = {
    "chosen": gettext_lazy("Choice confirmed"),
    "handed_in": gettext_lazy("Handed in"),
    "passed": gettext_lazy("Passed"),
    "accepted": gettext_lazy("Accepted"),
}


@dataclass(frozen=True)
class CurvePoint:
    """Where everything stood at the end of a day: counts and whole percents, in the order of the stages."""

    day: date
    counts: tuple[int, ...]
    percents: tuple[int, ...]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.counts, self.percents, strict=True))


@dataclass(frozen=True)
class Curve:
    """The points until today, the ends of the phases, and what the shares are parts of."""

    first: date
    last: date
    today: date
    points: tuple[CurvePoint, ...]
    ends: tuple[tuple[date, str], ...]
    participants: int
    planned: int

    @property
    def labels(self) -> list[str]:
        """The stages in order."""
        return [str(LABELS[stage]) for stage in STAGES]

    @property
    def finding(self) -> str:
        """What the plot shows, in a sentence."""
        if not self.points:
            return _("Nothing has been counted yet.")
        chosen, handed_in, passed, accepted = self.points[-1].percents
        return _(
            "On %(day)s, %(chosen)d%% of the participants have a confirmed choice; of the submissions to do "
            "%(handed_in)d%% are handed in, %(passed)d%% passed, %(accepted)d%% accepted."
        ) % {
            "day": day_text(self.points[-1].day),
            "chosen": chosen,
            "handed_in": handed_in,
            "passed": passed,
            "accepted": accepted,
        }


def curve_of(
    programme: Programme, calendar: Calendar, participants: int, planned: int, school: School | None = None
) -> Curve:
    """Return the curve of the county, or of one school, in one query."""
    days = daily(programme, school)
    first, last = span_of(programme, calendar)
    if days:
        first, last = min(first, days[0][0]), max(last, days[-1][0])
    until = min(last, calendar.today)
    totals = (participants, planned, planned, planned)
    points = tuple(points_of(days, ticks(first, until), totals)) if until >= first else ()
    ends = tuple((row.closes_on, row.name) for row in calendar.dates)
    return Curve(first, last, calendar.today, points, ends, participants, planned)


def daily(programme: Programme, school: School | None) -> list[tuple[date, tuple[int, ...]]]:
    """Return day and figures of every day on which something moved, oldest first."""
    rows = DayFigures.objects.filter(programme=programme)
    if school is not None:
        rows = rows.filter(school=school)
    sums = rows.values_list("day").annotate(*(Sum(stage) for stage in STAGES)).order_by("day")
    return [(day, tuple(counts)) for day, *counts in sums]


def span_of(programme: Programme, calendar: Calendar) -> tuple[date, date]:
    """Return the days from the first opening to the last closing; the programme's own without phases."""
    if not calendar.phases:
        return programme.starts_on, programme.ends_on
    opens = [local_day(phase.opens_at) for phase in calendar.phases]
    return min(opens), max(local_day(phase.closes_at) for phase in calendar.phases)


def ticks(first: date, last: date) -> Iterator[date]:
    """Return at most 27 days, whole weeks apart and counted back from the last, which is one of them."""
    weeks = -(-((last - first).days + 1) // (7 * MOST_POINTS)) or 1
    step = timedelta(weeks=weeks)
    count = (last - first) // step
    return (last - step * number for number in range(count, -1, -1))


def points_of(
    days: Iterable[tuple[date, tuple[int, ...]]], ticks: Iterable[date], totals: tuple[int, ...]
) -> Iterator[CurvePoint]:
    """Yield the sums up to each tick; more than the whole (of a smaller whole today) shows as the whole."""
    waiting = list(days)
    sums = [0] * len(STAGES)
    for tick in ticks:
        while waiting and waiting[0][0] <= tick:
            counts = waiting.pop(0)[1]
            sums = [before + count for before, count in zip(sums, counts, strict=True)]
        yield CurvePoint(
            tick,
            tuple(sums),
            tuple(percent(done, total) for done, total in zip(sums, totals, strict=True)),
        )
