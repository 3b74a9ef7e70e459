"""The school's later acts on its own decisions: taking back and reopening."""

from datetime import datetime

from django.db import transaction

from assessment.events import Event
from assessment.reviewing.actions import due_details
from assessment.reviewing.models import Decision
from assessment.submitting.actions import open_next
from assessment.submitting.models import Submission
from assessment.submitting.queries import items_of
from assessment.workflow import move
from schools.access.actor import Actor


@transaction.atomic
def take_back(*, submission: Submission, why: str, by: Actor, version: int | None = None) -> Event:
    """Take a decision back while no filed return lists it; decision and reviews are kept."""
    event = move(submission, "take-back", by=by, note=why, version=version, changes={"grade": None})
    Decision.objects.filter(submission=submission, is_taken_back=False).update(is_taken_back=True)
    return event


@transaction.atomic
def reopen(
    *, submission: Submission, advice: str, due_at: datetime | None, by: Actor, version: int | None = None
) -> Event:
    """Open a failed submission for another attempt, if one is left."""
    changes = {"due_at": due_at, "grade": None}
    event = move(
        submission,
        "reopen",
        by=by,
        note=advice,
        version=version,
        changes=changes,
        details=due_details(due_at),
    )
    open_next(submission, redo=items_of(submission), is_copy=False)
    return event
