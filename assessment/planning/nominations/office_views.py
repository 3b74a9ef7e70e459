"""The county's quotas and its training team: renewed or retired from what trainers have done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.planning.bodies.models import Seat
from assessment.planning.nominations import actions, queries, terms
from assessment.planning.nominations.forms import QuotaForm, RenewForm, RetireForm
from assessment.planning.nominations.lists import TRAINERS, with_figures
from assessment.planning.nominations.models import TeamQuota
from assessment.planning.nominations.quotas import places_of, trainers
from assessment.planning.nominations.views import of_year
from assessment.planning.spots import here
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@require_GET
def quotas(request: HttpRequest) -> HttpResponse:
    """How many places schools and subjects have, and how many are taken."""
    return quotas_page(request, None)


def quotas_page(request: HttpRequest, typed: QuotaForm | None) -> HttpResponse:
    """Show the quotas; `typed` is a form that was sent with errors."""
    programme = current_programme(request.county)
    may_set = request.actor.can(Permission.APPOINT_LEADERS, request.county)
    context = {
        "programme": programme,
        "places": places_of(programme) if programme else [],
        "form": typed or (quota_form(request) if may_set and programme else None),
        "may_set": may_set,
    }
    status = 422 if typed else 200
    return render(request, "assessment/planning/nominations/quotas.html", context, status=status)


def quota_form(request: HttpRequest) -> QuotaForm:
    data = request.POST if request.method == "POST" else None
    return QuotaForm(data, schools=School.objects.order_by("pinyin", "pk"))


@allow(Permission.APPOINT_LEADERS)
@require_POST
def quota_set(request: HttpRequest) -> HttpResponse:
    """Set the places of a school, a subject, or both."""
    programme = of_year(request)
    form = quota_form(request)
    if not form.is_valid():
        return quotas_page(request, form)
    said = form.cleaned_data
    school = get_object_or_404(School, pk=said["school"]) if said["school"] else None
    return answer(
        request,
        lambda: actions.set_quota(
            programme=programme,
            school=school,
            subject=said["subject"],
            places=said["places"],
            by=request.actor,
        ),
        _("Set. It holds from the next nomination on."),
        here(request, "county-quotas"),
    )


@allow(Permission.APPOINT_LEADERS)
@require_POST
def quota_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a limit away."""
    quota = get_object_or_404(
        TeamQuota.objects.select_related("programme__county", "school"), pk=pk, county=request.county
    )
    return answer(
        request,
        lambda: actions.remove_quota(quota=quota, by=request.actor),
        _("Removed. Nothing limits these places any more."),
        here(request, "county-quotas"),
    )


@allow(Permission.SEE_COUNTY)
@exports(TRAINERS)
@require_GET
def county_trainers(request: HttpRequest) -> HttpResponse:
    """The training team with terms and figures of service."""
    listing = with_figures()
    asked = asked_filters(request, listing)
    found = queries.team(asked["q"], asked["origin"], asked["term"])
    shown = show(request, listing, found, queries.with_service)
    if shown.file:
        return shown.file
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return render(request, "assessment/planning/nominations/trainers.html", context)


def seat_here(request: HttpRequest, pk: int) -> Seat:
    """Return a running seat of the county's training team, else 404."""
    rows = trainers().select_related("body__county", "person__school", "person__county")
    return get_object_or_404(rows, pk=pk, county=request.county)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_trainer(request: HttpRequest, pk: int) -> HttpResponse:
    """One trainer: what was done, the terms so far, and the forms to renew or to retire."""
    return trainer_page(request, seat_here(request, pk), None, None)


def trainer_page(
    request: HttpRequest, seat: Seat, renewing: RenewForm | None, retiring: RetireForm | None
) -> HttpResponse:
    """Show a trainer; a form that was sent with errors is shown again."""
    may_act = all(
        request.actor.can(one, request.county) for one in (Permission.KEEP_BODIES, Permission.APPOINT_LEADERS)
    )
    (trainer,) = queries.with_service([seat])
    context = {
        "trainer": trainer,
        "terms": Seat.objects.filter(body=seat.body, person_id=seat.person_id).order_by("-starts_on", "-pk"),
        "may_act": may_act,
        "renew_form": renewing
        or RenewForm(initial={"until": terms.suggested_end(seat)}, auto_id="id_renew_%s"),
        "retire_form": retiring or RetireForm(auto_id="id_retire_%s"),
    }
    status = 422 if renewing or retiring else 200
    return render(request, "assessment/planning/nominations/trainer.html", context, status=status)


@allow(Permission.APPOINT_LEADERS)
@require_POST
def trainer_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew a term, with the reason."""
    seat = seat_here(request, pk)
    form = RenewForm(request.POST, auto_id="id_renew_%s")
    if form.is_valid():
        try:
            renewed = terms.renew(seat=seat, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("until" if refusal.code == "term" else None, told(refusal))
        else:
            messages.success(request, _("Renewed. The earlier term stays in the history."))
            return redirect(here(request, "county-trainer", renewed.pk))
    return trainer_page(request, seat, form, None)


@allow(Permission.APPOINT_LEADERS)
@require_POST
def trainer_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """End a term with the post and the role, with the reason."""
    seat = seat_here(request, pk)
    form = RetireForm(request.POST, auto_id="id_retire_%s")
    if form.is_valid():
        try:
            terms.retire(seat=seat, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, told(refusal))
        else:
            messages.success(request, _("Ended: the post, the term and the role of trainer."))
            return redirect(here(request, "county-training-team"))
    return trainer_page(request, seat, None, form)


def told(refusal: Refused) -> str:
    """Return the sentence of a refusal; a missing right answers 403."""
    if refusal.code == "forbidden":
        raise PermissionDenied(str(refusal))
    return str(refusal)
