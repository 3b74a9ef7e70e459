"""What a teacher does with their evidence: begin, send up, use again, look, take away, submit."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, posted_version
from assessment.programme.queries import participation_of
from assessment.submitting import actions
from assessment.submitting.models import Evidence, Submission
from assessment.submitting.queries import files_at_hand, items_of, submissions_of
from microcapabilities.models import EvidenceItem, Point
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.models import StoredFile
from schools.files.serving import give
from schools.refusals import Refused
from schools.toasts import Act

JSON = "application/json"


@allow(Permission.OWN_WORK)
@require_POST
def submission_begin(request: HttpRequest, code: str) -> HttpResponse:
    """Open the work on a point of the confirmed choice."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return redirect("assessment:me")
    point = get_object_or_404(Point, catalogue_id=participant.programme.catalogue_id, code=code)
    try:
        begun = actions.begin(participant=participant, point=point, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:me")
    return redirect("assessment:submission", begun.pk)


@allow(Permission.OWN_WORK)
@require_POST
def evidence_add(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take in files for one item, each by itself; scripts are answered in JSON, forms with a redirect."""
    submission, asked = own_item(request, pk, item)
    added, refusals = 0, []
    for upload in request.FILES.getlist("file"):
        try:
            piece = actions.add_evidence(submission=submission, item=asked, upload=upload, by=request.actor)
        except Refused as refusal:
            refusals.append(str(refusal))
        else:
            added = piece.pk
            messages.success(request, _("“%s” has arrived.") % upload.name)
    if not added and not refusals:
        refusals.append(_("Please choose a file first."))
    return told(request, submission, asked, added=added, refusals=refusals)


@allow(Permission.OWN_WORK)
@require_POST
def evidence_reuse(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Lay an own file of the same programme on one more item."""
    submission, asked = own_item(request, pk, item)
    file_id = request.POST.get("file", "")
    if not file_id.isdigit():
        return told(request, submission, asked, refusals=[_("Please choose a file first.")])
    file: StoredFile = get_object_or_404(files_at_hand(submission, request.user), pk=file_id)
    try:
        piece = actions.use_again(submission=submission, item=asked, file=file, by=request.actor)
    except Refused as refusal:
        return told(request, submission, asked, refusals=[str(refusal)])
    messages.success(request, _("“%s” lies here now too.") % file.name)
    return told(request, submission, asked, added=piece.pk)


@allow(Permission.OWN_WORK)
@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one of one's own files."""
    return give(request, own_piece(request, pk).file)


@allow(Permission.OWN_WORK)
@require_POST
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece off its item."""
    piece = own_piece(request, pk)
    submission = piece.attempt.submission
    lay_back = reverse("assessment:evidence-reuse", args=[submission.pk, piece.item_id])
    return answer(
        request,
        lambda: actions.take_away(piece=piece, by=request.actor),
        _("“%s” is taken off this item.") % piece.file.name,
        address(submission, piece.item),
        Act(_("Undo"), lay_back, {"file": piece.file_id}),
    )


@allow(Permission.OWN_WORK)
@require_POST
def submission_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit the open attempt with the statement of authorship."""
    submission = own_submission(request, pk)

    def act() -> None:
        actions.submit(
            submission=submission,
            is_own_work=request.POST.get("is_own_work") == "on",
            by=request.actor,
            version=posted_version(request),
        )

    done = _("Submitted. You read here what the reviewers advise as soon as the school has decided.")
    return answer(request, act, done, address(submission))


def own_submission(request: HttpRequest, pk: int) -> Submission:
    """Return the actor's own submission; somebody else's answers 404."""
    return get_object_or_404(submissions_of(request.actor.person), pk=pk)


def own_item(request: HttpRequest, pk: int, item: int) -> tuple[Submission, EvidenceItem]:
    """Return the actor's own submission and the item of its point by id, or answer 404."""
    submission = own_submission(request, pk)
    asked = next((one for one in items_of(submission) if one.pk == item), None)
    if asked is None:
        raise Http404
    return submission, asked


def own_piece(request: HttpRequest, pk: int) -> Evidence:
    """Return the actor's own piece of evidence; somebody else's answers 404."""
    submission = ("attempt__submission__school", "attempt__submission__point")
    pieces = Evidence.objects.select_related("file", "item", *submission)
    return get_object_or_404(pieces, pk=pk, attempt__submission__person=request.actor.person)


def told(
    request: HttpRequest,
    submission: Submission,
    item: EvidenceItem,
    *,
    added: int = 0,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    """Answer {"next"} or {"error"} to a script, a redirect to the item with messages to a form."""
    back = address(submission, item, added)
    if request.get_preferred_type(["text/html", JSON]) == JSON:
        return (
            JsonResponse({"error": " ".join(refusals)}, status=422)
            if refusals
            else JsonResponse({"next": back})
        )
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect(back)


def address(submission: Submission, item: EvidenceItem | None = None, added: int = 0) -> str:
    """Return the address of the submission's page, at the item; `added` makes it a new page for browsers."""
    page = reverse("assessment:submission", args=[submission.pk])
    return f"{page}{f'?added={added}' if added else ''}{f'#item-{item.number}' if item else ''}"
