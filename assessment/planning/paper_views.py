"""A filing on paper (printed with its heading and signature lines), its stamped scan, its versions compared."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import answer
from assessment.papers import paper_of
from assessment.planning import actions
from assessment.planning.comparing import compared
from assessment.planning.kinds import KINDS
from assessment.planning.listing import points_named
from assessment.planning.models import Filing, FilingState, FilingVersion
from assessment.planning.queries import versions_of
from assessment.planning.reading import shown
from assessment.planning.spots import county_filing, here, own_filing, spot_at
from schools.access.doors import allow
from schools.access.permissions import Permission


def filing_at(request: HttpRequest, document: str) -> Filing:
    """Return the filing that governs the school of the address, else 404."""
    filing = spot_at(request, document).filing
    if filing is None:
        raise Http404
    return filing


def printed(request: HttpRequest, filing: Filing, back_url: str) -> HttpResponse:
    number = filing.number if filing.state == FilingState.APPROVED else ""
    kind = KINDS[filing.kind]
    context = {
        "filing": filing,
        "fields": shown(kind, filing.content, points_named(filing, filing.content)),
        "paper": replace(paper_of(filing, number), title=kind.label),
        "back_url": back_url,
    }
    return render(request, "assessment/planning/filing_paper.html", context)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_filing_paper(request: HttpRequest, document: str) -> HttpResponse:
    """A filing of the school to print, sign and seal."""
    return printed(request, filing_at(request, document), spot_at(request, document).url())


@allow(Permission.SEE_COUNTY)
@require_GET
def county_filing_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's filing to print, as it was filed."""
    filing = county_filing(request, pk)
    versions = versions_of(filing)
    if not versions:
        raise Http404
    filing.content, filing.title = versions[-1].content, versions[-1].title
    return printed(request, filing, here(request, "county-filing", pk))


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_filing_scan(request: HttpRequest, document: str) -> HttpResponseBase:
    """The stamped scan of a filing of the school."""
    return scans.given(request, filing_at(request, document))


@allow(Permission.SEE_COUNTY)
@require_GET
def county_filing_scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The stamped scan of one school's filing."""
    return scans.given(request, county_filing(request, pk))


@allow(Permission.FILE_PLANS)
@require_POST
def school_filing_scan_add(request: HttpRequest, document: str) -> HttpResponse:
    """Lay the stamped scan on what is filed."""
    spot = spot_at(request, document)
    filing = own_filing(spot)
    return answer(
        request,
        lambda: actions.attach_scan(filing=filing, upload=scans.posted(request), by=request.actor),
        _("The stamped scan is kept; whoever answers sees it."),
        spot.url(),
    )


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_filing_compare(request: HttpRequest, document: str) -> HttpResponse:
    """Two versions of a filing side by side, for the school."""
    return comparison(request, filing_at(request, document), spot_at(request, document).url())


@allow(Permission.SEE_COUNTY)
@require_GET
def county_filing_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of one school's filing side by side."""
    return comparison(request, county_filing(request, pk), here(request, "county-filing", pk))


def comparison(request: HttpRequest, filing: Filing, back_url: str) -> HttpResponse:
    """Show what changed between `?from=` and `?to=`; without them between the last two versions."""
    versions = versions_of(filing)
    old, new = asked(request, versions, "from", -2), asked(request, versions, "to", -1)
    fields = []
    if old and new:
        fields = compared(KINDS[filing.kind], old.content, new.content, list(old.remarks.all()))
    context = {
        "filing": filing,
        "kind": KINDS[filing.kind],
        "versions": versions,
        "old": old,
        "new": new,
        "changed": [field for field in fields if field.is_changed or field.remarks],
        "unchanged": [field for field in fields if not field.is_changed and not field.remarks],
        "back_url": back_url,
    }
    return render(request, "assessment/planning/compare.html", context)


def asked(request: HttpRequest, versions: list[FilingVersion], name: str, usual: int) -> FilingVersion | None:
    """Return the version that the address asks for, else the usual one; None where there are too few."""
    number = request.GET.get(name, "")
    found = next((one for one in versions if str(one.number) == number), None)
    return found or (versions[usual] if len(versions) >= -usual else None)
