"""What the homes of county and region show: tasks, the board of schools, sums by county."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.urls import reverse
from django.utils.translation import ngettext_lazy
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
    "participants",
    "chosen",
    "draft",
    "submitted",
    "returned",
    "passed",
    "failed",
    "accepted",
    "overturned",
    "credits_accepted",
)


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
    rows = SchoolProgress.objects.filter(programme=programme).select_related("school")
    return [
        row_of(row.school, figures_of({name: getattr(row, name) for name in FIGURES}))
        for row in rows.order_by("school__pinyin")
    ]


def total(rows: Iterable[BoardRow]) -> Figures:
    """Return the sums of all rows."""
    figures = [row.figures for row in rows]
    return Figures(*(sum(getattr(row, name) for row in figures) for name in Figures.__dataclass_fields__))


def region_board(region: Region) -> list[BoardRow]:
    """Return a row of sums per county of the region (and of the cities below it); no school, no person."""
    below = County.objects.filter(Q(region=region) | Q(region__parent=region))
    counties = list(below.order_by("region__name", "name"))
    sums = {f"sum_{name}": Sum(name) for name in FIGURES}
    with scopes_disabled():
        rows = SchoolProgress.objects.filter(county__in=counties, programme__is_current=True)
        found = {row["county"]: row for row in rows.order_by().values("county").annotate(**sums)}
    return [
        row_of(county, figures_of({name: found.get(county.pk, {}).get(f"sum_{name}", 0) for name in FIGURES}))
        for county in counties
    ]


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits for the office: who does it, which rows, until which phase ends, where."""

    permission: Permission
    rows: QuerySet[Any]
    phase: PhaseKind | None
    page: str
    sentence: Any


def waiting_kinds() -> dict[str, Waiting]:
    """Return the kinds in the order of the year."""
    current = {"programme__is_current": True}
    return {
        "filing": Waiting(
            Permission.APPROVE_FILINGS,
            Filing.objects.filter(**current, state=FilingState.FILED),
            PhaseKind.CHOOSE,
            "county-filings",
            ngettext_lazy("%d school plan to approve", "%d school plans to approve"),
        ),
        "transfer": Waiting(
            Permission.COMPLETE_TRANSFERS,
            Transfer.objects.filter(completed_at__isnull=True, refused_at__isnull=True),
            None,
            "transfers",
            ngettext_lazy("%d transfer to complete", "%d transfers to complete"),
        ),
        "hours": Waiting(
            Permission.RECOGNISE_HOURS,
            HourClaim.objects.filter(**current, state=ClaimState.ATTESTED),
            PhaseKind.RETURN,
            "county-hours",
            ngettext_lazy("%d claim of hours to recognise", "%d claims of hours to recognise"),
        ),
        "return": Waiting(
            Permission.ACCEPT_RETURNS,
            SchoolReturn.objects.filter(**current, state=ReturnState.FILED),
            PhaseKind.CHECK,
            "county-returns",
            ngettext_lazy("%d school return to accept", "%d school returns to accept"),
        ),
        "case": Waiting(
            Permission.RUN_SPOT_CHECKS,
            SpotCheckCase.objects.filter(draw__programme__is_current=True, state=CaseState.JUDGED),
            PhaseKind.CHECK,
            "draws",
            ngettext_lazy("%d judged case waits for the verdict", "%d judged cases wait for the verdict"),
        ),
    }


def tasks_of(county: County, phases: Iterable[Phase], by: Actor) -> list[Task]:
    """Return what waits for the office with the day its phase ends; all counts come in one query."""
    ends = {phase.kind: phase.closes_at for phase in phases}
    kinds = {key: kind for key, kind in waiting_kinds().items() if by.can(kind.permission, county)}
    if not kinds:
        return []
    first, *others = (
        kind.rows.order_by().annotate(kind_of_task=Value(key)).values_list("kind_of_task", Count("pk"))
        for key, kind in kinds.items()
    )
    counts = dict(first.union(*others, all=True))
    return [
        Task(
            str(kind.sentence % counts[key]),
            counts[key],
            ends.get(kind.phase) if kind.phase else None,
            reverse(f"assessment:{kind.page}", args=[county.slug]),
        )
        for key, kind in kinds.items()
        if counts.get(key)
    ]
