"""What reviewers and deciders say about a likeness; it is recorded and changes no grade."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.answering import answer
from assessment.reviewing.models import ReviewState
from assessment.reviewing.school_views import here, one
from assessment.reviewing.views import address, own
from assessment.submitting.likeness import actions
from assessment.submitting.likeness.models import Likeness
from assessment.submitting.models import Submission
from schools.access.doors import allow
from schools.access.permissions import Permission


@allow(Permission.REVIEW)
@require_POST
def review_likeness_look(request: HttpRequest, pk: int, likeness: int) -> HttpResponse:
    """Record what a reviewer thinks of a likeness of the piece under review."""
    review = own(request, pk)
    if review.state == ReviewState.RELEASED:
        raise Http404
    row = likeness_of(review.submission, likeness)
    return recorded(request, row, Permission.REVIEW, address(pk))


@allow(Permission.DECIDE)
@require_POST
def school_likeness_look(request: HttpRequest, pk: int, likeness: int) -> HttpResponse:
    """Record what the decider thinks of it."""
    row = likeness_of(one(request, pk), likeness)
    return recorded(request, row, Permission.DECIDE, here(request, "school-submission", pk))


def likeness_of(submission: Submission, pk: int) -> Likeness:
    """Return a likeness of one of the submission's pieces, else answer 404."""
    rows = Likeness.objects.select_related("piece__attempt__submission__school__county")
    return get_object_or_404(rows, pk=pk, piece__attempt__submission=submission)


def recorded(request: HttpRequest, row: Likeness, permission: Permission, back: str) -> HttpResponse:
    """Record the look and go back to where the piece is shown."""

    def act() -> None:
        actions.look(
            likeness=row,
            verdict=request.POST.get("verdict", ""),
            note=request.POST.get("note", ""),
            permission=permission,
            place=row.piece.attempt.submission.school,
            by=request.actor,
        )

    return answer(request, act, _("Recorded. No grade was changed."), back)
