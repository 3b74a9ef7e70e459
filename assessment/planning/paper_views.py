"""The plan on paper: printed with its heading and signature lines, and its stamped scan."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import answer
from assessment.papers import paper_of
from assessment.planning import actions, listing
from assessment.planning.models import Filing
from assessment.planning.queries import plan_for
from assessment.planning.views import here
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission

WITH_PLACES = ("school", "county", "programme", "scan")


def plan_here(request: HttpRequest) -> Filing:
    """Return the plan that governs the school of the address, else 404."""
    programme = current_programme(request.county)
    plan = plan_for(programme, request.school) if programme else None
    if plan is None:
        raise Http404
    return plan


def plan_of_county(request: HttpRequest, pk: int) -> Filing:
    return get_object_or_404(Filing.objects.select_related(*WITH_PLACES), pk=pk, county=request.county)


def printed(request: HttpRequest, plan: Filing, back_url: str) -> HttpResponse:
    context = {
        "plan": plan,
        "focus": listing.focus_of(plan),
        "paper": paper_of(plan, plan.number),
        "back_url": back_url,
    }
    return render(request, "assessment/planning/plan_paper.html", context)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_plan_paper(request: HttpRequest) -> HttpResponse:
    """The school's plan to print, sign and seal."""
    return printed(request, plan_here(request), here(request, "school-plan"))


@allow(Permission.SEE_COUNTY)
@require_GET
def county_filing_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's plan to print."""
    return printed(request, plan_of_county(request, pk), here(request, "county-filing", pk))


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_plan_scan(request: HttpRequest) -> HttpResponseBase:
    """The stamped scan of the school's plan."""
    return scans.given(request, plan_here(request))


@allow(Permission.SEE_COUNTY)
@require_GET
def county_filing_scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The stamped scan of one school's plan."""
    return scans.given(request, plan_of_county(request, pk))


@allow(Permission.FILE_PLANS)
@require_POST
def school_plan_scan_add(request: HttpRequest) -> HttpResponse:
    """Lay the stamped scan on the filed plan."""
    plans = Filing.objects.filter(programme__is_current=True, school=request.school)
    plan = get_object_or_404(plans.select_related(*WITH_PLACES))
    return answer(
        request,
        lambda: actions.attach_scan(plan=plan, upload=scans.posted(request), by=request.actor),
        _("The stamped scan is kept; the county sees it."),
        here(request, "school-plan"),
    )
