"""What the county's and the region's homes show: tasks, the board of schools, the funnel, the sums by county."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import ngettext
from django_scopes import scopes_disabled

from assessment.checking.models import CaseState, ReturnState, SchoolReturn, SpotCheckCase
from assessment.planning.models import Filing, FilingState
from assessment.programme.models import Phase, PhaseKind, Programme, SchoolProgress
from assessment.training.models import ClaimState, HourClaim
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import County, Region, School
from schools.people.models import Transfer

FIGURES = (
    "participants", "chosen", "draft", "submitted", "returned", "passed", "failed", "accepted", "overturned",
    "credits_accepted",
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """Something that waits for the office, as the task list wants it."""

    sentence: str
    count: int
    due: datetime | None
    url: str
    button: str = ""
    tone: str = "waiting"


@dataclass(frozen=True)
class Figures:
    """Sums of counters: people, and submissions by how far they are."""

    participants: int
    chosen: int
    begun: int
    handed_in: int
    passed: int
    accepted: int
    credits: int


@dataclass(frozen=True)
class Cell:
    """A share as a heat cell: level 0 to 5 and the figures it comes from."""

    level: int
    done: int
    total: int


@dataclass(frozen=True)
class BoardRow:
    """A school (or county) with its four stages."""

    place: School | County
    figures: Figures
    cells: tuple[Cell, ...]


def figures_of(counters: dict[str, int]) -> Figures:
    """Return the sums out of counters by name; begun holds drafts too, passed holds accepted."""
    handed_in = sum(
        counters[name] for name in ("submitted", "returned", "passed", "failed", "accepted", "overturned")
    )
    return Figures(
        counters["participants"],
        counters["chosen"],
        counters["draft"] + handed_in,
        handed_in,
        counters["passed"] + counters["accepted"],
        counters["accepted"],
        counters["credits_accepted"],
    )


def cell(done: int, total: int) -> Cell:
    """Return level 0 for nothing, 5 for everything, 1 to 4 by quarters between."""
    if done <= 0 or total <= 0:
        return Cell(0, done, total)
    return Cell(5 if done >= total else 1 + done * 4 // total, done, total)


def row_of(place: School | County, figures: Figures) -> BoardRow:
    """Return the stages: chosen of participants; handed in, passed and accepted of what is begun."""
    cells = (
        cell(figures.chosen, figures.participants),
        cell(figures.handed_in, figures.begun),
        cell(figures.passed, figures.begun),
        cell(figures.accepted, figures.begun),
    )
    return BoardRow(place, figures, cells)


def county_board(programme: Programme) -> list[BoardRow]:
    """Return a row per school by name, in one query."""
    rows = SchoolProgress.objects.filter(programme=programme).select_related("school").order_by("school__name")
    return [row_of(row.school, figures_of({name: getattr(row, name) for name in FIGURES})) for row in rows]


def total(rows: Iterable[BoardRow]) -> Figures:
    """Return the sums of all rows."""
    figures = [row.figures for row in rows]
    return Figures(*(sum(getattr(row, name) for row in figures) for name in Figures.__dataclass_fields__))


def region_board(region: Region) -> list[BoardRow]:
    """Return a row of sums per county of the region (and of the cities below it); no school, no person."""
    counties = list(
        County.objects.filter(Q(region=region) | Q(region__parent=region)).order_by("region__name", "name")
    )
    with scopes_disabled():
        sums = SchoolProgress.objects.filter(county__in=counties, programme__is_current=True).values("county")
        found = {row.pop("county"): row for row in sums.annotate(**{f"sum_{name}": Sum(name) for name in FIGURES})}
    nothing = {f"sum_{name}": 0 for name in FIGURES}
    return [
        row_of(county, figures_of({n.removeprefix("sum_"): v for n, v in found.get(county.pk, nothing).items()}))
        for county in counties
    ]


def tasks_of(county: County, phases: Iterable[Phase], by: Actor) -> list[Task]:
    """Return what waits for the office, each with the day its phase ends; one query a kind."""
    ends = {phase.kind: phase.closes_at for phase in phases}
    found = []
    if by.can(Permission.APPROVE_FILINGS, county):
        count = Filing.objects.filter(programme__is_current=True, state=FilingState.FILED).count()
        sentence = ngettext("%d school plan to approve", "%d school plans to approve", count)
        found.append(Task(sentence % count, count, ends.get(PhaseKind.CHOOSE), at("filings", county)))
    if by.can(Permission.COMPLETE_TRANSFERS, county):
        count = Transfer.objects.filter(completed_at__isnull=True, refused_at__isnull=True).count()
        sentence = ngettext("%d transfer to complete", "%d transfers to complete", count)
        found.append(Task(sentence % count, count, None, at("transfers", county)))
    if by.can(Permission.RECOGNISE_HOURS, county):
        count = HourClaim.objects.filter(programme__is_current=True, state=ClaimState.ATTESTED).count()
        sentence = ngettext("%d claim of hours to recognise", "%d claims of hours to recognise", count)
        found.append(Task(sentence % count, count, ends.get(PhaseKind.RETURN), at("hours", county)))
    if by.can(Permission.ACCEPT_RETURNS, county):
        count = SchoolReturn.objects.filter(programme__is_current=True, state=ReturnState.FILED).count()
        sentence = ngettext("%d school return to accept", "%d school returns to accept", count)
        found.append(Task(sentence % count, count, ends.get(PhaseKind.CHECK), at("county-returns", county)))
    if by.can(Permission.RUN_SPOT_CHECKS, county):
        count = SpotCheckCase.objects.filter(draw__programme__is_current=True, state=CaseState.JUDGED).count()
        sentence = ngettext("%d judged case waits for the verdict", "%d judged cases wait for the verdict", count)
        found.append(Task(sentence % count, count, ends.get(PhaseKind.CHECK), at("draws", county)))
    return [task for task in found if task.count]


def at(name: str, county: County) -> str:
    return reverse(f"assessment:{name}", args=[county.slug])
