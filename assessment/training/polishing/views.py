"""Polishing at the school: the group's pieces, notes of heads and trainers, and the word that finishes one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.queries import current_programme
from assessment.training.activities.conversion import rate_of, rate_said
from assessment.training.activities.models import ActivityKind
from assessment.training.activities.queries import led_groups, may_lead
from assessment.training.polishing import actions, queries
from assessment.training.polishing.lists import AT_SCHOOL, at_school
from assessment.training.polishing.models import Draft, Polish
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

FULL = ("person", "group", "point", "programme", "school__county", "finished_by__person")


def here(request: HttpRequest, name: str, *args: int) -> str:
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


def led_polish(request: HttpRequest, pk: int) -> Polish:
    """Return a piece of the school that the actor leads; another group's answers 404."""
    polish = get_object_or_404(Polish.objects.select_related(*FULL), pk=pk, school=request.school)
    if not may_lead(request.actor, request.school, polish.group_id):
        raise Http404
    return polish


@allow(Permission.LEAD_ACTIVITIES)
@exports(AT_SCHOOL)
@require_GET
def polishings(request: HttpRequest) -> HttpResponse:
    """The pieces of the groups that one leads."""
    groups, is_for_all = led_groups(request.actor, request.school)
    listing = at_school(groups)
    asked = asked_filters(request, listing)
    found = queries.found_at(
        request.school,
        current_programme(request.county),
        q=asked["q"],
        group=asked["group"],
        state=asked["state_is"],
    )
    if not is_for_all:
        found = found.filter(group__in=groups)
    shown = show(request, listing, found)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/training/polishing/school.html", context)


@allow(Permission.LEAD_ACTIVITIES)
@require_GET
def polish(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece: its drafts side by side with the notes, and the word that finishes it."""
    row = led_polish(request, pk)
    own = request.actor.person is not None and request.actor.person.pk == row.person_id
    context = {
        "polish": row,
        "drafts": queries.drafts_of(row),
        "base": here(request, "school-polish", pk),
        "may_note": not row.finished_at and queries.may_note(request.actor, row),
        "may_finish": not row.finished_at and not own,
        "rounds": queries.rounds_of(row),
        "rate": rate_said(rate_of(row.programme, ActivityKind.POLISHING)),
    }
    return render(request, "assessment/training/polishing/school_polish.html", context)


def draft_of(polish: Polish, draft: int) -> Draft:
    rows = Draft.objects.select_related("file", "polish")
    return get_object_or_404(rows, pk=draft, polish=polish)


@allow(Permission.LEAD_ACTIVITIES)
@require_GET
def draft_file(request: HttpRequest, pk: int, draft: int) -> HttpResponseBase:
    """Give a draft's file out."""
    return give(request, draft_of(led_polish(request, pk), draft).file)


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def draft_note(request: HttpRequest, pk: int, draft: int) -> HttpResponse:
    """Note something at a draft."""
    row, text = draft_of(led_polish(request, pk), draft), request.POST.get("text", "")[:4000]
    return answer(
        request,
        lambda: actions.note_at(draft=row, text=text, by=request.actor),
        _("Noted; the colleague is told."),
        here(request, "school-polish", pk),
    )


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def polish_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Finish the piece with a word; the hours are entered."""
    row, word = led_polish(request, pk), request.POST.get("word", "")[:4000]
    return answer(
        request,
        lambda: actions.finish(polish=row, word=word, by=request.actor),
        _("Finished. The hours stand in the colleague's ledger."),
        here(request, "school-polish", pk),
    )
