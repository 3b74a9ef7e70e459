"""Deciding anew by others: a standing decision is taken back, and its reviews are set aside."""

from assessment.reviewing.models import Decision, Review, ReviewState
from assessment.submitting.models import Submission
from assessment.submitting.queries import latest_submitted
from assessment.workflow import PORTAL, move


def set_aside(submission: Submission) -> int:
    """Take the decision back and set aside the finished reviews of the attempt; their reviewers are barred.

    Returns how many reviews were set aside. All of them stay on record.
    """
    Decision.objects.filter(submission=submission, is_taken_back=False).update(is_taken_back=True)
    finished = Review.objects.filter(attempt=latest_submitted(submission), state=ReviewState.FINISHED)
    reviews = list(finished.select_related("submission__programme", "school").order_by("pk"))
    for review in reviews:
        move(review, "set-aside", by=PORTAL)
    return len(reviews)
