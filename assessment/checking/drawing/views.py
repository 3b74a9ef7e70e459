"""The county office's pages of draws: those made, the plan with what it would prove, and one draw."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessment.checking import boards
from assessment.checking.drawing.forms import EnlargeForm, PlanForm, WordsForm, initial_of
from assessment.checking.drawing.models import Draw, StratumBy
from assessment.checking.drawing.proposing import minutes_per_case, propose
from assessment.checking.drawing.records import record_of
from assessment.checking.drawing.strata import frame_of, names_of
from assessment.checking.drawing.verdicts import verdict_of
from assessment.checking.experts import experts_of_county
from assessment.checking.lists import CASES, DRAWS
from assessment.checking.models import SchoolReturn
from assessment.checking.queries import drawable
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.RUN_SPOT_CHECKS)
@exports(DRAWS)
@require_GET
def draws(request: HttpRequest) -> HttpResponse:
    """Filed returns that wait for a draw, and the draws made."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/checking/draws.html", {"programme": None})
    waiting = boards.undrawn_with_frames(programme)
    shown = show(request, DRAWS, boards.draws_made(programme))
    context = {
        "programme": programme,
        "waiting": waiting,
        "frame": sum(size for _row, size in waiting),
        "draws": shown.rows,
        "page": shown.page,
        "listed": shown,
    }
    return shown.file or render(request, "assessment/checking/draws.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """What a draw from the ticked returns would prove and cost, before anything is frozen."""
    programme = get_object_or_404(Programme.objects.select_related("county"), is_current=True)
    waiting = boards.undrawn_with_frames(programme)
    asked = {int(pk) for pk in request.GET.getlist("ids") if pk.isdigit()}
    ticked = [row for row, _size in waiting if row.pk in asked or not asked]
    form = PlanForm(request.GET if "claim" in request.GET else None)
    return plan_page(request, programme, ticked, form)


def plan_page(
    request: HttpRequest, programme: Programme, ticked: list[SchoolReturn], form: PlanForm, status: int = 200
) -> HttpResponse:
    """Show the plan as it is asked for; an untouched form is calculated by the programme's own rules."""
    if not form.is_bound:
        form = PlanForm(initial_of(programme))
    proposal, frame = None, drawable(ticked)
    stratum_by = form.cleaned_data["stratum_by"] if form.is_valid() else StratumBy.NOTHING
    if form.is_valid() and frame:
        rows = frame_of(frame, stratum_by)
        proposal = propose(
            rows,
            form.asked(),
            experts=max(1, programme.experts_per_case),
            minutes=minutes_per_case(programme),
        )
    context = {
        "programme": programme,
        "ticked": ticked,
        "form": form,
        "proposal": proposal,
        "strata": named(proposal.strata, stratum_by) if proposal else [],
        "frame": len(frame),
    }
    return render(request, "assessment/checking/plan.html", context, status=status)


def named(strata: Sequence[Any], stratum_by: str) -> list[tuple[str, Any]]:
    """Return rows of strata under their names."""
    names = names_of([row.stratum for row in strata], stratum_by)
    return [(names[row.stratum], row) for row in strata]


@allow(Permission.RUN_SPOT_CHECKS)
@exports(CASES)
@require_GET
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw: what was committed, what it shows, its cases, and who judges them."""
    shown = get_object_or_404(Draw.objects.select_related("programme", "planned_by__person"), pk=pk)
    if shown.drawn_at is None:
        context = {"draw": shown, "frame_size": len(shown.frame), "form": WordsForm()}
        return render(request, "assessment/checking/planned_draw.html", context)
    cases = boards.cases_found(shown, **asked_filters(request, CASES))
    listed = show(request, CASES, cases, boards.case_rows)
    if listed.file:
        return listed.file
    verdict = verdict_of(shown)
    context = {
        "draw": shown,
        "frame_size": len(shown.frame),
        "verdict": verdict.whole,
        "strata": named(verdict.strata, shown.stratum_by) if shown.stratum_by else [],
        "enlargements": list(shown.enlargements.select_related("made_by__person")),
        "enlarge_form": EnlargeForm(initial={"size": max(verdict.whole.enough, verdict.whole.drawn)}),
        "listed": listed,
        "rows": listed.rows,
        "page": listed.page,
        "experts": experts_of_county(),
        "has_drawn": verdict.waiting > 0,
        "borne_out": len(boards.borne_out(shown)),
    }
    return render(request, "assessment/checking/draw.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed record of the draw as a file: before the draw its commitment, afterwards all of it."""
    shown = get_object_or_404(Draw.objects.select_related("programme", "county"), pk=pk)
    text = json.dumps(record_of(shown), ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="draw-{shown.county.slug}-{shown.pk}.json"'
    return answer
