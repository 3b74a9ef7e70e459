"""The county's view of its schools' reviews: agreement, time taken, and what spot checks overturned."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessment.checking.figures import verdicts_by_school
from assessment.programme.queries import current_programme
from assessment.reviewing.quality.lists import IN_COUNTY, SCHOOLS, reviewer_rows, school_rows
from assessment.reviewing.quality.queries import readings
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@exports(SCHOOLS)
@require_GET
def county_quality(request: HttpRequest) -> HttpResponse:
    """Every school with the figures of its reviews."""
    programme, asked = current_programme(request.county), asked_filters(request, SCHOOLS)
    schools = School.objects.filter(school_named(asked["q"])) if asked["q"] else School.objects.all()
    if asked["place"]:
        schools = schools.filter(is_rural=asked["place"] == "rural")
    rows = school_rows(readings(programme), list(schools), verdicts_by_school(programme)) if programme else []
    shown = show(request, SCHOOLS, rows)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/reviewing/quality/county.html", context)


@allow(Permission.SEE_COUNTY)
@exports(IN_COUNTY)
@require_GET
def county_reviewers(request: HttpRequest) -> HttpResponse:
    """Every reviewer of every school with the figures."""
    programme, asked, rows = current_programme(request.county), asked_filters(request, IN_COUNTY), []
    if programme:
        read = readings(programme)
        known = Person.objects.named_like(asked["q"]) if asked["q"] else Person.objects.all()
        people = {one.pk: one for one in known.filter(pk__in={who for _school, who in read.reviewers})}
        schools = School.objects.in_bulk({school for school, _who in read.reviewers})
        rows = reviewer_rows(read, people, schools)
    shown = show(request, IN_COUNTY, rows)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/reviewing/quality/reviewers.html", context)
