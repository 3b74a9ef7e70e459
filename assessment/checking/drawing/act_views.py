"""What the county office does with draws: freeze, draw, abandon, enlarge, give out, uphold."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.answering import answer, answer_batch, posted_ids
from assessment.checking import boards, spot_checks
from assessment.checking.drawing import actions
from assessment.checking.drawing.forms import EnlargeForm, PlanForm, WordsForm
from assessment.checking.drawing.models import Draw
from assessment.checking.drawing.proposing import sizes_for
from assessment.checking.drawing.queries import found_by_stratum
from assessment.checking.drawing.sampling import grown, stratum_sizes
from assessment.checking.drawing.strata import frame_of
from assessment.checking.drawing.verdicts import enough_by_stratum
from assessment.checking.drawing.views import plan_page
from assessment.checking.experts import spread, waiting_cases
from assessment.checking.queries import drawable, undrawn_returns
from assessment.programme.models import Programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.people.models import Person
from schools.refusals import Refused


def address_of(request: HttpRequest, pk: int) -> str:
    return reverse("assessment:draw", args=[request.county.slug, pk])


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the frame of the ticked returns and commit the seed."""
    programme = get_object_or_404(Programme.objects.select_related("county"), is_current=True)
    ticked = list(undrawn_returns(programme).filter(pk__in=posted_ids(request)).order_by("pk"))
    form = PlanForm(request.POST)
    if not form.is_valid():
        return plan_page(request, programme, ticked, form, status=422)
    frame = frame_of(drawable(ticked), form.cleaned_data["stratum_by"])
    try:
        if not frame:
            raise Refused(_("No filed return lists a passed submission yet."), "empty-frame")
        planned = actions.plan(
            programme=programme,
            returns=ticked,
            sizes=sizes_for(stratum_sizes(frame), form.asked()),
            claim=form.cleaned_data["claim"],
            stratum_by=form.cleaned_data["stratum_by"],
            tolerance_percent=form.cleaned_data["tolerance"],
            confidence_percent=form.cleaned_data["confidence"],
            by=request.actor,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:draws", request.county.slug)
    messages.success(
        request, _("The frame is frozen and the seed committed. Draw when your witness is there.")
    )
    return redirect(address_of(request, planned.pk))


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw, with the words of the witness."""
    planned = get_object_or_404(Draw.objects.select_related("county"), pk=pk)
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")
    return answer(
        request,
        lambda: actions.draw(planned=planned, words=words, by=request.actor),
        _("%d cases are drawn. Give them to experts next.") % planned.size,
        address_of(request, pk),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the plan up before anything is drawn."""
    planned = get_object_or_404(Draw.objects.select_related("county"), pk=pk)
    return answer(
        request,
        lambda: actions.abandon(planned=planned, by=request.actor),
        _("The plan is abandoned; its returns can be planned anew."),
        reverse("assessment:draws", args=[request.county.slug]),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def enlarge(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw more from the same frame, spread over its strata in proportion."""
    drawn = get_object_or_404(Draw.objects.select_related("county"), pk=pk)
    form = EnlargeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say how many cases in all, and why."))
        return redirect(address_of(request, pk))
    enough = enough_by_stratum(found_by_stratum(drawn), drawn)
    sizes = grown(form.cleaned_data["size"], stratum_sizes(drawn.frame), enough)
    return answer(
        request,
        lambda: actions.enlarge(drawn=drawn, sizes=sizes, why=form.cleaned_data["why"], by=request.actor),
        _("The draw is enlarged. Give the new cases to experts next."),
        address_of(request, pk),
    )


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
        experts = spread(cases, shown.programme.experts_per_case, shown)
    return answer_batch(
        request,
        cases,
        lambda case: spot_checks.give_to_experts(case=case, experts=experts[case.pk], by=request.actor),
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
