"""The return on paper: printed with all its lines, heading and signature lines, and its stamped scan."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import answer
from assessment.checking import returns
from assessment.checking.models import SchoolReturn
from assessment.checking.queries import latest_return
from assessment.checking.school_lines import lines_shown, outcome_counts
from assessment.checking.school_views import here
from assessment.papers import paper_of
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission as P


def return_here(request: HttpRequest) -> SchoolReturn:
    """Return the latest return of the school of the address, else 404."""
    programme = current_programme(request.county)
    found = latest_return(programme, request.school) if programme else None
    if found is None:
        raise Http404
    return found


def return_of_county(request: HttpRequest, pk: int) -> SchoolReturn:
    rows = SchoolReturn.objects.select_related("school", "county", "programme", "signed_by__person", "scan")
    return get_object_or_404(rows, pk=pk, county=request.county)


def printed(request: HttpRequest, found: SchoolReturn, back_url: str) -> HttpResponse:
    """Render all lines: a paper that is signed has no further pages to turn to."""
    lines = lines_shown(found)
    context = {
        "found": found,
        "rows": lines,
        "counts": outcome_counts(lines),
        "paper": paper_of(found),
        "back_url": back_url,
    }
    return render(request, "assessment/checking/return_paper.html", context)


@allow(P.PREPARE_RETURN, P.SIGN_RETURN)
@require_GET
def school_return_paper(request: HttpRequest) -> HttpResponse:
    """The school's return to print, sign and seal."""
    return printed(request, return_here(request), here(request, "school-return"))


@allow(P.SEE_COUNTY)
@require_GET
def county_return_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's return to print."""
    back_url = reverse("assessment:county-return", args=[request.county.slug, pk])
    return printed(request, return_of_county(request, pk), back_url)


@allow(P.PREPARE_RETURN, P.SIGN_RETURN)
@require_GET
def school_return_scan(request: HttpRequest) -> HttpResponseBase:
    """The stamped scan of the school's return."""
    return scans.given(request, return_here(request))


@allow(P.SEE_COUNTY)
@require_GET
def county_return_scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The stamped scan of one school's return."""
    return scans.given(request, return_of_county(request, pk))


@allow(P.PREPARE_RETURN, P.SIGN_RETURN)
@require_POST
def school_return_scan_add(request: HttpRequest) -> HttpResponse:
    """Lay the stamped scan on the filed return."""
    found = return_here(request)
    return answer(
        request,
        lambda: returns.attach_scan(school_return=found, upload=scans.posted(request), by=request.actor),
        _("The stamped scan is kept; the county sees it."),
        here(request, "school-return"),
    )
