"""One person's ledger as school and county read it, and the county's corrections."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.programme.models import Participant
from assessment.programme.queries import current_programme
from assessment.training.corrections import correct, remaining
from assessment.training.forms import CorrectionForm
from assessment.training.ledger import in_all, ledger_rows
from assessment.training.models import HourClaim
from assessment.training.queries import claims_of, sums_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.refusals import Refused

FIELD_OF_REFUSAL = {"hours": "hours", "note": "because"}


@allow(Permission.ATTEST_HOURS, Permission.SEE_PEOPLE)
@require_GET
def school_person_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger of somebody who takes part at this school now."""
    participant = participant_at(request, pk)
    may_attest = request.actor.can(Permission.ATTEST_HOURS, request.school)
    slugs = (request.county.slug, request.school.slug)
    back = reverse("assessment:school-hours", args=slugs) if may_attest else ""
    return ledger_page(request, participant, back)


@allow(Permission.RECOGNISE_HOURS)
@require_GET
def county_person_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger of anybody who takes part in the county's programme."""
    back = reverse("assessment:county-hours", args=[request.county.slug])
    return ledger_page(request, participant_at(request, pk), back)


def participant_at(request: HttpRequest, pk: int) -> Participant:
    """Return the open participation of a person (`pk`) here, or answer 404."""
    rows = Participant.objects.select_related("person", "school", "programme").filter(
        programme=current_programme(request.county), person=pk, ends_on__isnull=True
    )
    return get_object_or_404(rows.filter(school=request.school) if request.school else rows)


def ledger_page(request: HttpRequest, participant: Participant, back_url: str) -> HttpResponse:
    programme, person = participant.programme, participant.person
    page, links = turned(request, claims_of(programme, person))
    at_school = request.school.pk if request.school else None
    sums = sums_of(programme, person)
    context = {
        "person": person,
        "participant": participant,
        "sums": sums,
        "in_all": in_all(programme, sums),
        "rows": ledger_rows(page, at_school=at_school),
        "page": links,
        "at_school": at_school,
        "may_correct": at_school is None,
        "back_url": back_url,
    }
    return render(request, "assessment/training/person_hours.html", context)


@allow(Permission.RECOGNISE_HOURS)
@require_GET
def county_hours_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that takes recognised hours back."""
    return correction_page(request, claim_at(pk), CorrectionForm())


def correction_page(
    request: HttpRequest, claim: HourClaim, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    context = {"claim": claim, "left": remaining(claim), "form": form}
    return render(request, "assessment/training/correction.html", context, status=status)


def claim_at(pk: int) -> HourClaim:
    return get_object_or_404(HourClaim.objects.select_related("person", "county"), pk=pk)


@allow(Permission.RECOGNISE_HOURS)
@require_POST
def county_hours_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Take hours back with the reason; what is refused comes back with all that was typed."""
    claim, form = claim_at(pk), CorrectionForm(request.POST)
    if form.is_valid():
        try:
            correct(
                claim=claim,
                hours=form.cleaned_data["hours"],
                because=form.cleaned_data["because"],
                by=request.actor,
                seen=seen_left(request),
            )
        except Refused as refusal:
            form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        else:
            messages.success(request, _("Corrected. The teacher is told."))
            return redirect("assessment:county-person-hours", request.county.slug, claim.person_id)
    return correction_page(request, claim, form, 422)


def seen_left(request: HttpRequest) -> Decimal | None:
    """Return the hours that the page said were left."""
    try:
        return Decimal(request.POST.get("seen", ""))
    except InvalidOperation:
        return None
