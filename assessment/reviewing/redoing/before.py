"""What lay on a redone item before, beside what lies there now, with the remarks of then."""

from collections import defaultdict
from collections.abc import Sequence

from assessment.reviewing.masking import Piece, pieces_for, words_for
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.submitting.models import Attempt


def attempt_before(review: Review) -> Attempt | None:
    """Return the attempt submitted last before the one under review, or None."""
    rows = Attempt.objects.filter(
        submission=review.submission_id, submitted_at__isnull=False, number__lt=review.attempt.number
    )
    return rows.order_by("-number").first()


def pieces_before(review: Review, redone: set[int]) -> dict[int, list[Piece]]:
    """Return, by id of the redone item, what lay there in the attempt before, as this reviewer may see it."""
    before = attempt_before(review) if redone else None
    if before is None:
        return {}
    return {item: pieces for item, pieces in pieces_for(review, before).items() if item in redone}


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
        words = words_for(review, remark)
        if words not in found[item_id]:
            found[item_id].append(words)
    return found
