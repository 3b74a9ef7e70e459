"""Nominations: the school proposes and withdraws, the county selects and declines."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_due, posted_version
from assessment.planning.nominations import actions, queries
from assessment.planning.nominations.forms import NominationForm
from assessment.planning.nominations.lists import NOMINATIONS
from assessment.planning.nominations.models import Nomination, NominationState
from assessment.planning.nominations.quotas import places_of
from assessment.planning.spots import here
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.showing import story_of, tabs_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.people.models import Person
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

WITH_PLACES = ("school__county", "county", "programme", "person")
FIELD_OF_REFUSAL = {"quota": "subject", "incomplete": "reason"}


def of_year(request: HttpRequest) -> Programme:
    return get_object_or_404(
        Programme.objects.select_related("county"), county=request.county, is_current=True
    )


@allow(Permission.SEE_PEOPLE)
@require_GET
def school_nominations(request: HttpRequest) -> HttpResponse:
    """Whom the school has proposed, what became of it, and the form to propose somebody."""
    return school_page(request, None)


def school_page(request: HttpRequest, typed: NominationForm | None) -> HttpResponse:
    """Show the page; `typed` is a form that was sent with errors."""
    programme = current_programme(request.county)
    may_nominate = request.actor.can(Permission.APPOINT_STAFF, request.school)
    context = {"programme": programme, "may_nominate": may_nominate}
    if programme is not None:
        page, links = turned(request, queries.nominations_at(programme, request.school))
        notes = queries.notes_of(page)
        context |= {
            "rows": [(row, notes.get(row.pk, ""), row.state == NominationState.NOMINATED) for row in page],
            "page": links,
            "places": places_of(programme, request.school),
            "form": typed or (nomination_form(request) if may_nominate else None),
        }
    status = 422 if typed else 200
    return render(request, "assessment/planning/nominations/school.html", context, status=status)


def nomination_form(request: HttpRequest) -> NominationForm:
    """Return the form with the school's people but oneself, filled from a POST."""
    people = Person.objects.filter(school=request.school, is_active=True).order_by("pinyin", "pk")
    if request.actor.person is not None:
        people = people.exclude(pk=request.actor.person.pk)
    return NominationForm(request.POST if request.method == "POST" else None, people=people)


@allow(Permission.APPOINT_STAFF)
@require_POST
def nomination_add(request: HttpRequest) -> HttpResponse:
    """Propose one of the school's people."""
    programme = of_year(request)
    form = nomination_form(request)
    if not form.is_valid():
        return school_page(request, form)
    said = dict(form.cleaned_data)
    person = get_object_or_404(Person, pk=said.pop("person"), school=request.school)
    try:
        actions.nominate(programme=programme, school=request.school, person=person, by=request.actor, **said)
    except Refused as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code, "person"), str(refusal))
        return school_page(request, form)
    messages.success(request, _("Nominated. The county office answers here."))
    return redirect(here(request, "school-nominations"))


@allow(Permission.APPOINT_STAFF)
@require_POST
def nomination_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a nomination back."""
    row = get_object_or_404(Nomination.objects.select_related(*WITH_PLACES), pk=pk, school=request.school)
    return answer(
        request,
        lambda: actions.withdraw(nomination=row, by=request.actor, version=posted_version(request)),
        _("Withdrawn."),
        here(request, "school-nominations"),
    )


@allow(Permission.SEE_COUNTY)
@exports(NOMINATIONS)
@require_GET
def county_nominations(request: HttpRequest) -> HttpResponse:
    """Every school's nominations by state, those that wait first."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/planning/nominations/county.html", {"programme": None})
    tabs, current = tabs_of(request, queries.counts_by_state(programme), "nominated")
    asked = asked_filters(request, NOMINATIONS)
    rows = queries.nominations_of(programme, asked["q"], asked["employment"])
    shown = show(request, NOMINATIONS, rows.filter(state=queries.STATE_OF[current]))
    if shown.file:
        return shown.file
    context = {
        "programme": programme,
        "tabs": tabs,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "places": places_of(programme),
    }
    return render(request, "assessment/planning/nominations/county.html", context)


def nomination_here(request: HttpRequest, pk: int) -> Nomination:
    return get_object_or_404(
        Nomination.objects.select_related(*WITH_PLACES, "seat"), pk=pk, county=request.county
    )


@allow(Permission.SEE_COUNTY)
@require_GET
def county_nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """One nomination, with the county's answer and the places that it falls under."""
    row = nomination_here(request, pk)
    urls = {name: here(request, f"county-nomination-{name}", pk) for name in ("select", "decline")}
    context = {
        "nomination": row,
        "buttons": buttons(row, request.actor, urls.get),
        "story": story_of(row),
        "places": [
            places
            for places in places_of(row.programme, row.school)
            if places.quota.subject in ("", row.subject)
        ],
    }
    return render(request, "assessment/planning/nominations/nomination.html", context)


@allow(Permission.APPOINT_LEADERS)
@require_POST
def nomination_select(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody into the training team until a day."""
    row, due = nomination_here(request, pk), posted_due(request)
    return answer(
        request,
        lambda: actions.select(
            nomination=row,
            until=due.date() if due else None,
            by=request.actor,
            version=posted_version(request),
        ),
        _("Selected: they sit on the training team and hold the role of trainer."),
        here(request, "county-nomination", pk),
    )


@allow(Permission.APPOINT_LEADERS)
@require_POST
def nomination_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a nomination with the reason."""
    row, why = nomination_here(request, pk), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.decline(nomination=row, why=why, by=request.actor, version=posted_version(request)),
        _("Declined. The school reads why."),
        here(request, "county-nomination", pk),
    )
