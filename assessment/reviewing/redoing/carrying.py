"""Grades that a reviewer keeps from an earlier attempt: those of the items that were not to be redone."""

from collections import defaultdict
from collections.abc import Sequence

from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.submitting.models import Attempt


def carry(reviews: Sequence[Review]) -> None:
    """Begin new reviews with their reviewers' own kept grades; three queries where there is an earlier attempt."""
    earlier = last_finished(reviews)
    if not earlier:
        return
    redone = redone_items([review.submission_id for review in reviews])
    given = defaultdict(list)
    for grade in ItemGrade.objects.filter(review__in=[one.pk for one in earlier.values()]):
        given[grade.review_id].append(grade)
    kept = []
    for review in reviews:
        before = earlier.get((review.submission_id, review.person_id))
        items = redone_since(redone[review.submission_id], before, review) if before else None
        if before is None or items is None:
            continue
        kept += [
            ItemGrade(
                county_id=review.county_id,
                school_id=review.school_id,
                review=review,
                item_id=grade.item_id,
                grade=grade.grade,
                remark=grade.remark,
                is_kept=True,
            )
            for grade in given[before.pk]
            if grade.item_id not in items
        ]
    ItemGrade.objects.bulk_create(kept)


def last_finished(reviews: Sequence[Review]) -> dict[tuple[int, int], Review]:
    """Return each reviewer's last finished review of an earlier attempt, by submission and person."""
    rows = (
        Review.objects.filter(
            submission__in=[review.submission_id for review in reviews],
            person__in=[review.person_id for review in reviews],
            state=ReviewState.FINISHED,
        )
        .exclude(attempt__in=[review.attempt_id for review in reviews])
        .select_related("attempt")
        .order_by("attempt__number")
    )
    return {(row.submission_id, row.person_id): row for row in rows}


def redone_items(submissions: Sequence[int]) -> dict[int, dict[int, set[int]]]:
    """Return, by submission id and attempt number, the ids of the items that were to be redone."""
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Attempt.objects.filter(submission__in=submissions).values_list(
        "submission_id", "number", "items_to_redo"
    )
    for submission_id, number, item_id in rows:
        found[submission_id][number] |= {item_id} if item_id else set()
    return found


def redone_since(by_attempt: dict[int, set[int]], before: Review, review: Review) -> set[int] | None:
    """Return the items redone after the earlier review; None where an attempt between left everything open."""
    numbers = [number for number in by_attempt if before.attempt.number < number <= review.attempt.number]
    if not numbers or not all(by_attempt[number] for number in numbers):
        return None
    return {item for number in numbers for item in by_attempt[number]}
