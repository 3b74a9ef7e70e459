"""The county reads its choices rolled up, by school, by point or teacher by teacher, and takes them away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.selecting.county_queries import by_point, by_school, by_teacher
from assessment.selecting.lists import BY_POINT, BY_SCHOOL, BY_TEACHER
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


def rolled_up(request: HttpRequest, shown_by: str) -> HttpResponse:
    """Show the county's choices from one side; without a programme say so."""
    programme = current_programme(request.county)
    template = "assessment/selecting/county_choices.html"
    if programme is None:
        return render(request, template, {"programme": None})
    listing = {"school": BY_SCHOOL, "point": BY_POINT, "teacher": BY_TEACHER}[shown_by]
    shown = show(request, listing, rows_of(request, programme, shown_by))
    context = {
        "programme": programme,
        "shown_by": shown_by,
        "sees_people": request.actor.can(P.SEE_PEOPLE, request.county),
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
    }
    return shown.file or render(request, template, context)


def rows_of(request: HttpRequest, programme: Programme, shown_by: str):  # type: ignore[no-untyped-def]
    if shown_by == "point":
        return by_point(programme)
    if shown_by == "teacher":
        return by_teacher(programme, **asked_filters(request, BY_TEACHER))
    return by_school(programme, **asked_filters(request, BY_SCHOOL))


@allow(P.SEE_COUNTY)
@exports(BY_SCHOOL)
@require_GET
def choices_by_school(request: HttpRequest) -> HttpResponse:
    """How far each school's choosing is."""
    return rolled_up(request, "school")


@allow(P.SEE_COUNTY)
@exports(BY_POINT)
@require_GET
def choices_by_point(request: HttpRequest) -> HttpResponse:
    """How often each point was chosen: what training has to be offered."""
    return rolled_up(request, "point")


@allow(P.SEE_PEOPLE)
@exports(BY_TEACHER)
@require_GET
def choices_by_teacher(request: HttpRequest) -> HttpResponse:
    """Every confirmed choice with problem and goal: the roll-up that is reported."""
    return rolled_up(request, "teacher")
