"""Pages of the phrase bank: one's own, the school's, the county's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.queries import current_programme
from assessment.reviewing.phrases import bank
from assessment.reviewing.phrases.bank import Owner
from microcapabilities.models import Point
from microcapabilities.queries import current_catalogue
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.organisations.models import County

OWN_LEAD = gettext_lazy(
    "Sentences that you write often. On the review page one tap puts them into the advice."
)
SHARED_LEAD = gettext_lazy("Sentences that all reviewers here find beside their own.")


def points_of(county: County) -> list[Point]:
    """Return the points of the county's programme, else of the catalogue."""
    programme = current_programme(county)
    catalogue = programme.catalogue if programme else current_catalogue()
    return list(Point.objects.filter(catalogue=catalogue).order_by("position"))


def own_owner(request: HttpRequest) -> Owner:
    person = request.actor.person
    if person is None:
        raise Http404
    return Owner(person.county, person=person)


def here(request: HttpRequest, owner: Owner, act: str = "", *args: int) -> str:
    """Return the address of a page of an owner's phrases."""
    if owner.person is not None:
        return reverse(f"assessment:own-phrases{act}", args=args)
    if owner.school is not None:
        return reverse(f"assessment:school-phrases{act}", args=[owner.county.slug, owner.school.slug, *args])
    return reverse(f"assessment:county-phrases{act}", args=[owner.county.slug, *args])


def page(request: HttpRequest, owner: Owner, lead: str | Promise) -> HttpResponse:
    """Show an owner's phrases, with a form for one more."""
    rows = [(row, here(request, owner, "-remove", row.pk)) for row in owner.phrases]
    context = {
        "rows": rows,
        "lead": lead,
        "points": points_of(owner.county),
        "longest": bank.LONGEST,
        "keep_url": here(request, owner, "-keep"),
    }
    return render(request, "assessment/reviewing/phrases/phrases.html", context)


def keep(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Keep what was sent."""
    code = request.POST.get("point", "")
    point = next((one for one in points_of(owner.county) if one.code == code), None)
    return answer(
        request,
        lambda: bank.keep(owner=owner, text=request.POST.get("text", ""), point=point, by=request.actor),
        _("Kept."),
        here(request, owner),
    )


def remove(request: HttpRequest, owner: Owner, pk: int) -> HttpResponse:
    phrase = get_object_or_404(owner.phrases, pk=pk)
    return answer(
        request,
        lambda: bank.remove(owner=owner, phrase=phrase, by=request.actor),
        _("Removed."),
        here(request, owner),
    )


@allow(P.REVIEW)
@require_GET
def own_phrases(request: HttpRequest) -> HttpResponse:
    """One's own phrases."""
    return page(request, own_owner(request), OWN_LEAD)


@allow(P.REVIEW)
@require_POST
def own_phrases_keep(request: HttpRequest) -> HttpResponse:
    """Keep a phrase of one's own."""
    return keep(request, own_owner(request))


@allow(P.REVIEW)
@require_POST
def own_phrases_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a phrase of one's own."""
    return remove(request, own_owner(request), pk)


@allow(P.ASSIGN_REVIEWS)
@require_GET
def school_phrases(request: HttpRequest) -> HttpResponse:
    """The school's phrases."""
    return page(request, Owner(request.county, request.school), SHARED_LEAD)


@allow(P.ASSIGN_REVIEWS)
@require_POST
def school_phrases_keep(request: HttpRequest) -> HttpResponse:
    """Keep a phrase for the school's reviewers."""
    return keep(request, Owner(request.county, request.school))


@allow(P.ASSIGN_REVIEWS)
@require_POST
def school_phrases_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of the school's phrases."""
    return remove(request, Owner(request.county, request.school), pk)


@allow(P.SET_RULES)
@require_GET
def county_phrases(request: HttpRequest) -> HttpResponse:
    """The county's phrases."""
    return page(request, Owner(request.county), SHARED_LEAD)


@allow(P.SET_RULES)
@require_POST
def county_phrases_keep(request: HttpRequest) -> HttpResponse:
    """Keep a phrase for all reviewers of the county."""
    return keep(request, Owner(request.county))


@allow(P.SET_RULES)
@require_POST
def county_phrases_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of the county's phrases."""
    return remove(request, Owner(request.county), pk)
