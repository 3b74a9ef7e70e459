"""The county assigns trainers and reads every visit."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.guiding.enclosures.queries import files_of
from assessment.guiding.places import here
from assessment.guiding.visits import actions
from assessment.guiding.visits.forms import AssignForm
from assessment.guiding.visits.lists import TRAINERS, VISITS, visits_of_county
from assessment.guiding.visits.models import TrainerAssignment, Visit
from assessment.guiding.visits.queries import schools_with_load, trainers, visits_listed, with_schools
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

WITH_PEOPLE = ("school__county", "trainer", "answered_by__person")
FIELD_OF_REFUSAL = {"trainer": "trainer", "own-school": "schools", "twice": "schools", "last_on": "last_on"}


@allow(Permission.SEE_COUNTY)
@exports(TRAINERS)
@require_GET
def county_trainers(request: HttpRequest) -> HttpResponse:
    """The trainers, the schools of each in balance, and the form to assign more."""
    return trainers_page(request, None)


def trainers_page(request: HttpRequest, typed: AssignForm | None) -> HttpResponse:
    """Show the page; `typed` is a form that was sent with errors and is shown again."""
    day = today()
    rows = with_schools(trainers(day, asked_filters(request, TRAINERS)["q"]), day)
    shown = show(request, TRAINERS, rows)
    if shown.file:
        return shown.file
    may_assign = request.actor.can(Permission.APPOINT_LEADERS, request.county)
    schools = schools_with_load(day)
    blank = AssignForm(trainers=trainers(day), schools=schools) if may_assign and not typed else None
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "form": typed or blank,
        "may_assign": may_assign,
        "unguided": sum(1 for _school, count in schools if not count),
    }
    return render(request, "assessment/guiding/trainers.html", context, status=422 if typed else 200)


@allow(Permission.APPOINT_LEADERS)
@require_POST
def county_trainers_assign(request: HttpRequest) -> HttpResponse:
    """Assign the trainer to every chosen school, or to none where one is refused."""
    day = today()
    form = AssignForm(request.POST, trainers=trainers(day), schools=schools_with_load(day))
    if not form.is_valid():
        return trainers_page(request, form)
    asked = form.cleaned_data
    trainer = get_object_or_404(Person, pk=asked["trainer"])
    schools = School.objects.filter(pk__in=asked["schools"]).select_related("county")
    try:
        with transaction.atomic():
            for school in schools:
                actions.assign(
                    trainer=trainer,
                    school=school,
                    starts_on=asked["starts_on"],
                    last_on=asked["last_on"],
                    focus=asked["focus"],
                    by=request.actor,
                )
    except Refused as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        return trainers_page(request, form)
    messages.success(request, _("Assigned. The trainer has been told."))
    return redirect(here(request, "trainers"))


@allow(Permission.APPOINT_LEADERS)
@require_POST
def county_trainers_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one assignment with today."""
    row = get_object_or_404(TrainerAssignment.objects.select_related("school", "county"), pk=pk)
    return answer(
        request,
        lambda: actions.end(assignment=row, by=request.actor),
        _("Ended. What was written down stays."),
        here(request, "trainers"),
    )


@allow(Permission.SEE_COUNTY)
@exports(VISITS)
@require_GET
def county_visits(request: HttpRequest) -> HttpResponse:
    """Every visit of the county."""
    listing = visits_of_county()
    asked = asked_filters(request, listing)
    visits = visits_listed(asked["q"], asked["trainer"], asked["school"], asked["month"])
    shown = show(request, listing, visits)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/guiding/visits.html", context)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit with its files and the school's answer."""
    visit = get_object_or_404(Visit.objects.select_related(*WITH_PEOPLE), pk=pk)
    files = files_of(visit.enclosures.all(), lambda file: here(request, "guidance-file", file))
    context = {"visit": visit, "files": files, "back_url": here(request, "visits"), "back": _("Visits")}
    return render(request, "assessment/guiding/visit.html", context)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit to the school; the CIO answers it, once."""
    visit = get_object_or_404(Visit.objects.select_related(*WITH_PEOPLE), pk=pk, school=request.school)
    may_answer = visit.answered_at is None and request.actor.can(Permission.FILE_PLANS, request.school)
    context = {
        "visit": visit,
        "files": files_of(visit.enclosures.all(), lambda file: here(request, "guidance-file", file)),
        "answer_url": here(request, "visit-answer", pk) if may_answer else "",
        "back_url": here(request, "guidance"),
        "back": _("Guidance"),
    }
    return render(request, "assessment/guiding/visit.html", context)


@allow(Permission.FILE_PLANS)
@require_POST
def school_visit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a visit for the school."""
    visit = get_object_or_404(Visit.objects.select_related(*WITH_PEOPLE), pk=pk, school=request.school)
    words = request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.answer(visit=visit, words=words, by=request.actor),
        _("Answered. The trainer reads it."),
        here(request, "visit", pk),
    )
