"""What the school reads of its submissions: lists by state, and one with its reviews side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.reviewing.grading import finished_reviews
from assessment.reviewing.models import Decision, Review, ReviewState
from assessment.reviewing.standing import Standing, standings, with_newest
from assessment.submitting.models import Attempt, Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of, latest_submitted
from microcapabilities.grades import Grade, settled
from microcapabilities.models import EvidenceItem
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.files.previews.showing import WITH_COPIES, WITH_PREVIEW
from schools.organisations.models import School
from schools.people.models import Person

READY, ALL = "ready", "all"
GRADE_TONES = {Grade.FAIL: "bad", Grade.PASS: "good", Grade.EXCELLENT: "excellent"}
GRADE_SHAPES = {Grade.FAIL: "cross", Grade.PASS: "check", Grade.EXCELLENT: "star"}


@dataclass(frozen=True)
class GradeShown:
    """A grade as the state pill shows it."""

    label: str | Promise
    tone: str
    shape: str


def shown(grade: int | None) -> GradeShown | None:
    """Return how a grade looks, or None without one."""
    if grade is None:
        return None
    known = Grade(grade)
    return GradeShown(known.label, GRADE_TONES[known], GRADE_SHAPES[known])


@dataclass(frozen=True)
class SubmissionRow:
    """One line of the school's list; `grade` is what the reviews add up to, hidden where it has to be."""

    submission: Submission
    standing: Standing
    grade: GradeShown | None
    is_hidden: bool


def submissions_seen(programme: Programme, school: School, words: str = "") -> QuerySet[Submission]:
    """Return the school's submissions with person and point, found by the person's name, pinyin or number."""
    rows = Submission.objects.filter(programme=programme, school=school)
    if words.strip():
        rows = rows.filter(person__in=Person.objects.named_like(words))
    rows = rows.select_related("person", "point", "programme", "school")
    return with_newest(rows).order_by("person__pinyin", "person_id", "point__position")


def row_of(submission: Submission, standing: Standing, actor: Actor) -> SubmissionRow:
    """Return the line for one submission; released grades are shown to all who see the list."""
    person_id = actor.person.pk if actor.person else None
    is_hidden = submission.grade is None and standing.is_hidden_from(person_id, submission.person_id)
    grade = submission.grade if submission.grade is not None else standing.grade
    return SubmissionRow(submission, standing, None if is_hidden else shown(grade), is_hidden)


def rows_of(submissions: Sequence[Submission], actor: Actor) -> list[SubmissionRow]:
    """Return lines for submissions of `submissions_seen`, in two queries."""
    standing = standings(submissions)
    return [row_of(submission, standing[submission.pk], actor) for submission in submissions]


def ready_rows(programme: Programme, school: School, actor: Actor, words: str = "") -> list[SubmissionRow]:
    """Return what waits for a decision, disagreement first."""
    submitted = list(submissions_seen(programme, school, words).filter(state=SubmissionState.SUBMITTED))
    rows = [row for row in rows_of(submitted, actor) if row.standing.is_ready]
    return sorted(rows, key=lambda row: row.is_hidden or not row.standing.disagrees)


def counts_by_state(submissions: QuerySet[Submission], ready: int) -> list[tuple[str, str | Promise, int]]:
    """Return (key, label, count) for every tab, in one query."""
    counts = dict(submissions.order_by().values_list("state").annotate(Count("pk")))
    tabs: list[tuple[str, str | Promise, int]] = [(READY, _("Waiting for decision"), ready)]
    for state in (
        SubmissionState.SUBMITTED,
        SubmissionState.RETURNED,
        SubmissionState.PASSED,
        SubmissionState.FAILED,
        SubmissionState.ACCEPTED,
        SubmissionState.OVERTURNED,
        SubmissionState.DRAFT,
    ):
        tabs.append((state.name.lower(), state.label, counts.get(state, 0)))
    return [*tabs, (ALL, _("All"), sum(counts.values()))]


@dataclass(frozen=True)
class Cell:
    """One reviewer's grade of one item, or none, with the remark."""

    reviewer: str
    grade: GradeShown | None
    remark: str


@dataclass(frozen=True)
class ItemLine:
    """One item: evidence of the attempt shown, each reviewer's grade with remark, and what they add up to."""

    item: EvidenceItem
    evidence: list[Evidence]
    cells: list[Cell]
    settled: GradeShown | None


def item_lines(submission: Submission, attempt: Attempt | None, reviews: Sequence[Review]) -> list[ItemLine]:
    """Return the items with evidence and, in the order of `reviews`, their grades."""
    pieces = pieces_of(attempt) if attempt else []
    graded = {(review.pk, grade.item_id): grade for review in reviews for grade in review.grades.all()}
    lines = []
    for item in items_of(submission):
        given = [graded.get((review.pk, item.pk)) for review in reviews]
        grades = [Grade(one.grade) for one in given if one]
        lines.append(
            ItemLine(
                item=item,
                evidence=[piece for piece in pieces if piece.item_id == item.pk],
                cells=[
                    Cell(review.person.name, shown(one.grade) if one else None, one.remark if one else "")
                    for review, one in zip(reviews, given, strict=True)
                ],
                settled=shown(settled(grades)) if grades else None,
            )
        )
    return lines


def pieces_of(attempt: Attempt) -> list[Evidence]:
    """Return what lies in an attempt with all that its pieces show, and whether they name somebody."""
    lying = attempt.evidence.select_related(WITH_PREVIEW, "file__cleaned").prefetch_related(WITH_COPIES)
    return list(lying.order_by("pk"))


@dataclass(frozen=True)
class Case:
    """Everything the school's page of one submission shows of its judging.

    `is_blind` says that the reader still has to review it themselves without knowing whose it is.
    """

    attempt: Attempt | None
    reviews: list[Review]
    open_reviews: list[Review]
    lines: list[ItemLine]
    standing: Standing
    is_hidden: bool
    may_ask_third: bool
    is_blind: bool


def case_of(submission: Submission, actor: Actor) -> Case:
    """Return the judging of one submission; grades are left out where the reader may not know them."""
    attempt = latest_submitted(submission)
    row = rows_of([submission], actor)[0]
    reviews = [] if row.is_hidden else finished_reviews(submission)
    asked = Review.objects.filter(attempt=attempt, state=ReviewState.ASSIGNED).select_related("person")
    waiting = list(asked.order_by("pk")) if attempt else []
    return Case(
        attempt=attempt,
        reviews=reviews,
        open_reviews=waiting,
        lines=item_lines(submission, attempt, reviews),
        standing=row.standing,
        is_hidden=row.is_hidden,
        may_ask_third=submission.state == SubmissionState.SUBMITTED
        and row.standing.may_have_third
        and actor.can(Permission.ASSIGN_REVIEWS, submission.school),
        is_blind=any(review.is_blind and review.person == actor.person for review in waiting),
    )


def attempts_of(submission: Submission) -> list[tuple[Attempt, list[Decision]]]:
    """Return the attempts, newest first, each with its decisions, those taken back included."""
    attempts = submission.rounds.order_by("-number").prefetch_related("decisions__decided_by__person")
    return [(attempt, list(attempt.decisions.all())) for attempt in attempts]
