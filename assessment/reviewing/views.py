"""The reviewer's pages: a queue that knows the next, one review, saving, finishing, evidence."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assessment import in_place
from assessment.answering import posted_version
from assessment.reviewing import actions, masking, queue
from assessment.reviewing.alike import beside_review
from assessment.reviewing.drafts import Typed, typed
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.phrases.bank import shelves_for
from assessment.submitting.models import Evidence
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.refusals import Refused, Stale

LOOSE = gettext_lazy("A remark is kept only together with a grade: please grade that item too.")


def own(request: HttpRequest, pk: int) -> Review:
    """Return the actor's own review, else 404; the right at its school has to hold still."""
    review = get_object_or_404(queue.own_reviews(request.actor.person).prefetch_related("grades"), pk=pk)
    if request.actor.person is None or not queue.may_review(request.actor, review):
        raise Http404
    return review


def address(pk: int | None) -> str:
    """Return where a review is written, or an empty text for none."""
    return reverse("assessment:review", args=[pk]) if pk else ""


@allow(Permission.REVIEW)
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, and what is finished."""
    waiting = queue.open_queue(request.actor)
    page, links = turned(request, waiting)
    finished = queue.finished_by(request.actor)
    context = {
        "next": waiting[0] if waiting else None,
        "waiting": list(page),
        "waiting_count": len(waiting),
        "progress": queue.progress_of(request.actor, len(waiting)) if waiting else None,
        "page": links,
        "finished": list(finished[:50]),
        "finished_count": finished.count(),
    }
    return render(request, "assessment/reviewing/reviews.html", context)


@allow(Permission.REVIEW)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: evidence beside criteria and grades."""
    found = own(request, pk)
    if found.state == ReviewState.RELEASED:
        messages.info(request, _("This review was taken back; nothing is left to do here."))
        return in_place.leave(request, "assessment:reviews")
    return review_page(request, found)


def review_page(
    request: HttpRequest, found: Review, *, sent: Typed | None = None, status: int = 200
) -> HttpResponse:
    """Show a review; what was `sent` and not kept stays in its fields."""
    is_open, waiting = found.state == ReviewState.ASSIGNED, queue.open_ids(request.actor)
    beside = queue.around(waiting, found.pk)
    items = queue.graded_items(found, sent if is_open else None)
    beside_review(found, [piece for item in items for piece in item.pieces], request.actor)
    context = {
        "review": found,
        "submission": found.submission,
        "items": items,
        "advice": sent.advice if sent and is_open else found.advice,
        "seen": queue.seen_now(found),
        "phrases": shelves_for(found) if is_open else [],
        "earlier_advice": queue.earlier_advice(found),
        "is_open": is_open,
        "progress": queue.progress_of(request.actor, len(waiting)),
        "previous_url": address(beside.previous),
        "next_url": address(beside.following),
    }
    at = address(found.pk) if request.method == "POST" else ""
    return in_place.page(request, "assessment/reviewing/review.html", context, status=status, at=at)


def save(request: HttpRequest, found: Review, sent: Typed) -> str:
    """Keep what was sent; returns the fingerprint of what is kept now. Raises Refused."""
    return actions.save_grades(
        review=found,
        grades=sent.grades,
        remarks=sent.remarks,
        advice=sent.advice,
        by=request.actor,
        seen=sent.seen,
    )


@allow(Permission.REVIEW)
@require_POST
def review_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep grades, remarks and advice; answers in JSON where that is asked for."""
    found, sent = own(request, pk), typed(request.POST)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        seen = save(request, found, sent)
    except Refused as refusal:
        if wants_json:
            return JsonResponse({"error": str(refusal)}, status=409)
        return refused(request, pk, sent, refusal)
    if wants_json:
        note = str(LOOSE) if sent.has_loose_remarks else ""
        return JsonResponse({"saved": True, "carry": {"seen": seen}, "note": note})
    messages.success(request, _("Saved."))
    if sent.has_loose_remarks:
        messages.warning(request, LOOSE)
        return review_page(request, own(request, pk), sent=sent)
    return redirect("assessment:review", pk)


@allow(Permission.REVIEW)
@require_POST
def review_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was sent, freeze it, and go to the next open review."""
    found, sent = own(request, pk), typed(request.POST)
    following = queue.around(queue.open_ids(request.actor), pk).following
    try:
        save(request, found, sent)
        actions.finish(review=found, by=request.actor, version=posted_version(request))
    except Refused as refusal:
        return refused(request, pk, sent, refusal)
    messages.success(request, _("%s is finished; your grades are frozen.") % found.submission.point.code)
    if following is None:
        return in_place.leave(request, "assessment:reviews")
    if in_place.wants_part(request):
        return review_page(request, own(request, following))
    return redirect("assessment:review", following)


def refused(request: HttpRequest, pk: int, sent: Typed, refusal: Refused) -> HttpResponse:
    """Show a refusal with all that was typed; a page that was too old is shown as things stand."""
    if in_place.wants_part(request) and not isinstance(refusal, Stale):
        return in_place.refused(request, str(refusal))
    messages.error(request, str(refusal))
    return review_page(request, own(request, pk), sent=sent, status=422)


@allow(Permission.REVIEW)
@require_GET
def review_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One piece of the attempt that this reviewer was asked to look at."""
    return masking.give_piece(request, *reviewed_piece(request, pk, evidence))


def reviewed_piece(request: HttpRequest, pk: int, evidence: int) -> tuple[Review, Evidence]:
    """Return one's own review and a piece of its attempt, or of an earlier one of the work, else answer 404."""
    found = own(request, pk)
    if found.state == ReviewState.RELEASED:
        raise Http404
    pieces = masking.with_all_shown(Evidence.objects.select_related("attempt")).filter(
        attempt__submission=found.submission_id,
        attempt__number__lte=found.attempt.number,
        attempt__submitted_at__isnull=False,
    )
    return found, get_object_or_404(pieces, pk=evidence)
