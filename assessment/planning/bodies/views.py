"""The county's bodies: who sits on them, their printed roster, the schools' teams and what is waived."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.planning.bodies import actions
from assessment.planning.bodies.forms import DutiesForm, SeatForm, WaiverForm
from assessment.planning.bodies.lists import TEAMS
from assessment.planning.bodies.models import Seat, Waiver
from assessment.planning.bodies.posts import COUNTY_POSTS
from assessment.planning.bodies.rule import LABELS, rule_of, waivable
from assessment.planning.bodies.showing import by_post, shown_at
from assessment.planning.bodies.teams import teams_of
from assessment.planning.spots import here
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from schools.access.appointing import may_appoint
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.organisations.queries import people_named
from schools.people.models import Person
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

FIELD_OF_REFUSAL = {
    "term": "until",
    "held": "place",
    "origin": "origin",
    "post": "place",
    "role": "gives_role",
}


@allow(Permission.SEE_COUNTY)
@require_GET
def county_bodies(request: HttpRequest) -> HttpResponse:
    """The county's bodies with everybody who sits there, and the form to give a post."""
    return county_page(request, None)


def county_page(request: HttpRequest, typed: SeatForm | None) -> HttpResponse:
    """Show the bodies; `typed` is a form that was sent with errors."""
    may_keep = request.actor.can(Permission.KEEP_BODIES, request.county)
    words = request.GET.get("q", "")
    context = {
        "bodies": shown_at(request.county, None),
        "may_keep": may_keep,
        "words": words,
        "form": typed or (seat_form(request, words) if may_keep else None),
    }
    return render(request, "assessment/planning/bodies/county.html", context, status=422 if typed else 200)


def seat_form(request: HttpRequest, words: str) -> SeatForm:
    """Return the form, filled from a POST; people are those whom the words find, or who was chosen."""
    data = request.POST if request.method == "POST" else None
    chosen = (data or {}).get("person", "")
    people = people_named(words)
    if chosen.isdigit():
        people = list(Person.objects.filter(pk=int(chosen), is_active=True).select_related("school"))
    offers = may_appoint(request.actor, "trainer", request.county)
    return SeatForm(data, posts=COUNTY_POSTS, people=people, offers_role=offers)


@allow(Permission.KEEP_BODIES)
@require_POST
def seat_add(request: HttpRequest) -> HttpResponse:
    """Give somebody a post on a body of the county."""
    form = seat_form(request, "")
    if form.is_valid() and seated(request, form):
        messages.success(request, _("The post is given."))
        return redirect(here(request, "county-bodies"))
    return county_page(request, form)


def seated(request: HttpRequest, form: SeatForm) -> bool:
    """Give the post of the form at the place of the address; a refusal stands at its field."""
    pk = form.cleaned_data["person"]
    person = get_object_or_404(Person.objects.select_related("school", "county"), pk=pk) if pk else None
    try:
        actions.seat(county=request.county, school=request.school, by=request.actor, **form.facts(person))
    except Refused as refusal:
        field = FIELD_OF_REFUSAL.get(refusal.code, "person")
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True


@allow(Permission.KEEP_BODIES)
@require_POST
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's seat on a body of the county."""
    seats = Seat.objects.filter(body__school__isnull=True).select_related("body__county", "body__school")
    row = get_object_or_404(seats, pk=pk, county=request.county)
    return answer(
        request,
        lambda: actions.end_seat(seat=row, because=request.POST.get("note", ""), by=request.actor),
        _("Ended. The seat stays in the history."),
        here(request, "county-bodies"),
    )


@allow(Permission.KEEP_BODIES)
@require_POST
def body_describe(request: HttpRequest) -> HttpResponse:
    """Write a body's duties, and whether the schools may read its roster."""
    form = DutiesForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect(here(request, "county-bodies"))
    return answer(
        request,
        lambda: actions.describe(county=request.county, by=request.actor, **form.cleaned_data),
        _("Saved."),
        here(request, "county-bodies"),
    )


@allow(Permission.SEE_COUNTY)
@require_GET
def county_roster(request: HttpRequest) -> HttpResponse:
    """The roster of the county's bodies, to print."""
    bodies = [(one, by_post(one.seats)) for one in shown_at(request.county, None) if one.body]
    programme = current_programme(request.county)
    context = {"bodies": bodies, "programme": programme, "back_url": here(request, "county-bodies")}
    return render(request, "assessment/planning/bodies/roster.html", context)


@allow(Permission.SEE_COUNTY)
@exports(TEAMS)
@require_GET
def county_teams(request: HttpRequest) -> HttpResponse:
    """The management teams of all schools, what they lack and what is waived."""
    return teams_page(request, None)


def teams_page(request: HttpRequest, typed: WaiverForm | None) -> HttpResponse:
    """Show the teams; `typed` is a form that was sent with errors."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/planning/bodies/teams.html", {"programme": None})
    shown = show(request, TEAMS, teams_of(programme, **asked_filters(request, TEAMS)))
    if shown.file:
        return shown.file
    may_waive = any(
        request.actor.can(one, request.county) for one in (Permission.KEEP_BODIES, Permission.SET_RULES)
    )
    context = {
        "programme": programme,
        "rule": rule_of(programme),
        "listed": shown,
        "rows": [(row, [(one, LABELS[one.about]) for one in row.waivers]) for row in shown.rows],
        "page": shown.page,
        "may_waive": may_waive,
        "form": typed or (waiver_form(request, programme) if may_waive else None),
    }
    return render(request, "assessment/planning/bodies/teams.html", context, status=422 if typed else 200)


def waiver_form(request: HttpRequest, programme: Programme) -> WaiverForm:
    schools = School.objects.filter(managed_by__isnull=True).order_by("pinyin", "pk")
    data = request.POST if request.method == "POST" else None
    return WaiverForm(data, schools=schools, about=waivable(programme))


@allow(Permission.KEEP_BODIES, Permission.SET_RULES)
@require_POST
def waiver_add(request: HttpRequest) -> HttpResponse:
    """Do not ask one school for a post or for the size of its team."""
    programme = get_object_or_404(
        Programme.objects.select_related("county"), county=request.county, is_current=True
    )
    form = waiver_form(request, programme)
    if not form.is_valid():
        return teams_page(request, form)
    said = dict(form.cleaned_data)
    school = get_object_or_404(School.objects.select_related("county"), pk=said.pop("school"))
    return answer(
        request,
        lambda: actions.waive(programme=programme, school=school, by=request.actor, **said),
        _("Waived. The school reads it on its page."),
        here(request, "county-teams"),
    )


@allow(Permission.KEEP_BODIES, Permission.SET_RULES)
@require_POST
def waiver_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask again for what was waived."""
    waiver = get_object_or_404(Waiver.objects.select_related("school__county"), pk=pk, county=request.county)
    return answer(
        request,
        lambda: actions.end_waiver(waiver=waiver, by=request.actor),
        _("Ended. It is asked for again."),
        here(request, "county-teams"),
    )
