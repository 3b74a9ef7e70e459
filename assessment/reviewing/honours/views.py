"""Honours: the school puts excellent work forward, the county reads the list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reviewing.honours import actions, queries
from assessment.reviewing.honours.lists import EXCELLENT, HONOURS
from assessment.reviewing.honours.models import HonourName
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


def back(request: HttpRequest) -> str:
    return reverse("assessment:school-honours", args=[request.county.slug, request.school.slug])


@allow(P.PREPARE_RETURN)
@exports(EXCELLENT)
@require_GET
def school_honours(request: HttpRequest) -> HttpResponse:
    """The school's excellent work, and how many names may be put forward."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    words = asked_filters(request, EXCELLENT)["q"]
    rows = queries.excellent_at(programme, request.school, words)
    shown = show(request, EXCELLENT, rows, queries.with_names)
    if shown.file:
        return shown.file
    most, passed = actions.most_names(programme, request.school)
    context = {
        "programme": programme,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "most": most,
        "passed": passed,
        "named": queries.names_at(programme, request.school),
    }
    return render(request, "assessment/reviewing/honours/school_honours.html", context)


@allow(P.PREPARE_RETURN)
@require_POST
def honours_put_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one submission's name forward."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    submission = get_object_or_404(queries.excellent_at(programme, request.school), pk=pk)
    return answer(
        request,
        lambda: actions.put_forward(submission=submission, by=request.actor),
        _("%s is put forward for honours.") % submission,
        back(request),
    )


@allow(P.PREPARE_RETURN)
@require_POST
def honours_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a name."""
    names = HonourName.objects.filter(school=request.school).select_related("school", "submission__person")
    name = get_object_or_404(names, pk=pk)
    return answer(
        request,
        lambda: actions.withdraw_name(name=name, by=request.actor),
        _("Withdrawn. Another name can be put forward."),
        back(request),
    )


@allow(P.SEE_COUNTY)
@exports(HONOURS)
@require_GET
def county_honours(request: HttpRequest) -> HttpResponse:
    """The names that the schools have put forward."""
    programme = current_programme(request.county)
    words = asked_filters(request, HONOURS)["q"]
    shown = show(request, HONOURS, queries.names_in(programme, words))
    if shown.file:
        return shown.file
    context = {"programme": programme, "listed": shown, "rows": shown.rows, "page": shown.page}
    return render(request, "assessment/reviewing/honours/county_honours.html", context)
