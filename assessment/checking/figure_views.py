"""The county's page of what spot checks say of each school."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessment.checking.figures import rows_of
from assessment.checking.lists import CHECKED
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@exports(CHECKED)
@require_GET
def checked_schools(request: HttpRequest) -> HttpResponse:
    """Each school with how many of its results held, and how leniently it grades."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/checking/checked_schools.html", {"programme": None})
    schools = School.objects.order_by("pinyin", "pk")
    if words := asked_filters(request, CHECKED)["q"]:
        schools = schools.filter(school_named(words))
    shown = show(request, CHECKED, schools, lambda page: rows_of(programme, list(page)))
    context = {"programme": programme, "listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/checking/checked_schools.html", context)
