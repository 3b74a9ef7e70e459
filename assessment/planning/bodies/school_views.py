"""A school's bodies: who sits on them, what its team still lacks, and the county's published bodies."""

from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.planning.bodies import actions
from assessment.planning.bodies.forms import SeatForm
from assessment.planning.bodies.models import BodyKind, Seat, Waiver
from assessment.planning.bodies.posts import SCHOOL_POSTS
from assessment.planning.bodies.queries import sentences, unit_of, waivers_of
from assessment.planning.bodies.rule import LABELS, rule_of
from assessment.planning.bodies.showing import BodyShown, by_post, shown_to_school
from assessment.planning.bodies.views import seated
from assessment.planning.spots import here
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from schools.access.appointing import may_appoint
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Person


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_bodies(request: HttpRequest) -> HttpResponse:
    """The school's bodies; those of a managed school are its unit's."""
    return bodies_page(request, None)


def bodies_page(request: HttpRequest, typed: SeatForm | None) -> HttpResponse:
    """Show the bodies; `typed` is a form that was sent with errors."""
    unit = unit_of(request.school)
    is_own = unit == request.school
    programme = current_programme(request.county)
    may_keep = is_own and request.actor.can(Permission.FILE_PLANS, request.school)
    moment = today()
    bodies, published = shown_to_school(unit, moment)
    waivers = list(waivers_of(programme, unit)) if programme else []
    context = {
        "unit": unit,
        "is_own": is_own,
        "bodies": bodies,
        "may_keep": may_keep,
        "programme": programme,
        "rule": rule_of(programme) if programme else None,
        "lacking": team_lacks(programme, unit, bodies, waivers, moment) if programme else [],
        "waivers": [(row, LABELS[row.about]) for row in waivers],
        "published": [(one, by_post(one.seats)) for one in published],
        "form": typed or (seat_form(request) if may_keep else None),
    }
    return render(request, "assessment/planning/bodies/school.html", context, status=422 if typed else 200)


def team_lacks(
    programme: Programme, unit: School, bodies: list[BodyShown], waivers: list[Waiver], moment: date
) -> list[str]:
    """Return what the team lacks, out of what the page has read."""
    team = next(one for one in bodies if one.kind == BodyKind.MANAGEMENT_TEAM)
    waived = {waiver.about for waiver in waivers}
    return sentences(rule_of(programme), unit, [shown.seat for shown in team.seats], waived, moment)


def seat_form(request: HttpRequest) -> SeatForm:
    """Return the form with the people of the school and of those it manages, filled from a POST."""
    people = Person.objects.filter(Q(school=request.school) | Q(school__managed_by=request.school))
    people = people.filter(is_active=True).select_related("school").order_by("pinyin", "pk")
    data = request.POST if request.method == "POST" else None
    offers = may_appoint(request.actor, "team", request.school)
    return SeatForm(data, posts=SCHOOL_POSTS, people=people, offers_role=offers)


@allow(Permission.FILE_PLANS)
@require_POST
def seat_add(request: HttpRequest) -> HttpResponse:
    """Give somebody a post on a body of the school."""
    form = seat_form(request)
    if form.is_valid() and seated(request, form):
        messages.success(request, _("The post is given."))
        return redirect(here(request, "school-bodies"))
    return bodies_page(request, form)


@allow(Permission.FILE_PLANS)
@require_POST
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's seat on a body of the school."""
    seats = Seat.objects.filter(body__school=request.school).select_related("body__county", "body__school")
    row = get_object_or_404(seats, pk=pk)
    return answer(
        request,
        lambda: actions.end_seat(seat=row, because=request.POST.get("note", ""), by=request.actor),
        _("Ended. The seat stays in the history."),
        here(request, "school-bodies"),
    )
