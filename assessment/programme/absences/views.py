"""Absences at the school, which asks, and at the county, which answers; newcomers who take no part yet."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_ids, posted_version
from assessment.programme.absences import actions, queries
from assessment.programme.absences.forms import AskForm, MoreTimeForm
from assessment.programme.absences.lists import AT_COUNTY, AT_SCHOOL
from assessment.programme.absences.models import Absence, AbsenceKind, AbsenceState
from assessment.programme.actions import enrol_person
from assessment.programme.models import Participant, PhaseKind
from assessment.programme.places import address, current_or_404
from assessment.programme.queries import current_programme, not_enrolled
from assessment.showing import story_of, tabs_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.people.models import Person
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

MOST_NEWCOMERS = 50


@allow(Permission.ASK_ABSENCES, Permission.KEEP_ROSTER)
@exports(AT_SCHOOL)
@require_GET
def school_absences(request: HttpRequest) -> HttpResponse:
    """What the school asked for and what the county said; teachers who take no part yet."""
    return school_page(request, None)


def school_page(request: HttpRequest, typed: AskForm | None) -> HttpResponse:
    """Show the page; `typed` is a form that was sent with errors and is shown again."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/programme/school_absences.html", {"programme": None})
    found = queries.absences_found(programme, request.school, **asked_filters(request, AT_SCHOOL))
    shown = show(request, AT_SCHOOL, found)
    if shown.file:
        return shown.file
    may_ask = request.actor.can(Permission.ASK_ABSENCES, request.school)
    participants = queries.candidates(programme, request.school) if may_ask else []
    newcomers = list(not_enrolled(programme, request.school)[: MOST_NEWCOMERS + 1])
    context: dict[str, Any] = {
        "programme": programme,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "form": (typed or AskForm(participants=participants)) if may_ask else None,
        "is_typed": typed is not None,
        "newcomers": newcomers[:MOST_NEWCOMERS],
        "has_more": len(newcomers) > MOST_NEWCOMERS,
        "may_enrol": request.actor.can(Permission.KEEP_ROSTER, request.school),
    }
    status = 422 if typed else 200
    return render(request, "assessment/programme/school_absences.html", context, status=status)


@allow(Permission.ASK_ABSENCES)
@require_POST
def absence_ask(request: HttpRequest) -> HttpResponse:
    """Ask the county for an exclusion or a leave."""
    programme = current_or_404(request)
    form = AskForm(request.POST, participants=queries.candidates(programme, request.school))
    if not form.is_valid():
        return school_page(request, form)
    given = dict(form.cleaned_data)
    rows = Participant.objects.select_related("school", "county").filter(
        school=request.school, programme=programme
    )
    participant = get_object_or_404(rows, pk=given.pop("participant"))
    kind = AbsenceKind(given.pop("kind"))
    try:
        actions.ask(participant=participant, kind=kind, **given, by=request.actor)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return school_page(request, form)
    said = _("Asked for. The county answers here.")
    return answer(request, lambda: None, said, address(request, "school-absences"))


@allow(Permission.KEEP_ROSTER)
@require_POST
def participant_enrol(request: HttpRequest) -> HttpResponse:
    """Make a newcomer of the school a participant."""
    programme, ids = current_or_404(request), posted_ids(request, "person")

    def enrol() -> None:
        person = Person.objects.filter(school=request.school, pk__in=ids[:1]).first()
        if person is None:
            raise Refused(_("Choose somebody of this school."), "not-here")
        enrol_person(programme=programme, school=request.school, person=person, by=request.actor)

    return answer(
        request,
        enrol,
        _("Takes part from today on."),
        address(request, "school-absences"),
    )


@allow(Permission.SET_RULES)
@exports(AT_COUNTY)
@require_GET
def county_absences(request: HttpRequest) -> HttpResponse:
    """What the schools asked for, those first that wait for an answer."""
    programme = current_or_404(request)
    found = queries.absences_found(programme, **asked_filters(request, AT_COUNTY))
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    states = [(str(state.value), state.label, counts.get(state, 0)) for state in AbsenceState]
    tabs, current = tabs_of(request, states, str(AbsenceState.ASKED.value))
    shown = show(request, AT_COUNTY, found.filter(state=int(current)))
    if shown.file:
        return shown.file
    context = {
        "programme": programme,
        "tabs": tabs,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "is_waiting": int(current) == AbsenceState.ASKED,
    }
    return render(request, "assessment/programme/county_absences.html", context)


def absence_here(request: HttpRequest, pk: int) -> Absence:
    rows = Absence.objects.select_related(
        "person", "school__county", "county", "programme", "participant", "asked_by__person"
    )
    return get_object_or_404(rows, pk=pk, county=request.county)


@allow(Permission.SET_RULES)
@require_GET
def county_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """One absence with its reason, and the answer."""
    return absence_page(request, absence_here(request, pk), None)


def absence_page(request: HttpRequest, absence: Absence, typed: MoreTimeForm | None) -> HttpResponse:
    urls = {name: address(request, f"county-absence-{name}", absence.pk) for name in ("refuse", "end")}
    urls["approve"] = address(request, "county-absence-approve", absence.pk)
    offered = buttons(absence, request.actor, urls.get)
    has_more_time = absence.kind == AbsenceKind.LEAVE
    approve = next((one for one in offered if one.action == "approve"), None)
    context = {
        "absence": absence,
        "approve": approve if has_more_time and approve and approve.is_open else None,
        "steps": [one for one in offered if one is not approve or not has_more_time or not one.is_open],
        "form": typed or MoreTimeForm(),
        "story": story_of(absence),
    }
    status = 422 if typed else 200
    return render(request, "assessment/programme/county_absence.html", context, status=status)


@allow(Permission.SET_RULES)
@require_POST
def absence_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve; a leave may bring more time."""
    absence, form = absence_here(request, pk), MoreTimeForm(request.POST)
    if not form.is_valid():
        return absence_page(request, absence, form)
    given = form.cleaned_data
    return answer(
        request,
        lambda: actions.approve(
            absence=absence,
            until=given["until"],
            kinds=[PhaseKind(kind) for kind in given["kinds"]],
            by=request.actor,
            version=posted_version(request),
        ),
        _("Approved. The school is told."),
        address(request, "county-absence", pk),
    )


@allow(Permission.SET_RULES)
@require_POST
def absence_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse, saying why."""
    absence, words = absence_here(request, pk), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.refuse(
            absence=absence, because=words, by=request.actor, version=posted_version(request)
        ),
        _("Refused. The school reads why."),
        address(request, "county-absence", pk),
    )


@allow(Permission.SET_RULES)
@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an approved absence today."""
    absence = absence_here(request, pk)
    return answer(
        request,
        lambda: actions.end(absence=absence, by=request.actor, version=posted_version(request)),
        _("Ended."),
        address(request, "county-absence", pk),
    )
