"""Putting right: one overturned submission, or a whole return that the county sends back."""

from datetime import datetime

from django.db import transaction

from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.queries import listed_points
from assessment.checking.results.renewing import set_aside
from assessment.events import Event
from assessment.programme.actions import extend
from assessment.programme.models import PhaseKind
from assessment.reviewing.actions import due_details
from assessment.submitting.actions import open_next
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of
from assessment.workflow import lock, move
from schools.access.actor import Actor
from schools.clock import SHANGHAI

PHASES = (PhaseKind.REVIEW, PhaseKind.RETURN)


@transaction.atomic
def rectify(
    *, submission: Submission, advice: str, due_at: datetime | None, by: Actor, version: int | None = None
) -> Event:
    """Grant one more attempt after overturning; all items stand open."""
    changes = {"due_at": due_at, "grade": None, "extra_attempts": submission.extra_attempts + 1}
    event = move(
        submission,
        "rectify",
        by=by,
        note=advice,
        version=version,
        changes=changes,
        details=due_details(due_at),
    )
    open_next(submission, redo=items_of(submission), is_copy=False)
    return event


@transaction.atomic
def rectify_return(
    *, school_return: SchoolReturn, why: str, due_at: datetime | None, by: Actor, version: int | None = None
) -> Event:
    """Send a whole return back: it is open again, every passed row is decided anew by other reviewers.

    Overturned rows get another attempt where the programme allows it; certificates that rest on this return
    are suspended until it is accepted again. Reviewing and filing are open to the school until `due_at`.
    """
    fresh = lock(school_return)  # somebody may have accepted it since the page was read
    listed = listed_points(fresh).values("submission_id")
    rows = list(
        Submission.objects.filter(pk__in=listed)
        .select_related("point", "person", "programme", "school", "participant")
        .order_by("pk")
    )
    changes = {
        "signed_at": None,
        "signed_by": None,
        "published_at": None,
        "is_suspended": fresh.state == ReturnState.ACCEPTED or fresh.is_suspended,
        "due_at": due_at,
    }
    event = move(school_return, "rectify", by=by, note=why, version=version, changes=changes)
    for submission in rows:
        if submission.state in (SubmissionState.PASSED, SubmissionState.ACCEPTED):
            details = {"return": school_return.pk}
            move(submission, "recall", by=by, note=why, changes={"grade": None}, details=details)
            set_aside(submission)
        elif submission.state == SubmissionState.OVERTURNED and submission.programme.allows_rectification:
            rectify(submission=submission, advice=why, due_at=due_at, by=by)
    give_time(school_return, due_at, why, by)
    return event


def give_time(school_return: SchoolReturn, due_at: datetime | None, why: str, by: Actor) -> None:
    """Let the school review and file until the day that was set."""
    if due_at is None:
        return
    for kind in PHASES:
        extend(
            programme=school_return.programme,
            kind=kind,
            school=school_return.school,
            until=due_at.astimezone(SHANGHAI).date(),
            reason=why[:200],
            by=by,
        )
