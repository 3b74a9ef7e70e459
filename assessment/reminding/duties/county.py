"""What the county's people have not done yet: approve plans, accept returns, judge cases."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from assessment.checking.cases.models import CaseState, Judgement
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.planning.models import Filing
from assessment.planning.queries import waiting_for_county
from assessment.programme.models import PhaseKind
from assessment.reminding.duties.pending import Pending, county_page, own_page
from assessment.reminding.look import Look


def to_approve(look: Look) -> Iterator[Pending]:
    """Yield filed plans for the office; choices can be confirmed only after it."""
    filed = Filing.objects.filter(waiting_for_county(), programme=look.programme)
    yield from for_office(look, filed, PhaseKind.CHOOSE, "county-filings")


def to_accept(look: Look) -> Iterator[Pending]:
    """Yield filed returns for the office."""
    filed = SchoolReturn.objects.filter(programme=look.programme, state=ReturnState.FILED)
    yield from for_office(look, filed, PhaseKind.CHECK, "county-returns")


def for_office(look: Look, rows: QuerySet[Any], kind: PhaseKind, page: str) -> Iterator[Pending]:
    """Yield one row per member of the office with how many there are."""
    due = look.due(kind)
    count = rows.count() if due else 0
    for person in look.holders["county-office"].get(None, []) if due and count else ():
        yield Pending(person, None, due, county_page(look, page), count)


def to_judge(look: Look) -> Iterator[Pending]:
    """Yield the cases that an expert was given and has not judged."""
    due = look.due(PhaseKind.CHECK)
    if due is None:
        return
    waiting = Judgement.objects.filter(
        case__draw__programme=look.programme, case__state=CaseState.ASSIGNED, finished_at__isnull=True
    )
    for expert in waiting.order_by("pk").values_list("expert_id", flat=True):
        yield Pending(expert, None, due, own_page("cases"))
