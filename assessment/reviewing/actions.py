"""Grading, and the decider's acts; asking reviewers stands in `panels` and is named here too."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.events import Event
from assessment.reviewing import masking
from assessment.reviewing.drafts import Kept, fingerprint
from assessment.reviewing.grading import computed_grade
from assessment.reviewing.models import Decision, ItemGrade, Review, ReviewState
from assessment.reviewing.panels.assigning import assign, assign_waiting, spread_anew
from assessment.reviewing.panels.thirds import ask_third
from assessment.submitting.actions import open_next
from assessment.submitting.models import Submission
from assessment.submitting.queries import items_of, latest_submitted
from assessment.workflow import PORTAL, lock, move
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem
from schools.access.actor import Actor
from schools.clock import now
from schools.refusals import Forbidden, Refused, Stale

__all__ = [
    "ask_third",
    "assign",
    "assign_waiting",
    "decide",
    "finish",
    "release",
    "save_grades",
    "send_back",
    "spread_anew",
    "withdraw",
]
OTHER_WINDOW = gettext_lazy(
    "This was changed in another window after this page was opened. Nothing was saved from here: "
    "copy what you still need, then load the page anew."
)


def release(*, review: Review, by: Actor) -> Event:
    return move(review, "release", by=by)


@transaction.atomic
def save_grades(
    *,
    review: Review,
    grades: Mapping[int, Grade],
    remarks: Mapping[int, str],
    advice: str,
    by: Actor,
    seen: str | None = None,
) -> str:
    """Keep grades and remarks by item id, and the advice, while the review is not finished.

    Returns the fingerprint of what is kept now; a page whose `seen` is another one's is refused.
    """
    if by.person is None or by.person.pk != review.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    fresh = lock(review)
    if fresh.state != ReviewState.ASSIGNED:
        raise Refused(_("This review is finished and frozen."), "frozen")
    known = {item.pk for item in items_of(fresh.submission)}
    before = kept_grades(fresh)
    after = before | {
        item: (int(grades[item]), remarks.get(item, "").strip()) for item in known & set(grades)
    }
    words = advice.strip()
    if (after, words) == (before, fresh.advice):
        return fingerprint(after, words)
    if seen is not None and seen != fingerprint(before, fresh.advice):
        raise Refused(OTHER_WINDOW, "other-window")
    write_grades(fresh, {item: after[item] for item in after if after[item] != before.get(item)})
    fresh.advice = words
    fresh.save(update_fields=["advice"])
    return fingerprint(after, words)


def write_grades(review: Review, changed: Kept) -> None:
    """Write (grade, remark) of the items that changed, in one statement."""
    ItemGrade.objects.bulk_create(
        [
            ItemGrade(
                review=review,
                item_id=item_id,
                grade=grade,
                remark=remark,
                county_id=review.county_id,
                school_id=review.school_id,
            )
            for item_id, (grade, remark) in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["review", "item"],
        update_fields=["grade", "remark", "is_kept"],
    )


def kept_grades(review: Review) -> Kept:
    """Return (grade, remark) by item id as they are kept."""
    rows = ItemGrade.objects.filter(review=review).values_list("item_id", "grade", "remark")
    return {item_id: (grade, remark) for item_id, grade, remark in rows}


def finish(*, review: Review, by: Actor, version: int | None = None) -> Event:
    return move(review, "finish", by=by, version=version, changes={"finished_at": now()})


@transaction.atomic
def withdraw(*, submission: Submission, by: Actor, version: int | None = None) -> Event:
    """Take a submission back before any review is finished; the attempt does not count and is copied."""
    event = move(submission, "withdraw", by=by, version=version)
    attempt = latest_submitted(submission)
    attempt.is_counted = False
    attempt.save(update_fields=["is_counted"])
    lapse_reviews(submission)
    open_next(submission, redo=[], is_copy=True)
    return event


@transaction.atomic
def send_back(
    *,
    submission: Submission,
    items: list[EvidenceItem],
    advice: str,
    due_at: datetime | None,
    by: Actor,
    version: int | None = None,
) -> Event:
    """Send named items back with advice and a due date; the attempt is kept and the next one opened."""
    event = move(
        submission,
        "send-back",
        by=by,
        note=advice,
        version=version,
        changes={"due_at": due_at},
        details={"items": [item.number for item in items], **due_details(due_at)},
    )
    lapse_reviews(submission)
    open_next(submission, redo=items, is_copy=False)
    return event


def due_details(due_at: datetime | None) -> dict[str, str]:
    """Return the due date as an event keeps it."""
    return {"due_at": due_at.isoformat()} if due_at else {}


def lapse_reviews(submission: Submission) -> None:
    """Reviews not finished when their attempt ends are taken back by the portal."""
    for review in Review.objects.filter(submission=submission, state=ReviewState.ASSIGNED):
        move(review, "lapse", by=PORTAL)


@transaction.atomic
def decide(
    *,
    submission: Submission,
    advice: str,
    by: Actor,
    version: int | None = None,
    seen: Grade | None = None,
) -> Event:
    """Release what the reviews add up to: pass or fail, with advice; the decider never regrades.

    `seen` is the grade that the page named; raises Stale where a later review has changed it.
    """
    lock(submission)
    masking.require_no_open_review(submission, by)
    grade = computed_grade(submission)
    if seen is not None and seen != grade:
        raise Stale(_("Another review has changed the result. The page now shows how things stand."), "stale")
    action = "fail" if grade == Grade.FAIL else "pass"
    event = move(submission, action, by=by, note=advice, version=version, changes={"grade": grade})
    Decision.objects.create(
        county_id=submission.county_id,
        school_id=submission.school_id,
        submission=submission,
        attempt=latest_submitted(submission),
        grade=grade,
        advice=event.note,
        decided_by=by.user,
    )
    lapse_reviews(submission)
    return event
