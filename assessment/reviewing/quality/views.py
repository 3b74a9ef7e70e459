"""How well reviews agree: a reviewer's own figures, and those of a school's panel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessment.programme.queries import current_programme
from assessment.reviewing.quality.lists import REVIEWERS, reviewer_rows
from assessment.reviewing.quality.queries import own_readings, readings
from assessment.reviewing.quality.readings import said
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.people.models import Person
from schools.sheets.listing import exports
from schools.sheets.showing import show


@allow(Permission.REVIEW)
@require_GET
def own_quality(request: HttpRequest) -> HttpResponse:
    """One's own figures beside those who read the same works; who they are stands nowhere."""
    person = request.actor.person
    programme = current_programme(request.county) if person else None
    figures = said(own_readings(programme, person)) if programme and person else None
    return render(request, "assessment/reviewing/quality/own.html", {"said": figures})


@allow(Permission.SEE_SUBMISSIONS)
@exports(REVIEWERS)
@require_GET
def school_quality(request: HttpRequest) -> HttpResponse:
    """The reviewers of the school's work with their figures."""
    programme, rows, whole = current_programme(request.county), [], None
    if programme:
        read = readings(programme, [request.school.pk])
        people = Person.objects.in_bulk({who for _school, who in read.reviewers})
        rows = reviewer_rows(read, people, {request.school.pk: request.school})
        whole = said(read.schools[request.school.pk])
    shown = show(request, REVIEWERS, rows)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page, "said": whole}
    return shown.file or render(request, "assessment/reviewing/quality/school.html", context)
