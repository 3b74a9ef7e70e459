"""The schools that hang behind the county as a whole, stage by stage, with a text for the chat group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assessment.programme.models import PhaseKind
from assessment.reporting.chat import to_schools
from assessment.reporting.county_boards import SchoolRow
from assessment.reporting.county_stages import FILED
from assessment.reporting.dates import Calendar, DateShown
from assessment.reporting.figures import share

MARGIN = 0.2
MOST = 20
WATCHED: tuple[tuple[str, str | Promise, PhaseKind], ...] = (
    ("plan", gettext_lazy("School plan filed"), PhaseKind.CHOOSE),
    ("chosen", gettext_lazy("Choice confirmed"), PhaseKind.CHOOSE),
    ("handed_in", gettext_lazy("Handed in"), PhaseKind.SUBMIT),
    ("passed", gettext_lazy("Passed"), PhaseKind.REVIEW),
    ("return", gettext_lazy("School return filed"), PhaseKind.RETURN),
)


@dataclass(frozen=True)
class Behind:
    """One stage: how far the county is, the schools 20 points or more behind it, the furthest first."""

    label: str
    percent: int
    phase: DateShown
    schools: list[str]
    text: str


def behind(rows: Sequence[SchoolRow], calendar: Calendar) -> list[Behind]:
    """Return the stages whose phase has begun and at which schools are behind."""
    return [found for found in stages_behind(rows, calendar) if found.schools]


def stages_behind(rows: Sequence[SchoolRow], calendar: Calendar) -> Iterator[Behind]:
    for stage, label, kind in WATCHED:
        phase = calendar.of(kind)
        if phase is None or phase.standing == "ahead":
            continue
        counted = [(row, *done_of(row, stage)) for row in rows]
        county = share(sum(done for _row, done, _whole in counted), sum(whole for *_row, whole in counted))
        late = [
            (share(done, whole), row, done, whole)
            for row, done, whole in counted
            if whole and county - share(done, whole) >= MARGIN
        ]
        late.sort(key=lambda found: found[0])
        names = [named(row, stage, done, whole) for _share, row, done, whole in late[:MOST]]
        percent = int(county * 100)
        text = to_schools(str(label), percent, names, phase, calendar)
        yield Behind(str(label), percent, phase, names, text)


def done_of(row: SchoolRow, stage: str) -> tuple[int, int]:
    """Return how much of how much the school has done; a plan or return is filed or not."""
    if stage == "plan":
        return int(row.plan.weight >= FILED), 1
    if stage == "return":
        return int(row.school_return.weight >= FILED), 1
    return row.counts[stage], row.of(stage)


def named(row: SchoolRow, stage: str, done: int, whole: int) -> str:
    return row.school.name if stage in ("plan", "return") else f"{row.school.name} {done}/{whole}"
