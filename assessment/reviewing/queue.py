"""What a reviewer sees: their own queue and one review at a time, never anybody else's grades."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from assessment.events import Event
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.reviewing.school_queries import GRADE_SHAPES, GRADE_TONES, GradeShown, shown
from assessment.submitting.models import Evidence
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem, Point
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.people.models import Person


def own_reviews(person: Person | None) -> QuerySet[Review]:
    """Return the person's reviews with all that names them."""
    return Review.objects.filter(person=person).select_related(
        "submission__person",
        "submission__point",
        "submission__school",
        "submission__programme",
        "attempt",
        "school",
        "person",
    )


def open_queue(actor: Actor) -> list[Review]:
    """Return the actor's open reviews, those with the fewest finished reviews beside them first."""
    others = Count("attempt__reviews", filter=Q(attempt__reviews__state=ReviewState.FINISHED))
    rows = own_reviews(actor.person).filter(state=ReviewState.ASSIGNED).annotate(others=others)
    return [row for row in rows.order_by("others", "assigned_at", "pk") if may_review(actor, row)]


def may_review(actor: Actor, review: Review) -> bool:
    """Say whether the actor still holds the right to review at the review's school."""
    return actor.can(Permission.REVIEW, review.school)


def finished_by(actor: Actor) -> QuerySet[Review]:
    """Return what the actor finished, newest first."""
    return own_reviews(actor.person).filter(state=ReviewState.FINISHED).order_by("-finished_at")


@dataclass(frozen=True)
class Choice:
    """One of the three grades as a radio button."""

    value: int
    label: str
    tone: str
    shape: str
    is_chosen: bool


@dataclass(frozen=True)
class GradedItem:
    """One item to grade: its evidence, the grades to choose from, the remark, and what was said before."""

    item: EvidenceItem
    evidence: list[Evidence]
    choices: list[Choice]
    grade: GradeShown | None
    remark: str
    must_redo: bool
    earlier: str


def graded_items(review: Review) -> list[GradedItem]:
    """Return the items of the reviewed attempt with this reviewer's own grades."""
    own = {grade.item_id: grade for grade in review.grades.all()}
    pieces = list(review.attempt.evidence.select_related("file").order_by("pk"))
    redo = set(review.attempt.items_to_redo.values_list("pk", flat=True))
    before = ItemGrade.objects.filter(
        review__submission=review.submission_id,
        review__person=review.person_id,
        review__attempt__number__lt=review.attempt.number,
    ).order_by("review__attempt__number")
    earlier = dict(before.values_list("item_id", "remark"))
    return [
        GradedItem(
            item=item,
            evidence=[piece for piece in pieces if piece.item_id == item.pk],
            choices=choices(own[item.pk].grade if item.pk in own else None),
            grade=shown(own[item.pk].grade) if item.pk in own else None,
            remark=own[item.pk].remark if item.pk in own else "",
            must_redo=item.pk in redo,
            earlier=earlier.get(item.pk, ""),
        )
        for item in items_with_criteria(review)
    ]


def items_with_criteria(review: Review) -> list[EvidenceItem]:
    """Return the submission's items, criteria at hand."""
    submission = review.submission
    submission.point = Point.objects.prefetch_related("items__criteria").get(pk=submission.point_id)
    return items_of(submission)


def choices(chosen: int | None) -> list[Choice]:
    """Return the three grades in the order of the keys 1, 2, 3: the best first, as the criteria stand."""
    return [
        Choice(grade.value, str(grade.label), GRADE_TONES[grade], GRADE_SHAPES[grade], grade == chosen)
        for grade in reversed(Grade)
    ]


def earlier_advice(review: Review) -> str:
    """Return the words with which the submission was last sent back before this attempt, or an empty text."""
    if review.attempt.number == 1:
        return ""
    event = (
        Event.objects.filter(
            workflow="submission",
            subject_id=review.submission_id,
            action__in=("send-back", "reopen", "rectify"),
        )
        .order_by("-version")
        .first()
    )
    return event.note if event else ""
