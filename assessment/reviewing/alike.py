"""Likenesses beside the evidence of a review and of the school's page of a submission."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from assessment.reviewing.masking import Piece
from assessment.reviewing.models import Review
from assessment.reviewing.school_queries import Case, case_of
from assessment.submitting.likeness.models import Likeness
from assessment.submitting.likeness.showing import Reader, read_likenesses
from assessment.submitting.models import Evidence, Submission
from schools.access.actor import Actor
from schools.access.permissions import Permission


def beside_review(review: Review, pieces: Sequence[Piece], by: Actor) -> None:
    """Lay on each piece what it is like; a reviewer opens no other file and reads only their own looks."""

    def look_url(likeness: Likeness) -> str:
        return reverse("assessment:review-likeness-look", args=[review.pk, likeness.pk])

    read_likenesses(review.submission, pieces, Reader(by, look_url, is_blind=review.is_blind))


def case_with_likenesses(request: HttpRequest, submission: Submission) -> Case:
    """Return the judging of a submission, with what each piece is like."""
    case = case_of(submission, request.actor)
    beside_submission(request, submission, [piece for line in case.lines for piece in line.evidence])
    return case


def beside_submission(request: HttpRequest, submission: Submission, pieces: Sequence[Evidence]) -> None:
    """Lay on each piece what it is like, for those who may see the evidence."""
    if not request.actor.can(Permission.SEE_EVIDENCE, submission.school):
        return
    may_look = request.actor.can(Permission.DECIDE, submission.school)

    def look_url(likeness: Likeness) -> str:
        if not may_look:
            return ""
        at = [request.county.slug, request.school.slug, submission.pk, likeness.pk]
        return reverse("assessment:school-likeness-look", args=at)

    reader = Reader(request.actor, look_url, lambda row: opened_at(row, request.actor), sees_looks=True)
    read_likenesses(submission, pieces, reader)


def opened_at(likeness: Likeness, by: Actor) -> str:
    """Return where the earlier piece is opened, if it was handed in and the reader's rights reach its school."""
    piece = likeness.earlier
    if piece is None or piece.attempt.submitted_at is None:
        return ""
    submission = piece.attempt.submission
    is_own = by.person is not None and by.person.pk == submission.person_id
    if is_own or not by.can(Permission.SEE_EVIDENCE, piece.school):
        return ""
    slugs = [piece.school.county.slug, piece.school.slug]
    return reverse("assessment:school-evidence", args=[*slugs, submission.pk, piece.pk])
