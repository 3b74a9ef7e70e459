"""The reviewer's pages: a queue that knows the next, one review, saving, finishing, evidence."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import posted_version
from assessment.reviewing import actions, queue
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Evidence
from microcapabilities.grades import Grade
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.organisations.queries import turned
from schools.refusals import Refused

GRADES = {str(grade.value): grade for grade in Grade}


def own(request: HttpRequest, pk: int) -> Review:
    """Return the actor's own review, else 404; the right at its school has to hold still."""
    review = get_object_or_404(queue.own_reviews(request.actor.person).prefetch_related("grades"), pk=pk)
    if request.actor.person is None or not queue.may_review(request.actor, review):
        raise Http404
    return review


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
        return redirect("assessment:reviews")
    context = {
        "review": found,
        "submission": found.submission,
        "items": queue.graded_items(found),
        "earlier_advice": queue.earlier_advice(found),
        "is_open": found.state == ReviewState.ASSIGNED,
        "left": len(queue.open_queue(request.actor)),
    }
    return render(request, "assessment/reviewing/review.html", context)


def save(request: HttpRequest, found: Review) -> bool:
    """Keep what was sent; says whether every remark had a grade to be kept with. Raises Refused."""
    grades, remarks = {}, {}
    for name, value in request.POST.items():
        kind, dash, number = name.partition("-")
        if dash and number.isdigit() and kind == "grade" and value in GRADES:
            grades[int(number)] = GRADES[value]
        elif dash and number.isdigit() and kind == "remark":
            remarks[int(number)] = value
    actions.save_grades(
        review=found, grades=grades, remarks=remarks, advice=request.POST.get("advice", ""), by=request.actor
    )
    return not any(text.strip() for item, text in remarks.items() if item not in grades)


@allow(Permission.REVIEW)
@require_POST
def review_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep grades, remarks and advice; answers in JSON where that is asked for."""
    found = own(request, pk)
    lacking = _("Saved, but a remark is kept only together with a grade. Please grade that item too.")
    try:
        is_whole, sentence, status = save(request, found), lacking, 422
    except Refused as refusal:
        is_whole, sentence, status = False, str(refusal), 409
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"saved": True}) if is_whole else JsonResponse({"error": sentence}, status=status)
    if is_whole:
        messages.success(request, _("Saved."))
    else:
        messages.error(request, sentence)
    return redirect("assessment:review", pk)


@allow(Permission.REVIEW)
@require_POST
def review_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was sent, freeze it, and go to the next open review."""
    found = own(request, pk)
    try:
        save(request, found)
        actions.finish(review=found, by=request.actor, version=posted_version(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:review", pk)
    waiting = queue.open_queue(request.actor)
    messages.success(request, _("Finished. Your grades are frozen."))
    if not waiting:
        return redirect("assessment:reviews")
    return redirect(reverse("assessment:review", args=[waiting[0].pk]))


@allow(Permission.REVIEW)
@require_GET
def review_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One piece of the attempt that this reviewer was asked to look at."""
    found = own(request, pk)
    if found.state == ReviewState.RELEASED:
        raise Http404
    pieces = Evidence.objects.select_related("file").filter(attempt=found.attempt_id)
    return give(request, get_object_or_404(pieces, pk=evidence).file)
