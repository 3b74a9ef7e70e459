"""The plots of county and school as images, kept for as long as their figures stay the same."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reporting import pictures
from assessment.reporting.county_boards import whole
from assessment.reporting.curves import curve_of
from assessment.reporting.dates import calendar_of
from assessment.reporting.school_reading import read_lines
from assessment.showing import own_groups
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.plots.answering import OWN_STYLE, drawn
from schools.plots.pictures import Picture


@allow(Permission.SEE_COUNTY)
@require_GET
@csp_replace(OWN_STYLE)
def county_funnel(request: HttpRequest) -> HttpResponse:
    """From the county's participants to its accepted submissions."""
    return drawn(request, pictures.funnel(request.county.name, whole(programme_of(request))))


@allow(Permission.SEE_COUNTY)
@require_GET
@csp_replace(OWN_STYLE)
def county_curve(request: HttpRequest) -> HttpResponse:
    """The county's shares against the calendar."""
    return drawn(request, course(request, request.county.name))


@allow(Permission.SEE_SCHOOL)
@require_GET
@csp_replace(OWN_STYLE)
def school_curve(request: HttpRequest) -> HttpResponse:
    """The school's shares against the calendar."""
    return drawn(request, course(request, request.school.name))


@allow(Permission.SEE_SCHOOL)
@require_GET
@csp_replace(OWN_STYLE)
def school_credits(request: HttpRequest) -> HttpResponse:
    """How many of the teachers seen have passed how many credits."""
    programme = programme_of(request)
    if not programme.credits:
        raise Http404
    groups = own_groups(request.actor, request.school, Permission.SEE_SCHOOL)
    lines = [
        line
        for line in read_lines(programme, request.school)
        if groups is None or line.participant.person.group_id in groups
    ]
    return drawn(request, pictures.credit_bands(request.school.name, programme.credits, lines))


def programme_of(request: HttpRequest) -> Programme:
    """Return the county's current programme, else 404."""
    programme = current_programme(request.county)
    if programme is None:
        raise Http404
    return programme


def course(request: HttpRequest, place: str) -> Picture:
    """Read the curve of the place of the address."""
    programme = programme_of(request)
    sums = whole(programme, request.school)
    curve = curve_of(
        programme,
        calendar_of(programme, request.school),
        sums.figures.participants,
        sums.planned,
        request.school,
    )
    return pictures.course(place, curve)
