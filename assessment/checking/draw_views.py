"""The county office's pages of draws and cases: draw, give to experts, uphold, overturn, rectify."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import (
    answer,
    answer_batch,
    buttons,
    posted_due,
    posted_ids,
    posted_version,
)
from assessment.checking import boards, sampling, spot_checks
from assessment.checking.experts import experts_of_county, spread, waiting_cases
from assessment.checking.forms import DrawForm
from assessment.checking.lists import CASES, DRAWS
from assessment.checking.models import CaseState, Draw, SpotCheckCase
from assessment.checking.queries import undrawn_returns
from assessment.checking.showing import timeline
from assessment.checking.spot_checks import give_to_experts
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.people.models import Person
from schools.refusals import Refused
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
    frame = sum(size for _row, size in waiting)
    size = sampling.size_for(frame, programme.sample_percent)
    shown = show(request, DRAWS, boards.draws_made(programme))
    context = {
        "programme": programme,
        "waiting": waiting,
        "frame": frame,
        "form": DrawForm(initial={"size": size}),
        "draws": shown.rows,
        "page": shown.page,
        "listed": shown,
    }
    return shown.file or render(request, "assessment/checking/draws.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def make_draw(request: HttpRequest) -> HttpResponse:
    """Draw from the ticked returns, once."""
    back = reverse("assessment:draws", args=[request.county.slug])
    programmes = Programme.objects.select_related("county").filter(county=request.county)
    programme = get_object_or_404(programmes, is_current=True)
    ticked = list(undrawn_returns(programme).filter(pk__in=posted_ids(request)).order_by("pk"))
    form = DrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say how many cases are to be drawn."))
        return redirect(back)
    try:
        drawn = spot_checks.draw_sample(
            programme=programme, returns=ticked, size=form.cleaned_data["size"], by=request.actor
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    messages.success(request, _("%d cases are drawn. Give them to experts next.") % drawn.size)
    return redirect("assessment:draw", request.county.slug, drawn.pk)


def address_of(request: HttpRequest, draw_id: int) -> str:
    return reverse("assessment:draw", args=[request.county.slug, draw_id])


@allow(Permission.RUN_SPOT_CHECKS)
@exports(CASES)
@require_GET
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw: what makes it repeatable, its cases, and who judges them."""
    shown = get_object_or_404(Draw.objects.select_related("programme", "drawn_by__person"), pk=pk)
    cases = boards.cases_found(shown, **asked_filters(request, CASES))
    listed = show(request, CASES, cases, boards.case_rows)
    if listed.file:
        return listed.file
    context = {
        "draw": shown,
        "frame_size": len(shown.frame),
        "listed": listed,
        "rows": listed.rows,
        "page": listed.page,
        "experts": experts_of_county(),
        "has_drawn": shown.cases.filter(state=CaseState.DRAWN).exists(),
        "borne_out": len(boards.borne_out(shown)),
    }
    return render(request, "assessment/checking/draw.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give ticked cases to the chosen experts, or spread all waiting cases over everybody who may judge."""
    shown = get_object_or_404(Draw.objects.select_related("programme"), pk=pk)
    cases = waiting_cases(shown)
    chosen = posted_ids(request, "experts")
    if chosen:
        ticked = set(posted_ids(request))
        cases = [case for case in cases if case.pk in ticked]
        people = list(Person.objects.filter(pk__in=chosen).select_related("user").order_by("pk"))
        experts = {case.pk: people for case in cases}
    else:
        experts = spread(cases, shown.programme.experts_per_case)
    return answer_batch(
        request,
        cases,
        lambda case: give_to_experts(case=case, experts=experts[case.pk], by=request.actor),
        address_of(request, pk),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def draw_uphold(request: HttpRequest, pk: int) -> HttpResponse:
    """Uphold every judged case in which the experts bear the school out."""
    shown = get_object_or_404(Draw, pk=pk)
    return answer_batch(
        request,
        boards.borne_out(shown),
        lambda case: spot_checks.uphold(case=case, by=request.actor),
        address_of(request, pk),
    )


def found_case(request: HttpRequest, pk: int) -> SpotCheckCase:
    work = ("submission__point", "submission__person", "submission__school", "submission__programme")
    rows = SpotCheckCase.objects.select_related("draw__programme", "school", "county", *work)
    return get_object_or_404(rows, pk=pk)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def county_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the school's grade beside the experts' judgements, and the verdict to give."""
    shown = found_case(request, pk)

    def url_of(action: str) -> str | None:
        if action not in ("uphold", "overturn", "rectify"):
            return None
        return reverse(f"assessment:county-case-{action}", args=[request.county.slug, pk])

    def for_submission(action: str) -> str | None:
        return url_of(action) if action == "rectify" else None

    judged = spot_checks.judged_grade(shown)
    context = {
        "case": shown,
        "judged": judged,
        "is_borne_out": spot_checks.bears_out(shown, judged),
        "judgements": boards.judgements_on(shown),
        "buttons": buttons(shown, request.actor, url_of),
        "submission_buttons": buttons(shown.submission, request.actor, for_submission),
        "events": timeline(shown),
    }
    return render(request, "assessment/checking/county_case.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def case_uphold(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the school's result stand."""
    shown, version = found_case(request, pk), posted_version(request)
    return answer(
        request,
        lambda: spot_checks.uphold(case=shown, by=request.actor, version=version),
        _("The school's result stands."),
        address_of(request, shown.draw_id),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def case_overturn(request: HttpRequest, pk: int) -> HttpResponse:
    """Overturn the school's result with the reason its people will read."""
    shown, version = found_case(request, pk), posted_version(request)
    why = request.POST.get("note", "")
    return answer(
        request,
        lambda: spot_checks.overturn(case=shown, why=why, by=request.actor, version=version),
        _("The result is overturned and stays out of the acceptance."),
        reverse("assessment:county-case", args=[request.county.slug, pk]),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def case_rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the teacher of an overturned submission one more attempt until a day."""
    submission, version = found_case(request, pk).submission, posted_version(request)
    advice, due_at = request.POST.get("note", ""), posted_due(request)
    return answer(
        request,
        lambda: spot_checks.rectify(
            submission=submission, advice=advice, due_at=due_at, by=request.actor, version=version
        ),
        _("The teacher may put it right until that day."),
        reverse("assessment:county-case", args=[request.county.slug, pk]),
    )
