"""What a reviewer sees: their own queue and one review at a time, never anybody else's grades."""

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from assessment.events import Event
from assessment.reviewing.drafts import Typed, fingerprint
from assessment.reviewing.masking import Piece, pieces_for, words_for
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.reviewing.pace import LOOKED_AT, Progress, progress
from assessment.reviewing.redoing.before import pieces_before, remarks_before
from assessment.reviewing.school_queries import GRADE_SHAPES, GRADE_TONES, GradeShown, shown
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem, Point
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import School
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


def in_turn(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Return the open ones, those with the fewest finished reviews beside them first."""
    others = Count("attempt__reviews", filter=Q(attempt__reviews__state=ReviewState.FINISHED))
    rows = reviews.filter(state=ReviewState.ASSIGNED).annotate(others=others)
    return rows.order_by("others", "assigned_at", "pk")


def open_queue(actor: Actor) -> list[Review]:
    """Return the actor's open reviews in the order of the queue."""
    return [row for row in in_turn(own_reviews(actor.person)) if may_review(actor, row)]


def open_ids(actor: Actor) -> list[int]:
    """Return the ids of the actor's open reviews in the order of the queue; two queries for any length."""
    rows = list(in_turn(Review.objects.filter(person=actor.person)).values_list("pk", "school_id"))
    schools = School.objects.in_bulk({school_id for _pk, school_id in rows})
    return [pk for pk, school_id in rows if actor.can(Permission.REVIEW, schools[school_id])]


@dataclass(frozen=True)
class Neighbours:
    """The open work before and after one piece, by id; after the last comes the first that was skipped."""

    previous: int | None
    following: int | None


def around(waiting: list[int], pk: int) -> Neighbours:
    """Return what stands beside `pk` in the queue; None where nothing else waits."""
    others = [one for one in waiting if one != pk]
    if pk not in waiting or not others:
        return Neighbours(None, others[0] if others else None)
    here = waiting.index(pk)
    return Neighbours(waiting[here - 1] if here else None, waiting[(here + 1) % len(waiting)])


def progress_of(actor: Actor, waiting: int) -> Progress:
    """Return how far the actor is in the current programme; one or two queries."""
    done = Review.objects.filter(
        person=actor.person, state=ReviewState.FINISHED, submission__programme__is_current=True
    )
    times = list(done.order_by("-finished_at").values_list("finished_at", flat=True)[:LOOKED_AT])
    count = len(times) if len(times) < LOOKED_AT else done.count()
    return progress(finished=times, done=count, waiting=waiting)


def seen_now(review: Review) -> str:
    """Return the fingerprint of what is kept of a review whose grades are at hand."""
    kept = {grade.item_id: (grade.grade, grade.remark) for grade in review.grades.all()}
    return fingerprint(kept, review.advice)


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
    pieces: list[Piece]
    choices: list[Choice]
    grade: GradeShown | None
    remark: str
    must_redo: bool
    earlier: str
    before: list[Piece] = field(default_factory=list)
    remarks_before: list[str] = field(default_factory=list)
    is_kept: bool = False


def graded_items(review: Review, sent: Typed | None = None) -> list[GradedItem]:
    """Return the items of the reviewed attempt with this reviewer's own grades; what was `sent` goes before."""
    own = {grade.item_id: (grade.grade, grade.remark) for grade in review.grades.all()}
    grades = {item: grade for item, (grade, _remark) in own.items()} | dict(sent.grades if sent else {})
    remarks = {item: remark for item, (_grade, remark) in own.items()} | dict(sent.remarks if sent else {})
    pieces = pieces_for(review, review.attempt)
    redo, earlier = said_before(review) if review.attempt.number > 1 else (set(), {})
    kept = {grade.item_id for grade in review.grades.all() if grade.is_kept}
    before, others = (pieces_before(review, redo), remarks_before(review, redo)) if redo else ({}, {})
    return [
        GradedItem(
            item=item,
            pieces=pieces.get(item.pk, []),
            choices=choices(grades.get(item.pk)),
            grade=shown(grades.get(item.pk)),
            remark=remarks.get(item.pk, ""),
            must_redo=item.pk in redo,
            earlier=words_for(review, earlier.get(item.pk, "")),
            before=before.get(item.pk, []),
            remarks_before=others.get(item.pk, []),
            is_kept=item.pk in kept,
        )
        for item in items_with_criteria(review)
    ]


def said_before(review: Review) -> tuple[set[int], dict[int, str]]:
    """Return the ids of the items that were to be redone, and this reviewer's last remarks by item id."""
    before = ItemGrade.objects.filter(
        review__submission=review.submission_id,
        review__person=review.person_id,
        review__attempt__number__lt=review.attempt.number,
    ).order_by("review__attempt__number")
    redo = set(review.attempt.items_to_redo.values_list("pk", flat=True))
    return redo, dict(before.values_list("item_id", "remark"))


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
    return words_for(review, event.note) if event else ""
