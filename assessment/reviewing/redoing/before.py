"""What lay on a redone item before, beside what lies there now, with the remarks of then."""

from collections import defaultdict
from collections.abc import Sequence

from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.submitting.models import Attempt, Evidence
from schools.files.previews.showing import WITH_COPIES, WITH_PREVIEW


def attempt_before(review: Review) -> Attempt | None:
    """Return the attempt submitted last before the one under review, or None."""
    rows = Attempt.objects.filter(
        submission=review.submission_id, submitted_at__isnull=False, number__lt=review.attempt.number
    )
    return rows.order_by("-number").first()


def pieces_before(review: Review, redone: set[int]) -> dict[int, list[Evidence]]:
    """Return, by id of the redone item, what lay there in the attempt before."""
    before = attempt_before(review) if redone else None
    if before is None:
        return {}
    found: dict[int, list[Evidence]] = defaultdict(list)
    pieces = before.evidence.filter(item__in=redone).select_related(WITH_PREVIEW)
    for piece in pieces.prefetch_related(WITH_COPIES).order_by("pk"):
        found[piece.item_id].append(piece)
    return found


def remarks_before(review: Review, redone: Sequence[int] | set[int]) -> dict[int, list[str]]:
    """Return, by id of the redone item, what others remarked in finished reviews of earlier attempts.

    Without their names: the words led to the redoing, and the teacher has read them.
    """
    rows = ItemGrade.objects.filter(
        review__submission=review.submission_id,
        review__attempt__number__lt=review.attempt.number,
        review__state=ReviewState.FINISHED,
        item__in=redone,
    ).exclude(review__person=review.person_id)
    found: dict[int, list[str]] = defaultdict(list)
    for item_id, remark in rows.exclude(remark="").order_by("review_id").values_list("item_id", "remark"):
        if remark not in found[item_id]:
            found[item_id].append(remark)
    return found
