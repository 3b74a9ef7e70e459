"""What waits for the county office, each kind with the day its phase ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from assessment.checking.appeals.models import Appeal
from assessment.checking.appeals.queries import OPEN as OPEN_APPEALS
from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.process.models import ProcessCheck, ProcessCheckState
from assessment.guiding.inspections.models import Issue, IssueState
from assessment.planning.inventory.models import Inventory, InventoryState
from assessment.planning.models import Filing
from assessment.planning.nominations.models import Nomination, NominationState
from assessment.planning.queries import waiting_for_county
from assessment.programme.absences.models import Absence, AbsenceState
from assessment.programme.models import Phase, PhaseKind
from assessment.training.models import ClaimState, HourClaim
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import County
from schools.people.models import Transfer


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
class Waiting:
    """One kind of thing that waits for the office: who does it, which rows, until which phase ends, where."""

    permission: Permission
    rows: QuerySet[Any]
    phase: PhaseKind | None
    page: str
    sentence: Any


def waiting_kinds() -> dict[str, Waiting]:
    """Return the kinds in the order of the year."""
    return around_the_year() | assessed() | checked()


def around_the_year() -> dict[str, Waiting]:
    """Return what waits beside the assessment: people, schools and issues."""
    current = {"programme__is_current": True}
    return {
        "absence": Waiting(
            Permission.SET_RULES,
            Absence.objects.filter(**current, state=AbsenceState.ASKED),
            None,
            "county-absences",
            ngettext_lazy("%d exclusion or leave to answer", "%d exclusions and leaves to answer"),
        ),
        "nomination": Waiting(
            Permission.APPOINT_LEADERS,
            Nomination.objects.filter(**current, state=NominationState.NOMINATED),
            None,
            "county-nominations",
            ngettext_lazy("%d nomination to answer", "%d nominations to answer"),
        ),
        "inventory": Waiting(
            Permission.APPROVE_FILINGS,
            Inventory.objects.filter(state=InventoryState.STATED),
            None,
            "county-inventories",
            ngettext_lazy("%d school inventory to confirm", "%d school inventories to confirm"),
        ),
        "issue": Waiting(
            Permission.INSPECT,
            Issue.objects.filter(state=IssueState.MENDED),
            None,
            "county-issues",
            ngettext_lazy("%d mended issue to look at", "%d mended issues to look at"),
        ),
    }


def assessed() -> dict[str, Waiting]:
    """Return what waits on the way from the plan to the acceptance."""
    current = {"programme__is_current": True}
    return {
        "filing": Waiting(
            Permission.APPROVE_FILINGS,
            Filing.objects.filter(waiting_for_county(), **current),
            PhaseKind.PLAN,
            "county-filings",
            ngettext_lazy("%d school filing to approve", "%d school filings to approve"),
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


def checked() -> dict[str, Waiting]:
    """Return what waits beside the spot checks: planned draws, appeals, samples of the process."""
    return {
        "planned-draw": Waiting(
            Permission.RUN_SPOT_CHECKS,
            Draw.objects.filter(programme__is_current=True, drawn_at__isnull=True, abandoned_at__isnull=True),
            PhaseKind.CHECK,
            "draws",
            ngettext_lazy("%d planned spot check to draw", "%d planned spot checks to draw"),
        ),
        "appeal": Waiting(
            Permission.RUN_SPOT_CHECKS,
            Appeal.objects.filter(submission__programme__is_current=True, state__in=OPEN_APPEALS),
            None,
            "county-appeals",
            ngettext_lazy("%d appeal to answer", "%d appeals to answer"),
        ),
        "process-check": Waiting(
            Permission.RUN_SPOT_CHECKS,
            ProcessCheck.objects.filter(sample__programme__is_current=True, state=ProcessCheckState.OPEN),
            None,
            "process-samples",
            ngettext_lazy(
                "%d sampled row of the process to look at", "%d sampled rows of the process to look at"
            ),
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
