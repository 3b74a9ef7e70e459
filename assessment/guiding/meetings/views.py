"""Minutes at county and school: read, kept, decisions added and made issues of."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from assessment.guiding.meetings import pages
from assessment.guiding.meetings.lists import AT_SCHOOL, MINUTES
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.sheets.listing import exports


@allow(Permission.SEE_COUNTY)
@exports(MINUTES)
@require_GET
def county_minutes(request: HttpRequest) -> HttpResponse:
    """The county's minutes."""
    return pages.minutes_page(request, MINUTES, None)


@allow(Permission.PUBLISH)
@require_POST
def county_minutes_keep(request: HttpRequest) -> HttpResponse:
    """Keep minutes of the county."""
    return pages.keep(request, MINUTES)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting of the county."""
    return pages.meeting_page(request, pages.minutes_here(request, pk), None)


@allow(Permission.PUBLISH)
@require_POST
def county_meeting_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a decision of the county."""
    return pages.decide(request, pk)


@allow(Permission.PUBLISH)
@require_GET
def county_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that makes an issue of a decision for the school that `?school=` names."""
    decision = pages.decision_here(request, pk)
    school = pages.chosen_school(request, request.GET.get("school", ""))
    return pages.decision_page(request, decision, school, None)


@allow(Permission.PUBLISH)
@require_POST
def county_decision_raise(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an issue of a decision of the county."""
    return pages.make_issue(request, pk)


@allow(Permission.SEE_SCHOOL)
@exports(AT_SCHOOL)
@require_GET
def school_minutes(request: HttpRequest) -> HttpResponse:
    """The school's minutes."""
    return pages.minutes_page(request, AT_SCHOOL, None)


@allow(Permission.FILE_PLANS)
@require_POST
def school_minutes_keep(request: HttpRequest) -> HttpResponse:
    """Keep minutes of the school."""
    return pages.keep(request, AT_SCHOOL)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting of the school."""
    return pages.meeting_page(request, pages.minutes_here(request, pk), None)


@allow(Permission.FILE_PLANS)
@require_POST
def school_meeting_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a decision of the school."""
    return pages.decide(request, pk)


@allow(Permission.FILE_PLANS)
@require_GET
def school_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that makes an issue of a decision."""
    return pages.decision_page(request, pages.decision_here(request, pk), request.school, None)


@allow(Permission.FILE_PLANS)
@require_POST
def school_decision_raise(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an issue of a decision of the school."""
    return pages.make_issue(request, pk)
