"""The county's programme on one page: calendar, rules, waves, extensions, and who takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme import actions, queries
from assessment.programme.dates.models import PhaseChange
from assessment.programme.dates.queries import FACES, changes_of
from assessment.programme.forms import ExtensionForm
from assessment.programme.lists import EXTENSIONS, PARTICIPANTS, standing
from assessment.programme.models import Participant, Phase, PhaseKind, Programme
from assessment.programme.places import address, current_or_404
from assessment.programme.rules.showing import rules_in_words
from assessment.programme.waves.queries import standings_of, waves_of
from assessment.showing import name_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

RECENT_CHANGES = 10


@dataclass(frozen=True)
class PhaseRow:
    """A phase as the calendar shows it, with the face of its state for the pill."""

    name: str
    wave: str
    opens_at: datetime
    closes_at: datetime
    label: str | Promise
    tone: str
    shape: str


@dataclass(frozen=True)
class ChangeRow:
    """A change of the calendar: which phase, how it was, and who changed it why."""

    change: PhaseChange
    who: str


@allow(Permission.SEE_COUNTY)
@exports(EXTENSIONS)
@require_GET
def programme(request: HttpRequest) -> HttpResponse:
    """Rules with what they mean, the calendar with its changes, waves, the extensions."""
    may_set = request.actor.can(Permission.SET_RULES, request.county)
    current, draft = queries.programme_and_draft(request.county)
    context: dict[str, Any] = {"programme": current, "may_set": may_set, "draft": draft if may_set else None}
    if current is not None:
        found = queries.extensions_found(current, **asked_filters(request, EXTENSIONS))
        shown = show(request, EXTENSIONS, found)
        if shown.file:
            return shown.file
        waves = waves_of(current)
        context |= {
            "phases": phase_rows(queries.phases_of(current)),
            "changes": [
                ChangeRow(row, name_of(row.changed_by)) for row in changes_of(current)[:RECENT_CHANGES]
            ],
            "waves": standings_of(current, waves) if waves else [],
            "rules": rules_in_words(current),
            "listed": shown,
            "extensions": shown.rows,
            "page": shown.page,
        }
        if may_set:
            context["extension_form"] = extension_form(request, None, request.GET.get("school", ""))
    return render(request, "assessment/programme/programme.html", context)


def phase_rows(phases: Iterable[Phase]) -> list[PhaseRow]:
    """Return the phases wave by wave, those of no wave first, each by its first day."""
    rows = sorted(phases, key=lambda row: (row.wave.number if row.wave else 0, row.opens_at))
    return [
        PhaseRow(
            row.get_kind_display(),
            row.wave.name if row.wave else "",
            row.opens_at,
            row.closes_at,
            *FACES[row.standing],  # type: ignore[attr-defined]
        )
        for row in rows
    ]


@allow(Permission.SEE_PEOPLE)
@exports(PARTICIPANTS)
@require_GET
def participants(request: HttpRequest) -> HttpResponse:
    """Who takes part, who is excluded, on leave or about to move, and who has left."""
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


@allow(Permission.SET_RULES)
@require_POST
def extensions(request: HttpRequest) -> HttpResponse:
    """Grant more time."""
    form = extension_form(request, request.POST, request.POST.get("school", ""))
    if not form.is_valid():
        for name, errors in form.errors.items():
            messages.error(request, f"{form.fields[name].label}: {' '.join(errors)}")
        return redirect(address(request, "programme"))
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

    return answer(request, act, _("The extension is granted."), address(request, "programme"))


@allow(Permission.SET_RULES)
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Make every teacher of every school a participant who is none yet."""
    current = current_or_404(request)
    try:
        added = enrolled(current, request)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(request, "programme"))
    sentence = ngettext("%d teacher was enrolled.", "%d teachers were enrolled.", added)
    messages.success(request, sentence % added if added else _("Every teacher takes part already."))
    return redirect(address(request, "programme"))


def enrolled(current: Programme, request: HttpRequest) -> int:
    """Enrol every school; returns how many participants were added."""
    schools = School.objects.select_related("county").order_by("pk")
    return sum(actions.enrol_school(programme=current, school=school, by=request.actor) for school in schools)
