"""Courses at county and school: the list, what is written down, who attended, and which posts are trained."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, posted_ids
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.showing import tabs_of
from assessment.training.courses import actions, queries
from assessment.training.courses.forms import CourseForm, said_of
from assessment.training.courses.lists import COURSES, COVERAGE
from assessment.training.courses.models import Attendance, Course
from assessment.training.ratings.queries import verdict_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.access.roles import ROLES
from schools.organisations.models import School
from schools.paging import turned
from schools.refusals import Refused
from schools.sheets.listing import WORDS_MOST, asked_filters, exports
from schools.sheets.showing import show

SEES = (Permission.SEE_SCHOOL, Permission.SEE_COUNTY)
KEEPS = (Permission.KEEP_BODIES, Permission.LEAD_ACTIVITIES)


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of one of these pages at the place of the request: `name` without its level."""
    places = [request.county.slug, *([request.school.slug] if request.school else [])]
    level = "school" if request.school else "county"
    return reverse(f"assessment:{level}-{name}", args=[*places, *args])


def course_at(request: HttpRequest, pk: int) -> Course:
    """Return a course of the place: any of the county there, the own and the county's at a school."""
    rows = queries.courses_found(current_programme(request.county), request.school, q="", kind="")
    return get_object_or_404(rows.select_related("school", "programme", "county"), pk=pk)


def held_course(request: HttpRequest, pk: int) -> Course:
    """Return a course that this very place holds; else answer 404."""
    rows = Course.objects.select_related("school", "programme", "county")
    return get_object_or_404(rows, pk=pk, school=request.school)


def require_keeper(request: HttpRequest) -> None:
    """Answer 403 to whoever does not keep the courses of this place: a head of one group does not."""
    if not actions.may_keep(request.actor, request.county, request.school):
        raise PermissionDenied


@allow(*SEES)
@exports(COURSES)
@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """The courses of the place, the latest first."""
    programme = current_programme(request.county)
    asked = asked_filters(request, COURSES)
    shown = show(
        request, COURSES, queries.courses_found(programme, request.school, q=asked["q"], kind=asked["kind"])
    )
    may_keep = programme is not None and actions.may_keep(request.actor, request.county, request.school)
    context = {
        "listed": shown,
        "rows": [(row, here(request, "course", row.pk)) for row in shown.rows],
        "page": shown.page,
        "new_url": here(request, "course-new") if may_keep else "",
    }
    return shown.file or render(request, "assessment/training/courses/list.html", context)


def form_for(request: HttpRequest, *data: Any, initial: Any = None) -> CourseForm:
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    return CourseForm(*data, initial=initial, school=request.school, catalogue_id=programme.catalogue_id)


def form_page(
    request: HttpRequest, form: CourseForm, course: Course | None, status: int = 200
) -> HttpResponse:
    url = here(request, "course-change", course.pk) if course else here(request, "course-keep")
    context = {"form": form, "course": course, "save_url": url, "back_url": here(request, "courses")}
    return render(request, "assessment/training/courses/form.html", context, status=status)


@allow(*KEEPS)
@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new course."""
    require_keeper(request)
    return form_page(request, form_for(request), None)


@allow(*KEEPS)
@require_GET
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a course."""
    require_keeper(request)
    course = held_course(request, pk)
    return form_page(request, form_for(request, initial=said_of(course)), course)


@allow(*KEEPS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Write a new course down."""
    require_keeper(request)
    return kept(request, None)


@allow(*KEEPS)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a course."""
    require_keeper(request)
    return kept(request, held_course(request, pk))


def kept(request: HttpRequest, course: Course | None) -> HttpResponse:
    """Keep what was posted; a form with errors comes back with all that was typed."""
    form = form_for(request, request.POST)
    if not form.is_valid():
        return form_page(request, form, course, 422)
    programme = get_object_or_404(
        Programme.objects.select_related("county"), county=request.county, is_current=True
    )
    try:
        row = actions.keep(
            programme=programme, school=request.school, course=course, by=request.actor, **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return form_page(request, form, course, 422)
    return answer(request, lambda: None, _("Saved."), here(request, "course", row.pk))


@allow(*SEES)
@require_GET
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course: what it is, how it was rated; who holds it finds the list to tick."""
    row = course_at(request, pk)
    holds = row.school_id == (request.school.pk if request.school else None)
    may_keep = holds and actions.may_keep(request.actor, request.county, request.school)
    context = {
        "course": row,
        "may_keep": may_keep,
        "came": row.attendances.count(),
        "points": list(row.points.all()),
        "trainers": list(row.trainers.all()),
        "roles": [ROLES[key].label for key in row.for_roles if key in ROLES],
        "verdict": verdict_of(row),
        "back_url": here(request, "courses"),
        "edit_url": here(request, "course-edit", pk),
        "mark_url": here(request, "course-mark", pk),
        "strike_url": here(request, "course-strike", pk),
    }
    if may_keep:
        context |= list_to_tick(request, row)
    return render(request, "assessment/training/courses/course.html", context)


def list_to_tick(request: HttpRequest, course: Course) -> dict[str, Any]:
    """Return whom the course is for, those first who are not noted, as words and tab leave them."""
    words = request.GET.get("q", "").strip()[:WORDS_MOST]
    people = queries.candidates(course, request.school, words)
    counts = {there: people.filter(is_there=there).count() for there in (False, True)}
    choices = [("missing", _("Not noted"), counts[False]), ("there", _("Attended"), counts[True])]
    tabs, current = tabs_of(request, choices, "missing")
    rows = people.filter(is_there=current == "there").order_by("school__pinyin", "pinyin", "pk")
    page, links = turned(request, rows)
    return {"q": words, "tabs": tabs, "rows": page, "page": links, "is_there": current == "there"}


@allow(*KEEPS)
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the attendance of the ticked people."""
    require_keeper(request)
    course = held_course(request, pk)
    people = list(
        queries.candidates(course, request.school).filter(pk__in=posted_ids(request), is_there=False)
    )
    back = here(request, "course", pk)

    def act() -> None:
        if not people:
            raise Refused(_("Nobody new was ticked."), "nobody")
        actions.note_attendance(course=course, people=people, school=request.school, by=request.actor)

    return answer(request, act, ngettext("%d noted.", "%d noted.", len(people)) % len(people), back)


@allow(*KEEPS)
@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away an attendance that was noted by mistake (`person`, the id)."""
    require_keeper(request)
    course = held_course(request, pk)
    rows = Attendance.objects.select_related("course__county")
    row = get_object_or_404(rows, course=course, person__in=posted_ids(request, "person"))
    return answer(
        request,
        lambda: actions.strike(attendance=row, school=request.school, by=request.actor),
        _("Taken off."),
        here(request, "course", pk),
    )


@allow(Permission.SEE_COUNTY)
@exports(COVERAGE)
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Which posts of each school are trained; with `?school=` who of them attended what."""
    programme = current_programme(request.county)
    if slug := request.GET.get("school", ""):
        school = get_object_or_404(School, slug=slug)
        leaders = [
            (leader, [ROLES[role].label for role in leader.posts])
            for leader in queries.leaders_of(programme, school)
        ]
        return render(
            request, "assessment/training/courses/leaders.html", {"shown_school": school, "rows": leaders}
        )
    asked = asked_filters(request, COVERAGE)
    shown = show(request, COVERAGE, queries.coverage(programme, q=asked["q"], state=asked["trained"]))
    heads = [ROLES[role].label for role in queries.POSTS]
    rows = [(row, list(zip(heads, row.posts.values(), strict=True))) for row in shown.rows]
    context = {"listed": shown, "rows": rows, "page": shown.page}
    return shown.file or render(request, "assessment/training/courses/coverage.html", context)
