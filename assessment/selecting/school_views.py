"""The group head talks choices over and endorses them; the school confirms them or sends them back."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, answer_batch, buttons, posted_ids, posted_version
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.selecting import actions
from assessment.selecting.lists import CHOICES, WITHOUT_CHOICE
from assessment.selecting.models import Selection, SelectionState
from assessment.selecting.school_queries import (
    NONE,
    STATE_OF,
    agreed_about,
    counts_by_state,
    replaced_by,
    seen_selections,
    without_choice,
)
from assessment.showing import own_groups, row_version, story_of, tabs_of
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.people.models import Person
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

BATCH_OF = {"proposed": ("endorse", P.ENDORSE_SELECTIONS), "endorsed": ("confirm", P.CONFIRM_SELECTIONS)}


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of one of the school's pages of choices."""
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


def seen(request: HttpRequest, programme: Programme) -> QuerySet[Selection]:
    """Return the choices that the reader may see: a group head's own groups, else the whole school."""
    groups = own_groups(request.actor, request.school, P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)
    return seen_selections(programme, request.school, groups)


@allow(P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)
@exports(CHOICES)
@require_GET
def school_selections(request: HttpRequest) -> HttpResponse:
    """The choices by state, and who has chosen nothing."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/selecting/school_selections.html", {"programme": None})
    groups = own_groups(request.actor, request.school, P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)
    first = "endorsed" if request.actor.can(P.CONFIRM_SELECTIONS, request.school) else "proposed"
    tabs, current = tabs_of(request, counts_by_state(programme, request.school, groups), first)
    listing = WITHOUT_CHOICE if current == NONE else CHOICES
    if current == NONE:
        rows = without_choice(programme, request.school, groups)
    else:
        rows = seen(request, programme).filter(state=STATE_OF[current])
    if words := asked_filters(request, listing)["q"]:
        rows = rows.filter(person__in=Person.objects.named_like(words))
    shown = show(request, listing, rows)
    if shown.file:
        return shown.file
    batch, permission = BATCH_OF.get(current, ("", None))
    may = permission is not None and request.actor.can(permission, request.school)
    context = {
        "programme": programme,
        "tabs": tabs,
        "current": current,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "batch": batch if may else "",
        "batch_url": here(request, f"school-selections-{batch}") if batch and may else "",
        "names": _(", ").join(row.person.name for row in shown.rows) if current == NONE else "",
    }
    return render(request, "assessment/selecting/school_selections.html", context)


def one(request: HttpRequest, pk: int) -> Selection:
    """Return a choice of this school and programme that the reader may see, else 404."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    return get_object_or_404(seen(request, programme), pk=pk)


@allow(P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)
@require_GET
def school_selection(request: HttpRequest, pk: int) -> HttpResponse:
    """One choice to talk over: points, goal, problem, what would be replaced."""
    selection = one(request, pk)
    urls = {name: here(request, f"school-selection-{name}", pk) for name in ("endorse", "confirm", "return")}
    context = {
        "selection": selection,
        "earlier": replaced_by(selection),
        "buttons": buttons(selection, request.actor, urls.get),
        "story": story_of(selection),
        "agreed": agreed_about(selection),
        "has_task_sheet": selection.state == SelectionState.CONFIRMED,
    }
    return render(request, "assessment/selecting/school_selection.html", context)


@allow(P.ENDORSE_SELECTIONS)
@require_POST
def selection_endorse(request: HttpRequest, pk: int) -> HttpResponse:
    """Endorse one choice with the record of the talk."""
    selection, agreed = one(request, pk), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.endorse(
            selection=selection, agreed=agreed, by=request.actor, version=posted_version(request)
        ),
        _("Endorsed. The choice goes on to the school."),
        here(request, "school-selection", pk),
    )


@allow(P.CONFIRM_SELECTIONS)
@require_POST
def selection_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one choice."""
    selection = one(request, pk)
    return answer(
        request,
        lambda: actions.confirm(selection=selection, by=request.actor, version=posted_version(request)),
        _("Confirmed. The teacher can begin."),
        here(request, "school-selection", pk),
    )


@allow(P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)
@require_POST
def selection_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one choice back with a sentence."""
    selection = one(request, pk)
    note = request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.send_back(
            selection=selection, note=note, by=request.actor, version=posted_version(request)
        ),
        _("Sent back. The teacher reads your words."),
        here(request, "school-selection", pk),
    )


@allow(P.ENDORSE_SELECTIONS)
@require_POST
def selections_endorse(request: HttpRequest) -> HttpResponse:
    """Endorse every ticked choice, each by itself, with what was agreed when the group talked."""
    agreed = request.POST.get("note", "")
    return answer_batch(
        request,
        ticked(request),
        lambda row: actions.endorse(
            selection=row, agreed=agreed, by=request.actor, version=row_version(request, row.pk)
        ),
        f"{here(request, 'school-selections')}?state=proposed",
        lambda count: ngettext("%d choice endorsed.", "%d choices endorsed.", count) % count,
    )


@allow(P.CONFIRM_SELECTIONS)
@require_POST
def selections_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm every ticked choice, each by itself."""
    return answer_batch(
        request,
        ticked(request),
        lambda row: actions.confirm(selection=row, by=request.actor, version=row_version(request, row.pk)),
        f"{here(request, 'school-selections')}?state=endorsed",
        lambda count: ngettext("%d choice confirmed.", "%d choices confirmed.", count) % count,
    )


def ticked(request: HttpRequest) -> list[Selection]:
    """Return the ticked choices that the reader may see."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    return list(seen(request, programme).filter(pk__in=posted_ids(request)))
