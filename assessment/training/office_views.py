"""Hours at the school, which attests them, and at the county, which recognises them."""

from decimal import Decimal
from functools import partial

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, answer_all, posted_ids, posted_version
from assessment.moving import Refusals
from assessment.programme.queries import current_programme
from assessment.showing import row_version, tabs_of
from assessment.training import actions
from assessment.training.batches import attest_all, recognise_all
from assessment.training.flags import flags_of
from assessment.training.lists import AT_COUNTY, AT_SCHOOL, BY_SCHOOL
from assessment.training.models import ClaimState, HourClaim
from assessment.training.queries import attested_by_school, claims_at, refusals_of
from assessment.training.views import proof_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

MOST_AT_ONCE = 500
PROOF = ("proof", "school")


@allow(Permission.ATTEST_HOURS)
@exports(AT_SCHOOL)
@require_GET
def school_hours(request: HttpRequest) -> HttpResponse:
    """The school's claims by state, those that wait first."""
    programme = current_programme(request.county)
    claims = claims_at(programme, request.school)
    counts = dict(claims.order_by().values_list("state").annotate(Count("pk")))
    states = [(str(state.value), state.label, counts.get(state, 0)) for state in ClaimState]
    tabs, current = tabs_of(request, states, str(ClaimState.CLAIMED.value))
    asked = asked_filters(request, AT_SCHOOL)
    found = claims_at(programme, request.school, asked["q"], asked["category"])
    here = partial(with_words, at_school=request.school.pk)
    shown = show(request, AT_SCHOOL, found.filter(state=int(current)), here)
    if shown.file:
        return shown.file
    context = {
        "tabs": tabs,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "is_waiting": int(current) == ClaimState.CLAIMED,
    }
    return render(request, "assessment/training/school_hours.html", context)


def with_words(claims: list[HourClaim], at_school: int | None) -> list[tuple[HourClaim, str, list[str]]]:
    """Return the claims, each with the words of its refusal where it stands refused, and what is odd."""
    words, flags = refusals_of(claims), flags_of(claims, at_school=at_school)
    return [(claim, words.get(claim.pk, ""), flags.get(claim.pk, [])) for claim in claims]


@allow(Permission.ATTEST_HOURS)
@require_POST
def school_hours_attest(request: HttpRequest) -> HttpResponse:
    """Vouch for the ticked claims, each by itself."""
    claims = claims_at(current_programme(request.county), request.school).filter(pk__in=ticked(request))

    def act(chosen: list[HourClaim]) -> tuple[list[HourClaim], Refusals]:
        return attest_all(
            claims=chosen,
            despite=set(posted_ids(request, "despite")),
            at_school=request.school.pk,
            by=request.actor,
            versions={claim.pk: row_version(request, claim.pk) for claim in chosen},
        )

    return answer_all(request, list(claims), act, school_address(request))


@allow(Permission.ATTEST_HOURS)
@require_POST
def school_hours_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse one claim, saying why."""
    return refused(request, claim_at(request.school, pk), school_address(request))


@allow(Permission.ATTEST_HOURS)
@require_GET
def school_hours_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the proof of one of the school's claims."""
    return proof_of(request, claim_at(request.school, pk))


@allow(Permission.RECOGNISE_HOURS)
@exports(BY_SCHOOL)
@require_GET
def county_hours(request: HttpRequest) -> HttpResponse:
    """Attested hours by school; with `?school=` that school's claims."""
    programme = current_programme(request.county)
    if slug := request.GET.get("school", ""):
        school = get_object_or_404(School, slug=slug)
        asked = asked_filters(request, AT_COUNTY)
        claims = claims_at(programme, school, asked["q"], asked["category"])
        whole = partial(with_words, at_school=None)
        shown = show(request, AT_COUNTY, claims.filter(state=ClaimState.ATTESTED), whole)
        context = {"shown_school": school, "rows": shown.rows, "page": shown.page, "listed": shown}
        return shown.file or render(request, "assessment/training/county_school_hours.html", context)
    words = asked_filters(request, BY_SCHOOL)["q"]
    shown = show(request, BY_SCHOOL, list(attested_by_school(programme, words)))
    context = {"rows": shown.rows, "page": shown.page, "listed": shown, "most": MOST_AT_ONCE}
    return shown.file or render(request, "assessment/training/county_hours.html", context)


@allow(Permission.RECOGNISE_HOURS)
@require_POST
def county_hours_recognise(request: HttpRequest) -> HttpResponse:
    """Recognise the ticked claims, or all attested ones of a school (`school`, its id), each by itself."""
    claims = HourClaim.objects.filter(
        programme=current_programme(request.county), state=ClaimState.ATTESTED
    ).select_related("school", "person")
    if whole := posted_ids(request, "school"):
        chosen = list(claims.filter(school__in=whole).order_by("pk")[:MOST_AT_ONCE])
    else:
        chosen = list(claims.filter(pk__in=ticked(request)).order_by("pk"))

    def act(chosen: list[HourClaim]) -> tuple[list[HourClaim], Refusals]:
        return recognise_all(
            claims=chosen,
            despite=set(posted_ids(request, "despite")),
            by=request.actor,
            versions={claim.pk: row_version(request, claim.pk) for claim in chosen},
        )

    def told(count: int) -> str:
        hours = sum((claim.hours for claim in chosen if claim.state == ClaimState.RECOGNISED), Decimal(0))
        sentence = ngettext(
            "%(n)d claim recognised: %(hours)s hours.", "%(n)d claims recognised: %(hours)s hours.", count
        )
        return sentence % {"n": count, "hours": hours}

    return answer_all(request, chosen, act, county_address(request, request.POST.get("at", "")), told)


def ticked(request: HttpRequest) -> list[int]:
    """Return the ticked ids; `despite` are those of flagged rows, which no tick for all reaches."""
    return [*posted_ids(request), *posted_ids(request, "despite")]


@allow(Permission.RECOGNISE_HOURS)
@require_POST
def county_hours_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse one attested claim, saying why."""
    claim = claim_at(None, pk)
    return refused(request, claim, county_address(request, claim.school.slug))


@allow(Permission.RECOGNISE_HOURS)
@require_GET
def county_hours_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the proof of a claim."""
    return proof_of(request, claim_at(None, pk))


def claim_at(school: School | None, pk: int) -> HourClaim:
    """Return a claim of the school, or of the whole county where none is named; else answer 404."""
    claims = HourClaim.objects.select_related(*PROOF)
    return get_object_or_404(claims.filter(school=school) if school else claims, pk=pk)


def refused(request: HttpRequest, claim: HourClaim, back: str) -> HttpResponse:
    """Refuse the claim with the posted note and go back."""

    def act() -> None:
        note = request.POST.get(f"note-{claim.pk}", request.POST.get("note", ""))
        actions.refuse(claim=claim, because=note, by=request.actor, version=posted_version(request))

    return answer(request, act, _("Refused. The teacher reads your words and may claim again."), back)


def school_address(request: HttpRequest) -> str:
    return reverse("assessment:school-hours", args=[request.county.slug, request.school.slug])


def county_address(request: HttpRequest, slug: str) -> str:
    """Return the county's page of hours, or that of one school where its slug is given."""
    page = reverse("assessment:county-hours", args=[request.county.slug])
    is_known = bool(slug) and School.objects.filter(slug=slug).exists()
    return f"{page}?school={slug}" if is_known else page
