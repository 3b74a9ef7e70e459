"""Polishing as a teacher sees it: one's own pieces and those of the group."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.models import Participant
from assessment.programme.queries import participation_of
from assessment.selecting.enrolment import not_enrolled
from assessment.training.polishing import actions, queries
from assessment.training.polishing.forms import DraftForm, PolishForm
from assessment.training.polishing.models import Polish
from assessment.training.polishing.views import draft_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.paging import turned
from schools.refusals import Refused


def form_for(participant: Participant, *data: object) -> PolishForm:
    return PolishForm(
        *data,
        catalogue_id=participant.programme.catalogue_id,
        environments=participant.school.environments,
    )


@allow(Permission.OWN_WORK)
@require_GET
def polishings(request: HttpRequest) -> HttpResponse:
    """One's own pieces and those of the group, and the form that begins one."""
    participant = participation_of(request.actor.person)
    return list_page(request, participant, form_for(participant)) if participant else not_enrolled(request)


def list_page(
    request: HttpRequest, participant: Participant, form: PolishForm, status: int = 200
) -> HttpResponse:
    page, links = turned(request, queries.counted(queries.seen_by(participant)))
    context = {"form": form, "rows": page, "page": links, "person": participant.person}
    return render(request, "assessment/training/polishing/own.html", context, status=status)


@allow(Permission.OWN_WORK)
@require_POST
def polish_begin(request: HttpRequest) -> HttpResponse:
    """Begin a piece; a form with errors comes back with all that was typed."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return redirect("assessment:polishings")
    form = form_for(participant, request.POST, request.FILES)
    if not form.is_valid():
        return list_page(request, participant, form, 422)
    facts = form.cleaned_data
    try:
        made = actions.begin(
            participant=participant,
            topic=facts["topic"],
            point=facts["point"],
            upload=facts["file"],
            note=facts["note"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return list_page(request, participant, form, 422)
    messages.success(request, _("Begun. Your group sees it and notes what it notices."))
    return redirect("assessment:polish", made.pk)


def seen_polish(request: HttpRequest, pk: int) -> Polish:
    """Return one's own piece or one of the group; any other answers 404."""
    participant = participation_of(request.actor.person)
    rows = queries.seen_by(participant) if participant else Polish.objects.none()
    rows = rows.select_related("person", "group", "point", "school", "finished_by__person")
    return get_object_or_404(rows, pk=pk)


@allow(Permission.OWN_WORK)
@require_GET
def polish(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece: its drafts side by side with the notes."""
    return polish_page(request, seen_polish(request, pk), DraftForm())


def polish_page(request: HttpRequest, row: Polish, form: DraftForm, status: int = 200) -> HttpResponse:
    is_own = row.person_id == request.actor.person.pk
    context = {
        "polish": row,
        "drafts": queries.drafts_of(row),
        "base": reverse("assessment:polish", args=[row.pk]),
        "may_note": not row.finished_at and not is_own,
        "form": form if is_own and not row.finished_at else None,
    }
    return render(request, "assessment/training/polishing/own_polish.html", context, status=status)


@allow(Permission.OWN_WORK)
@require_POST
def draft_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the next draft."""
    row = seen_polish(request, pk)
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        return polish_page(request, row, form, 422)
    try:
        actions.add_draft(
            polish=row, upload=form.cleaned_data["file"], note=form.cleaned_data["note"], by=request.actor
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return polish_page(request, row, form, 422)
    messages.success(request, _("The draft stands beside the others."))
    return redirect("assessment:polish", pk)


@allow(Permission.OWN_WORK)
@require_GET
def draft_file(request: HttpRequest, pk: int, draft: int) -> HttpResponseBase:
    """Give a draft's file out to the author and the group."""
    return give(request, draft_of(seen_polish(request, pk), draft).file)


@allow(Permission.OWN_WORK)
@require_POST
def draft_note(request: HttpRequest, pk: int, draft: int) -> HttpResponse:
    """Note something at a colleague's draft."""
    row, text = draft_of(seen_polish(request, pk), draft), request.POST.get("text", "")[:4000]
    return answer(
        request,
        lambda: actions.note_at(draft=row, text=text, by=request.actor),
        _("Noted; the colleague is told."),
        reverse("assessment:polish", args=[pk]),
    )
