"""Pages on which a coach is named: the school's and the county's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.guiding.places import trainers
from assessment.programme.models import Programme
from assessment.reviewing.coaching import actions, queries
from assessment.reviewing.coaching.lists import COACHING, COUNTY_COACHING
from assessment.submitting.models import Submission
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.people.models import Person
from schools.sheets.listing import Listing, exports
from schools.sheets.showing import show

TEMPLATE = "assessment/reviewing/coaching/coaching.html"


def coaching_page(
    request: HttpRequest, listing: Listing, coaches: list[Person], name_url: str
) -> HttpResponse:
    """Show the work at its end at the place of the request; `name_url` names the form's address."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    shown = show(request, listing, queries.needing(programme, request.school))
    if shown.file:
        return shown.file
    slugs = [request.county.slug, *([request.school.slug] if request.school else [])]
    context = {
        "listed": shown,
        "page": shown.page,
        "rows": [(row, reverse(name_url, args=[*slugs, row.submission.pk])) for row in shown.rows],
        "coaches": coaches,
        "is_county": request.school is None,
    }
    return render(request, TEMPLATE, context)


def name(request: HttpRequest, submission: Submission, back: str) -> HttpResponse:
    """Name whom the form chose."""
    wanted = request.POST.get("person", "")
    people = Person.objects.filter(county=request.county, is_active=True)
    coach = get_object_or_404(people, pk=int(wanted) if wanted.isdigit() else 0)
    return answer(
        request,
        lambda: actions.name_coach(submission=submission, coach=coach, by=request.actor),
        _("%s is named; teacher and coach are told.") % coach.name,
        back,
    )


@allow(P.DECIDE)
@exports(COACHING)
@require_GET
def school_coaching(request: HttpRequest) -> HttpResponse:
    """The school's work at its end."""
    coaches = queries.coaches_for(request.school)
    return coaching_page(request, COACHING, coaches, "assessment:school-coach-name")


@allow(P.DECIDE)
@require_POST
def school_coach_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the coach of one submission of the school."""
    rows = Submission.objects.filter(school=request.school).select_related("school__county", "programme")
    back = reverse("assessment:school-coaching", args=[request.county.slug, request.school.slug])
    return name(request, get_object_or_404(rows, pk=pk), back)


@allow(P.APPOINT_LEADERS)
@exports(COUNTY_COACHING)
@require_GET
def county_coaching(request: HttpRequest) -> HttpResponse:
    """The county's work at its end, school by school."""
    coaches = trainers(request.county)
    return coaching_page(request, COUNTY_COACHING, coaches, "assessment:county-coach-name")


@allow(P.APPOINT_LEADERS)
@require_POST
def county_coach_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the coach of one submission of the county."""
    rows = Submission.objects.filter(county=request.county).select_related("school__county", "programme")
    back = reverse("assessment:county-coaching", args=[request.county.slug])
    return name(request, get_object_or_404(rows, pk=pk), back)
