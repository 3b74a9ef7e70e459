"""The teacher's page of choosing points."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.planning.queries import focus_codes
from assessment.programme.calendar import closing_time
from assessment.programme.models import Participant, PhaseKind
from assessment.programme.queries import participation_of
from assessment.selecting import actions
from assessment.selecting.enrolment import not_enrolled
from assessment.selecting.forms import SelectionForm
from assessment.selecting.models import Selection, SelectionState
from assessment.selecting.queries import versions_of
from assessment.selecting.sheet import sheets, ways_to_complete
from assessment.showing import story_of
from microcapabilities.models import Point
from microcapabilities.planner import missing, total
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.refusals import Refused

VERSIONS_TOLD = 2
PENDING = (SelectionState.PROPOSED, SelectionState.ENDORSED)


@allow(Permission.OWN_WORK)
@require_GET
def selection(request: HttpRequest) -> HttpResponse:
    """The confirmed choice, what is being talked over, and the draft."""
    participant = participation_of(request.actor.person)
    return page(request, participant) if participant else not_enrolled(request)


@allow(Permission.OWN_WORK)
@require_POST
def selection_save(request: HttpRequest) -> HttpResponse:
    """Keep the draft; nobody else sees it yet. The page's own saving is answered in JSON."""
    if "application/json" in request.headers.get("Accept", ""):
        return kept_quietly(request)
    return written(request, _("Your draft is saved. Propose it when it is complete."), is_proposed=False)


@allow(Permission.OWN_WORK)
@require_POST
def selection_propose(request: HttpRequest) -> HttpResponse:
    """Keep the draft and propose it; where that is refused the draft is kept all the same."""
    return written(request, _("Proposed. The head of your group talks it over with you."), is_proposed=True)


def written(request: HttpRequest, done: str, *, is_proposed: bool) -> HttpResponse:
    """Write the posted choice, propose it if wished, and go back to the page."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return redirect("assessment:selection")
    form = SelectionForm(request.POST, points=points_of(participant))
    if not form.is_valid():
        return page(request, participant, form)
    chosen = form.cleaned_data

    def act() -> None:
        draft = actions.choose(
            participant=participant,
            codes=chosen["points"],
            goal=chosen["goal"],
            problem=chosen["problem"],
            by=request.actor,
        )
        if is_proposed:
            actions.propose(selection=draft, by=request.actor, version=chosen["version"])

    return answer(request, act, done, "assessment:selection")


def kept_quietly(request: HttpRequest) -> JsonResponse:
    """Keep the posted draft and say so, or why not, in JSON."""
    participant = participation_of(request.actor.person)
    form = SelectionForm(request.POST, points=points_of(participant)) if participant else None
    if participant is None or form is None or not form.is_valid():
        return JsonResponse({"saved": False, "error": _("Not saved: please press “Save the draft”.")})
    chosen = form.cleaned_data
    try:
        draft = actions.choose(
            participant=participant,
            codes=chosen["points"],
            goal=chosen["goal"],
            problem=chosen["problem"],
            by=request.actor,
        )
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"saved": True, "carry": {"version": draft.version}})


def page(request: HttpRequest, participant: Participant, form: SelectionForm | None = None) -> HttpResponse:
    """Show the page; a form that was not valid comes back with all that was ticked and typed."""
    programme, versions = participant.programme, versions_of(participant)
    latest = versions[0] if versions else None
    confirmed = next((row for row in versions if row.state == SelectionState.CONFIRMED), None)
    draft = latest if latest and latest.state in actions.EDITABLE else None
    context: dict[str, Any] = {
        "participant": participant,
        "needed": programme.credits or 0,
        "confirmed": confirmed,
        "pending": latest if latest and latest.state in PENDING else None,
        "is_endorsed": bool(latest and latest.state == SelectionState.ENDORSED),
        "draft": draft,
        "saves_itself": bool(draft or not confirmed),
        "closes_at": closing_time(programme, PhaseKind.CHOOSE, participant.school, participant),
    }
    context["timeline"] = [line for version in versions[:VERSIONS_TOLD] for line in story_of(version)]
    if draft and draft.state == SelectionState.RETURNED:
        context["came_back"] = context["timeline"][0]
    if context["pending"] is None:
        context |= sheet_context(participant, form, draft or confirmed, draft)
    return render(request, "assessment/selecting/selection.html", context)


def sheet_context(
    participant: Participant, form: SelectionForm | None, start: Selection | None, draft: Selection | None
) -> dict[str, object]:
    """Return the form and the sheets, ticked as posted or as `start` stands."""
    points = points_of(participant)
    if form is None:
        form = SelectionForm(points=points, initial=initial_of(start, draft))
    environments, needed = participant.school.environments, participant.programme.credits or 0
    credits = {point.code: point.credits for point in points}
    possible = {point.code for point in points if point.environment in environments}
    ticked = possible & set(form["points"].value() or [])
    focus = focus_codes(participant.programme, participant.school)
    return {
        "form": form,
        "total": total(credits, ticked),
        "missing": missing(credits, ticked, needed),
        "sheets": sheets(points, ticked=ticked, focus=focus, environments=environments),
        "completions": ways_to_complete(points, ticked=ticked, needed=needed, environments=environments),
        "has_focus": bool(focus),
    }


def initial_of(start: Selection | None, draft: Selection | None) -> dict[str, object]:
    if start is None:
        return {}
    return {
        "points": [row.point.code for row in start.chosen.all()],
        "goal": start.goal,
        "problem": start.problem,
        "version": draft.version if draft else None,
    }


def points_of(participant: Participant) -> list[Point]:
    """Return the catalogue's points in its order; one query."""
    return list(Point.objects.filter(catalogue_id=participant.programme.catalogue_id).order_by("position"))
