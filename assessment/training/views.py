"""The teacher's ledger of hours and its claim form."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, posted_version
from assessment.programme.models import Participant
from assessment.programme.queries import participation_of
from assessment.selecting.enrolment import not_enrolled
from assessment.showing import tabs_of
from assessment.training import actions
from assessment.training.forms import HourClaimForm
from assessment.training.ledger import in_all, ledger_rows
from assessment.training.models import Category, HourClaim
from assessment.training.queries import claims_of, sums_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.paging import turned
from schools.refusals import Refused

FIELD_OF_REFUSAL = {"hours": "hours", "future": "held_on", "own": None, "forbidden": None}


@allow(Permission.OWN_WORK)
@require_GET
def hours(request: HttpRequest) -> HttpResponse:
    """What counts, what is on its way, every claim with its state, and the form for the next."""
    participant = participation_of(request.actor.person)
    return ledger(request, participant, HourClaimForm()) if participant else not_enrolled(request)


@allow(Permission.OWN_WORK)
@require_POST
def hours_claim(request: HttpRequest) -> HttpResponse:
    """Claim hours; a refused claim comes back with its sentence and all that was typed."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return redirect("assessment:hours")
    form = HourClaimForm(request.POST, request.FILES)
    if not form.is_valid():
        return ledger(request, participant, form)
    try:
        actions.claim(
            participant=participant,
            category=Category(form.cleaned_data["category"]),
            hours=form.cleaned_data["hours"],
            title=form.cleaned_data["title"],
            held_on=form.cleaned_data["held_on"],
            proof=form.cleaned_data["proof"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code, "proof"), str(refusal))
        return ledger(request, participant, form)
    messages.success(request, _("Claimed. Your school attests it, then the county recognises it."))
    return redirect("assessment:hours")


@allow(Permission.OWN_WORK)
@require_POST
def hours_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim once more what was refused."""
    claim = own_claim(request, pk)
    return answer(
        request,
        lambda: actions.claim_again(claim=claim, by=request.actor, version=posted_version(request)),
        _("Claimed again."),
        "assessment:hours",
    )


@allow(Permission.OWN_WORK)
@require_GET
def hours_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one's own proof."""
    return proof_of(request, own_claim(request, pk))


def own_claim(request: HttpRequest, pk: int) -> HourClaim:
    """Return the actor's own claim; somebody else's answers 404."""
    claims = HourClaim.objects.select_related("proof", "school")
    return get_object_or_404(claims, pk=pk, person=request.actor.person)


def proof_of(request: HttpRequest, claim: HourClaim) -> HttpResponseBase:
    """Answer with a claim's proof; 404 where it has none."""
    if claim.proof is None:
        raise Http404
    return give(request, claim.proof)


def ledger(request: HttpRequest, participant: Participant, form: HourClaimForm) -> HttpResponse:
    """Show the page with this form."""
    claims = claims_of(participant.programme, participant.person)
    counts = dict(claims.order_by().values_list("category").annotate(Count("pk")))
    choices = [(key.value, key.label, counts.get(key.value, 0)) for key in Category]
    tabs, current = tabs_of(request, [("all", _("All"), sum(counts.values())), *choices], "all")
    page, links = turned(request, claims if current == "all" else claims.filter(category=current))
    sums = sums_of(participant.programme, participant.person)
    context = {
        "form": form,
        "sums": sums,
        "in_all": in_all(participant.programme, sums),
        "tabs": tabs,
        "rows": ledger_rows(page, is_own=True),
        "page": links,
        "is_own": True,
    }
    return render(request, "assessment/training/hours.html", context)
