"""The county's programme: rules, calendar, extensions; whoever sets the rules finds the forms beside them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme import actions, queries
from assessment.programme.forms import ExtensionForm, PhaseForm, RulesForm, SetUpForm
from assessment.programme.lists import EXTENSIONS, PARTICIPANTS, standing
from assessment.programme.models import Participant, PhaseKind, Programme
from assessment.programme.presets import preset
from microcapabilities.models import Catalogue
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import SHANGHAI, today
from schools.organisations.models import School
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

FACES = {
    "past": (gettext_lazy("Past"), "final", "lock"),
    "open": (gettext_lazy("Open now"), "good", "dot"),
    "ahead": (gettext_lazy("Ahead"), "quiet", "circle"),
}


@dataclass(frozen=True)
class PhaseRow:
    """A phase as the calendar shows it, with the face of its state for the pill."""

    name: str
    opens_at: datetime
    closes_at: datetime
    label: str | Promise
    tone: str
    shape: str


@allow(Permission.SEE_COUNTY)
@exports(EXTENSIONS)
@require_GET
def programme(request: HttpRequest) -> HttpResponse:
    """Rules with what they mean, the calendar, the extensions."""
    current = queries.current_programme(request.county)
    may_set = request.actor.can(Permission.SET_RULES, request.county)
    context: dict[str, Any] = {"programme": current, "may_set": may_set}
    if current is not None:
        calendar = queries.calendar(current)
        found = queries.extensions_found(current, **asked_filters(request, EXTENSIONS))
        shown = show(request, EXTENSIONS, found)
        if shown.file:
            return shown.file
        context |= {
            "phases": [
                PhaseRow(phase.get_kind_display(), phase.opens_at, phase.closes_at, *FACES[state])
                for phase, state in calendar
            ],
            "rules": list(RulesForm(initial=rules_of(current))),
            "listed": shown,
            "extensions": shown.rows,
            "page": shown.page,
        }
    if may_set:
        context |= forms_for(request, current)
    return render(request, "assessment/programme/programme.html", context)


@allow(Permission.SEE_PEOPLE)
@exports(PARTICIPANTS)
@require_GET
def participants(request: HttpRequest) -> HttpResponse:
    """Who takes part, who is excluded and who has left."""
    current = current_or_404(request)
    found = queries.participants_found(current, **asked_filters(request, PARTICIPANTS))
    shown = show(request, PARTICIPANTS, found)
    if shown.file:
        return shown.file
    context = {
        "programme": current,
        "listed": shown,
        "rows": [(row, standing(row)) for row in shown.rows],
        "page": shown.page,
    }
    return render(request, "assessment/programme/participants.html", context)


def rules_of(current: Programme) -> dict[str, Any]:
    return {name: getattr(current, name) for name in actions.RULES}


def forms_for(request: HttpRequest, current: Programme | None) -> dict[str, Any]:
    """Return the forms of the page, empty, with the extension's school taken from the address."""
    set_up = SetUpForm(initial={"year": today().year}, has_current=current is not None)
    if current is None:
        return {"set_up_form": set_up}
    phases = {phase.kind: phase for phase, _state in queries.calendar(current)}
    return {
        "set_up_form": set_up,
        "rules_form": RulesForm(initial=rules_of(current)),
        "phase_forms": [
            PhaseForm(initial=days_of(kind, phases.get(kind)), auto_id=f"id_{kind}_%s") for kind in PhaseKind
        ],
        "extension_form": extension_form(request, None, request.GET.get("school", "")),
    }


def days_of(kind: PhaseKind, phase: Any) -> dict[str, Any]:
    """Return a phase's kind and days in Shanghai as a form begins with them."""
    if phase is None:
        return {"kind": kind}
    first, last = phase.opens_at.astimezone(SHANGHAI), phase.closes_at.astimezone(SHANGHAI)
    return {"kind": kind, "opens_on": first.date(), "closes_on": last.date()}


def extension_form(request: HttpRequest, data: Any, school_id: str) -> ExtensionForm:
    """Return the form with the county's schools and the participants of the one chosen."""
    participants: list[Participant] = []
    if school_id.isdigit():
        rows = Participant.objects.filter(
            school_id=int(school_id), programme__is_current=True, ends_on__isnull=True
        )
        participants = list(rows.select_related("person").order_by("person__pinyin", "pk"))
    return ExtensionForm(
        data,
        initial={"school": school_id},
        schools=list(School.objects.order_by("pinyin", "pk")),
        participants=participants,
    )


def here(request: HttpRequest) -> str:
    return reverse("assessment:programme", args=[request.county.slug])


def current_or_404(request: HttpRequest) -> Programme:
    rows = Programme.objects.select_related("county", "catalogue")
    return get_object_or_404(rows, county=request.county, is_current=True)


def show_errors(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """Say what is wrong with a form and go back to the page."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}: {' '.join(errors)}" if label else " ".join(errors))
    return redirect(here(request))


@allow(Permission.SET_RULES)
@require_POST
def phases(request: HttpRequest) -> HttpResponse:
    """Set one window of the calendar."""
    form = PhaseForm(request.POST)
    if not form.is_valid():
        return show_errors(request, form)
    kind = PhaseKind(form.cleaned_data.pop("kind"))
    current = current_or_404(request)

    def act() -> None:
        actions.set_phase(programme=current, kind=kind, **form.cleaned_data, by=request.actor)

    return answer(request, act, _("The calendar is changed."), here(request))


@allow(Permission.SET_RULES)
@require_POST
def extensions(request: HttpRequest) -> HttpResponse:
    """Grant more time."""
    form = extension_form(request, request.POST, request.POST.get("school", ""))
    if not form.is_valid():
        return show_errors(request, form)
    current, given = current_or_404(request), form.cleaned_data
    school = get_object_or_404(School, pk=given["school"])
    participant = None
    if given["participant"]:
        people = Participant.objects.filter(school=school, programme=current)
        participant = get_object_or_404(people, pk=given["participant"])

    def act() -> None:
        actions.extend(
            programme=current,
            kind=PhaseKind(given["kind"]),
            school=school,
            participant=participant,
            until=given["until"],
            reason=given["reason"],
            by=request.actor,
        )

    return answer(request, act, _("The extension is granted."), here(request))


@allow(Permission.SET_RULES)
@require_POST
def rules(request: HttpRequest) -> HttpResponse:
    """Change the rules; who changed what is recorded."""
    form = RulesForm(request.POST)
    if not form.is_valid():
        return show_errors(request, form)
    current = current_or_404(request)
    return answer(
        request,
        lambda: actions.change_rules(programme=current, rules=form.cleaned_data, by=request.actor),
        _("The rules are changed; the audit says who changed what."),
        here(request),
    )


@allow(Permission.SET_RULES)
@require_POST
def set_up(request: HttpRequest) -> HttpResponse:
    """Make the current programme from a rule pack, once or confirmed explicitly."""
    has_current = queries.current_programme(request.county) is not None
    form = SetUpForm(request.POST, has_current=has_current)
    if not form.is_valid():
        return show_errors(request, form)

    def act() -> None:
        if has_current and not form.cleaned_data["replaces"]:
            raise Refused(_("There is a current programme. Tick that it is to be replaced."), "current")
        catalogue = Catalogue.objects.filter(is_current=True).first()
        if catalogue is None:
            raise Refused(_("No catalogue is loaded yet; the administration loads one."), "catalogue")
        pack = preset(form.cleaned_data["preset"], form.cleaned_data["year"])
        actions.set_up(county=request.county, preset=pack, catalogue=catalogue, by=request.actor)

    return answer(request, act, _("The programme is set up. Enrol the teachers next."), here(request))


@allow(Permission.SET_RULES)
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Make every teacher of every school a participant who is none yet."""
    current, added = current_or_404(request), 0
    schools = list(School.objects.select_related("county").order_by("pk"))
    try:
        for school in schools:
            added += actions.enrol_school(programme=current, school=school, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    sentence = ngettext("%d teacher was enrolled.", "%d teachers were enrolled.", added)
    messages.success(request, sentence % added if added else _("Every teacher takes part already."))
    return redirect(here(request))
