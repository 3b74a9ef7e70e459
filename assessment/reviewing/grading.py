"""From reviewers' grades to the point's grade: per item the majority's, else the lower; the lowest item counts."""

from collections import defaultdict

from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.submitting.models import Submission
from assessment.submitting.queries import latest_submitted
from microcapabilities.grades import Grade, is_split, lowest, settled


def finished_reviews(submission: Submission) -> list[Review]:
    """Return finished reviews of the attempt under review, earliest first."""
    attempt = latest_submitted(submission)
    if attempt is None:
        return []
    return list(
        Review.objects.filter(attempt=attempt, state=ReviewState.FINISHED)
        .select_related("person")
        .order_by("finished_at")
    )


def grades_by_item(reviews: list[Review]) -> dict[int, list[Grade]]:
    """Return, per item id, the reviewers' grades."""
    found: dict[int, list[Grade]] = defaultdict(list)
    rows = ItemGrade.objects.filter(review__in=reviews).order_by("review_id")
    for item_id, grade in rows.values_list("item_id", "grade"):
        found[item_id].append(Grade(grade))
    return found


def point_grade(grades: dict[int, list[Grade]]) -> Grade:
    """Return the point's grade; raises ValueError when nothing is graded."""
    return lowest(settled(of_item) for of_item in grades.values())


def needs_third(reviews: list[Review]) -> bool:
    """Say whether two reviewers disagree about passing the point itself."""
    by_review: dict[int, list[Grade]] = defaultdict(list)
    for review_id, grade in ItemGrade.objects.filter(review__in=reviews).values_list("review_id", "grade"):
        by_review[review_id].append(Grade(grade))
    points = [lowest(grades) for grades in by_review.values()]
    return len(points) == 2 and is_split(points)


def computed_grade(submission: Submission) -> Grade | None:
    """Return the grade that finished reviews add up to, or None while there is none."""
    grades = grades_by_item(finished_reviews(submission))
    return point_grade(grades) if grades else None
