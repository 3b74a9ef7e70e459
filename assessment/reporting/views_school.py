"""The school's home: what waits, who stands where, who hangs behind, the dates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessment.planning.queries import governing
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reporting import pictures, school_listing
from assessment.reporting.around_tasks import school_tasks
from assessment.reporting.curves import curve_of
from assessment.reporting.dates import Calendar, calendar_of
from assessment.reporting.figures import Whole
from assessment.reporting.filing_tasks import filing_tasks
from assessment.reporting.forms import TeachersFilter
from assessment.reporting.goals import goals_read
from assessment.reporting.school_board import BoardRow, board, counts_by_stage, stragglers, summary
from assessment.reporting.school_tasks import Desk, tasks_of
from assessment.showing import Tab, own_groups
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_home(request: HttpRequest) -> HttpResponse:
    """Tasks first, then the board; a group head sees the own group."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/reporting/school_home.html", {"programme": None})
    groups = own_groups(request.actor, request.school, Permission.SEE_SCHOOL)
    everybody = board(programme, request.school)
    rows = everybody.seen(groups)
    calendar = calendar_of(programme, request.school)
    phases = {phase.kind: phase for phase in calendar.phases}
    filings = governing(programme, request.school)
    desk = Desk(programme, request.school, request.actor, rows, phases, filings)
    context = {
        "programme": programme,
        "tasks": [*tasks_of(desk), *filing_tasks(desk), *school_tasks(desk)],
        "goals": goals_read(desk.plan, everybody),
        "summary": summary(rows),
        "stragglers": stragglers(rows, calendar),
        "calendar": calendar,
        "plots": plots(request, programme, calendar, everybody.whole, rows),
        "is_part": groups is not None,
        **listed(request, programme, rows),
    }
    return render(request, "assessment/reporting/school_home.html", context)


def listed(request: HttpRequest, programme: Programme, rows: list[BoardRow]) -> dict[str, Any]:
    """Return the board as the address asks for it: tabs, filter and one page of rows."""
    form = TeachersFilter(
        request.GET,
        groups=school_listing.groups_of(rows),
        sortings=school_listing.SORTINGS,
        usual=school_listing.BY_NAME,
    )
    fitting = school_listing.found(rows, form.chosen("q"), form.chosen("group"), "")
    at = form.chosen("at")
    chosen = school_listing.found(fitting, "", "", at)
    page, links = turned(request, school_listing.in_order(chosen, form.sorting))
    return {
        "form": form,
        "tabs": tabs(request, fitting, at),
        "has_rows": bool(rows),
        "rows": list(page),
        "teachers": school_listing.shown(programme, list(page), doors(request)),
        "page": links,
    }


def tabs(request: HttpRequest, rows: list[BoardRow], at: str) -> list[Tab]:
    """Return a tab for all and for every stage at which somebody is stuck; filters are kept."""
    found = []
    for key, label, count in counts_by_stage(rows):
        query = request.GET.copy()
        query.pop("page", None)
        query["at"] = key
        found.append(Tab(key, label, f"?{query.urlencode()}#board", key == at, count))
    return found


def doors(request: HttpRequest) -> school_listing.Doors:
    """Return the pages of choices and submissions as far as the reader may open them."""

    def door(page: str, *permissions: Permission) -> str:
        is_open = any(request.actor.can(permission, request.school) for permission in permissions)
        slugs = [request.county.slug, request.school.slug]
        return reverse(f"assessment:{page}", args=slugs) if is_open else ""

    return school_listing.Doors(
        door("school-selections", Permission.ENDORSE_SELECTIONS, Permission.CONFIRM_SELECTIONS),
        door("school-submissions", Permission.SEE_SUBMISSIONS),
    )


def plots(
    request: HttpRequest, programme: Programme, calendar: Calendar, sums: Whole, rows: list[BoardRow]
) -> list[tuple[str, pictures.Picture]]:
    """Return the plots with their addresses; the curve is the whole school's."""
    slugs, name = [request.county.slug, request.school.slug], request.school.name
    curve = curve_of(programme, calendar, sums.figures.participants, sums.planned, request.school)
    found = [(reverse("assessment:school-plot-curve", args=slugs), pictures.course(name, curve))]
    if programme.credits:
        picture = pictures.credit_bands(name, programme.credits, [row.line for row in rows])
        found.append((reverse("assessment:school-plot-credits", args=slugs), picture))
    return found
