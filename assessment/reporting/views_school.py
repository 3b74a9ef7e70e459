"""The school's home: what waits, who stands where, who hangs behind, the dates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessment.programme.queries import calendar, current_programme
from assessment.reporting.school_board import board, stragglers, summary
from assessment.reporting.school_tasks import Desk, tasks_of
from assessment.showing import own_groups
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.queries import turned


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_home(request: HttpRequest) -> HttpResponse:
    """Tasks first, then the board; a group head sees the own group."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/reporting/school_home.html", {"programme": None})
    groups = own_groups(request.actor, request.school, Permission.SEE_SCHOOL)
    rows = board(programme, request.school, groups)
    phases = calendar(programme)
    desk = Desk(
        programme, request.school, request.actor, rows, {phase.kind: phase for phase, _state in phases}
    )
    page, links = turned(request, rows)
    context = {
        "programme": programme,
        "tasks": tasks_of(desk),
        "summary": summary(rows),
        "stragglers": stragglers(rows),
        "phases": phases,
        "rows": list(page),
        "page": links,
        "is_part": groups is not None,
        "may_see_submissions": request.actor.can(Permission.SEE_SUBMISSIONS, request.school),
    }
    return render(request, "assessment/reporting/school_home.html", context)
