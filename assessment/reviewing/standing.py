"""Where submitted work stands among its reviewers, for many submissions in three queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from assessment.reviewing.grading import point_grade
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.submitting.models import Attempt, Submission
from microcapabilities.grades import Grade, is_split, lowest


@dataclass
class Standing:
    """Reviews of the attempt under review: who is asked, who finished, and what it adds up to.

    `barred` are those whose reviews were set aside: others decide anew.
    """

    needed: int
    asked: set[int] = field(default_factory=set)
    barred: set[int] = field(default_factory=set)
    finished: set[int] = field(default_factory=set)
    points: list[Grade] = field(default_factory=list)
    advice: str = ""
    grade: Grade | None = None
    has_third: bool = False
    awaits_third: bool = False

    @property
    def done(self) -> int:
        return len(self.finished)

    @property
    def needs_third(self) -> bool:
        """Two reviewers disagree about passing."""
        return len(self.points) == 2 and is_split(self.points)

    @property
    def disagrees(self) -> bool:
        return len(set(self.points)) > 1

    @property
    def is_ready(self) -> bool:
        """Enough reviews are finished for a decision."""
        return self.done >= self.needed and not self.needs_third and not self.awaits_third

    @property
    def missing(self) -> int:
        """How many more people have to be asked; a split asks for one more."""
        lacking = max(0, self.needed - len(self.asked))
        return 1 if not lacking and self.needs_third and self.asked == self.finished else lacking

    @property
    def may_have_third(self) -> bool:
        """All that the rules ask for are asked, and nobody beyond them yet."""
        return len(self.asked) >= self.needed and not self.has_third

    def is_hidden_from(self, person_id: int | None, teacher_id: int) -> bool:
        """Grades are hidden from the teacher, and from a reviewer who has not finished."""
        return person_id is not None and (person_id == teacher_id or person_id in self.asked - self.finished)


def with_newest(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Annotate `newest` and `rules`: the id of the attempt submitted last and the rules that it falls under."""
    newest = Attempt.objects.filter(submission=OuterRef("pk"), submitted_at__isnull=False).order_by("-number")
    return submissions.annotate(
        newest=Subquery(newest.values("pk")[:1]), rules=Subquery(newest.values("rules__rules")[:1])
    )


def rule_of(submission: Submission, name: str) -> Any:
    """Return a rule that a submission from `with_newest` falls under."""
    rules = submission.rules or {}  # type: ignore[attr-defined]
    return rules.get(name, getattr(submission.programme, name))


def reviews_needed(submission: Submission) -> int:
    """Return how many reviews a submission from `with_newest` needs by the rules it falls under."""
    return int(rule_of(submission, "reviews_needed"))


def standings(submissions: Iterable[Submission]) -> dict[int, Standing]:
    """Return standings of submissions from `with_newest` with their programme joined, in two queries."""
    rows = list(submissions)
    found = {row.pk: Standing(reviews_needed(row)) for row in rows}
    reviews = list(
        Review.objects.filter(attempt__in=[row.newest for row in rows if row.newest])  # type: ignore[attr-defined]
        .exclude(state=ReviewState.RELEASED)
        .order_by("finished_at", "pk")
    )
    teachers = {row.pk: row.person_id for row in rows}
    by_review: dict[int, dict[int, Grade]] = defaultdict(dict)
    is_finished = [review.pk for review in reviews if review.state == ReviewState.FINISHED]
    graded = ItemGrade.objects.filter(review__in=is_finished).order_by("review_id")
    for review_id, item_id, grade in graded.values_list("review_id", "item_id", "grade"):
        by_review[review_id][item_id] = Grade(grade)
    by_item: dict[int, dict[int, list[Grade]]] = defaultdict(lambda: defaultdict(list))
    for review in reviews:
        standing = found[review.submission_id]
        if review.state == ReviewState.SET_ASIDE:
            standing.barred.add(review.person_id)
            continue
        standing.asked.add(review.person_id)
        standing.has_third |= review.is_third
        standing.awaits_third |= review.is_third and review.state == ReviewState.ASSIGNED
        if review.state != ReviewState.FINISHED or review.person_id == teachers[review.submission_id]:
            continue
        standing.finished.add(review.person_id)
        if review.advice.strip() not in standing.advice:
            standing.advice = f"{standing.advice}\n{review.advice.strip()}".strip()
        grades = by_review[review.pk]
        if grades:
            standing.points.append(lowest(grades.values()))
        for item_id, grade in grades.items():
            by_item[review.submission_id][item_id].append(grade)
    for pk, grades_of_items in by_item.items():
        found[pk].grade = point_grade(grades_of_items)
    return found
