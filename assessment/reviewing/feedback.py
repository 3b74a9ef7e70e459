"""What a teacher reads of the reviews of their own work: only what the school has released."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Prefetch

from assessment.events import Event
from assessment.reviewing.models import Decision, ItemGrade, Review, ReviewState
from assessment.showing import Happening, story_of
from assessment.submitting.models import SUBMISSION, Attempt, Evidence, Submission

OPENS_AGAIN = ("send-back", "reopen", "rectify")
JUDGES = ("pass", "fail")


@dataclass(frozen=True)
class Round:
    """One submitted attempt; decision and reviews stay empty until a decision about it stands."""

    attempt: Attempt
    files: list[Evidence]
    decision: Decision | None
    reviews: list[Review] = field(default_factory=list)
    words: list[Event] = field(default_factory=list)


def rounds_of(submission: Submission) -> list[Round]:
    """Return the submitted attempts, newest first, with released advice; a fixed number of queries."""
    pieces = Evidence.objects.select_related("file", "item").order_by("item__number", "pk")
    attempts = list(
        submission.rounds.filter(submitted_at__isnull=False)
        .prefetch_related(Prefetch("evidence", queryset=pieces))
        .order_by("-number")
    )
    standing = Decision.objects.filter(submission=submission, is_taken_back=False)
    decisions = {decision.attempt_id: decision for decision in standing}
    reviews = released_reviews(decisions)
    words = list(
        Event.objects.filter(
            workflow=SUBMISSION.name, subject_id=submission.pk, action__in=OPENS_AGAIN
        ).order_by("version")
    )
    return [
        Round(
            attempt=attempt,
            files=list(attempt.evidence.all()),
            decision=decisions.get(attempt.pk),
            reviews=[review for review in reviews if review.attempt_id == attempt.pk],
            words=[event for event in words if attempt_at(attempts, event) == attempt],
        )
        for attempt in attempts
    ]


def released_reviews(decided: Iterable[int]) -> list[Review]:
    """Return finished reviews of the attempts with these ids, with their remarks per item."""
    remarks = ItemGrade.objects.exclude(remark="").select_related("item").order_by("item__number")
    return list(
        Review.objects.filter(attempt__in=list(decided), state=ReviewState.FINISHED)
        .prefetch_related(Prefetch("grades", queryset=remarks, to_attr="remarks"))
        .order_by("finished_at")
    )


def attempt_at(attempts: list[Attempt], event: Event) -> Attempt | None:
    """Return the attempt that was the last one submitted when the event happened; newest first given."""
    return next((one for one in attempts if one.submitted_at and one.submitted_at <= event.at), None)


def story_for_teacher(submission: Submission) -> list[Happening]:
    """Return the story without the deciders' advice, which is shown as long as the decision stands."""
    judging = [SUBMISSION.steps[action].label for action in JUDGES]
    return [replace(line, note="") if line.label in judging else line for line in story_of(submission)]


@dataclass(frozen=True)
class Advice:
    """Words that a teacher has received about one submission."""

    submission_id: int
    title: str
    at: datetime
    words: str


def latest_advice(submissions: Sequence[Submission], limit: int) -> list[Advice]:
    """Return the newest released words about these submissions: decisions, and why work came back."""
    points = {submission.pk: str(submission.point) for submission in submissions}
    decisions = Decision.objects.filter(submission__in=points, is_taken_back=False).order_by("-decided_at")
    events = Event.objects.filter(workflow=SUBMISSION.name, subject_id__in=points, action__in=OPENS_AGAIN)
    rows = [
        *decisions.values_list("submission_id", "decided_at", "advice")[:limit],
        *events.order_by("-at").values_list("subject_id", "at", "note")[:limit],
    ]
    found = [Advice(pk, points[pk], at, words) for pk, at, words in rows]
    return sorted(found, key=lambda advice: advice.at, reverse=True)[:limit]
