"""The county office's home, the region's comparison, and the reports of county and school."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reporting import county_boards, county_tasks, pictures
from assessment.reporting import rows as report_rows
from assessment.reporting.county_behind import behind
from assessment.reporting.curves import curve_of
from assessment.reporting.dates import Calendar, calendar_of
from assessment.reporting.forms import ReportForm, SchoolsFilter
from assessment.reporting.region_waves import region_waves
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.jobs.models import Job, JobKind
from schools.jobs.queueing import ask_for
from schools.paging import turned

RECENT = 5


@allow(Permission.SEE_COUNTY)
@require_GET
def county_home(request: HttpRequest) -> HttpResponse:
    """What waits, how far the schools are, who hangs behind, and the dates."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/reporting/county_home.html", {"programme": None})
    calendar = calendar_of(programme)
    rows = county_boards.county_board(programme)
    form = SchoolsFilter(request.GET, sortings=county_boards.sortings(), usual=county_boards.WORST_FIRST)
    chosen = county_boards.found(rows, form.chosen("q"), form.chosen("stage"), form.chosen("area"))
    page, links = turned(request, county_boards.in_order(chosen, form.sorting))
    context = {
        "programme": programme,
        "tasks": county_tasks.tasks_of(request.county, calendar.phases, request.actor),
        "calendar": calendar,
        "total": county_boards.total(rows),
        "plots": plots(request, programme, calendar, rows),
        "behind": behind(rows, calendar),
        "form": form,
        "has_rows": bool(rows),
        "headings": county_boards.headings(),
        "board": page,
        "page": links,
        "may_export": request.actor.can(Permission.EXPORT, request.county),
    }
    return render(request, "assessment/reporting/county_home.html", context)


def plots(
    request: HttpRequest,
    programme: Programme,
    calendar: Calendar,
    rows: list[county_boards.SchoolRow],
) -> list[tuple[str, pictures.Picture]]:
    """Return the plots with their addresses."""
    slug, name = request.county.slug, request.county.name
    sums = county_boards.whole_of(rows)
    curve = curve_of(programme, calendar, sums.figures.participants, sums.planned)
    return [
        (reverse("assessment:county-plot-funnel", args=[slug]), pictures.funnel(name, sums)),
        (reverse("assessment:county-plot-curve", args=[slug]), pictures.course(name, curve)),
    ]


@allow(Permission.SEE_REGION)
@require_GET
def region_home(request: HttpRequest) -> HttpResponse:
    """The region's counties side by side: sums only."""
    board = county_boards.region_board(request.region)
    page, links = turned(request, board)
    waves = region_waves(row.place for row in board)
    context = {"board": page, "page": links, "total": county_boards.total(board), "waves": waves}
    return render(request, "assessment/reporting/region_home.html", context)


@allow(Permission.EXPORT)
@require_GET
def county_reports(request: HttpRequest) -> HttpResponse:
    """The county's figures by point, and the workbook to ask for."""
    return show_reports(request, reverse("assessment:county-reports-ask", args=[request.county.slug]))


@allow(Permission.EXPORT)
@require_GET
def school_reports(request: HttpRequest) -> HttpResponse:
    """The school's figures by point, and the workbook to ask for."""
    slugs = [request.county.slug, request.school.slug]
    return show_reports(request, reverse("assessment:school-reports-ask", args=slugs))


def show_reports(request: HttpRequest, ask_url: str) -> HttpResponse:
    """Render the reports of the place of the address."""
    programme = current_programme(request.county)
    jobs = Job.objects.filter(kind=JobKind.PROGRESS_REPORT, asked_by=request.user, school=request.school)
    context = {
        "programme": programme,
        "points": list(report_rows.by_point(programme, request.school)) if programme else [],
        "form": ReportForm(initial={"language": get_language()}),
        "ask_url": ask_url,
        "jobs": list(jobs.order_by("-asked_at", "-pk")[:RECENT]),
    }
    return render(request, "assessment/reporting/reports.html", context)


@allow(Permission.EXPORT)
@require_POST
def county_reports_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the county's workbook; the job's page shows how far it is."""
    return ask_and_show(request)


@allow(Permission.EXPORT)
@require_POST
def school_reports_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the school's workbook; the job's page shows how far it is."""
    return ask_and_show(request)


def ask_and_show(request: HttpRequest) -> HttpResponse:
    form = ReportForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else get_language()
    place = {"county": request.county, "school": request.school}
    job = ask_for(JobKind.PROGRESS_REPORT, **place, by=request.actor, language=language)
    record("report-asked", **place, by=request.actor, subject=f"job {job.pk}")
    return redirect("schools:job", job.pk)
