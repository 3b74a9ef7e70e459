"""The county's page of panels: how many people each school has, and whose hands they are in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.reviewing.panels import delegating
from assessment.reviewing.panels.lists import PANELS
from assessment.reviewing.panels.sizes import rows_of
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(P.SEE_COUNTY)
@exports(PANELS)
@require_GET
def county_panels(request: HttpRequest) -> HttpResponse:
    """Every school with its panel."""
    words = asked_filters(request, PANELS)["q"]
    schools = School.objects.filter(county=request.county).select_related("managed_by")
    if words:
        schools = schools.filter(school_named(words))
    shown = show(request, PANELS, schools, lambda page: rows_of(request.county, page))
    if shown.file:
        return shown.file
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "may_delegate": request.actor.can(P.APPOINT_LEADERS, request.county),
    }
    return render(request, "assessment/reviewing/panels/county_panels.html", context)


def school_here(request: HttpRequest, pk: int) -> School:
    """Return a school of the county, else 404."""
    return get_object_or_404(School.objects.select_related("county"), county=request.county, pk=pk)


def back(request: HttpRequest) -> str:
    return reverse("assessment:county-panels", args=[request.county.slug])


@allow(P.APPOINT_LEADERS)
@require_POST
def county_panel_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a school's panel into the hands of the training team."""
    school = school_here(request, pk)
    return answer(
        request,
        lambda: delegating.delegate(school=school, reason=request.POST.get("note", ""), by=request.actor),
        _("The training team judges for %s from now on.") % school.name,
        back(request),
    )


@allow(P.APPOINT_LEADERS)
@require_POST
def county_panel_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a panel back to its school."""
    school = school_here(request, pk)
    return answer(
        request,
        lambda: delegating.take_back(school=school, by=request.actor),
        _("The panel of %s is the school's own again.") % school.name,
        back(request),
    )
