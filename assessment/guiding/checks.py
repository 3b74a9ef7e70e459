"""Invariants of guidance: visits in their time, issues closed by others, circulars with one receipt each."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from assessment.events import Event
from assessment.guiding.inspections.models import ISSUE, Issue, IssueState
from assessment.guiding.models import Circular, Receipt, Visit
from schools.invariants import Found, invariant
from schools.notices.models import Notice


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def issues_are_closed_by_others() -> Found:
    closed = Issue._base_manager.filter(state=IssueState.CLOSED).values("pk")
    events = Event.objects.filter(workflow=ISSUE.name, subject_id__in=closed)
    menders: dict[int, int | None] = {}
    broken = []
    rows = events.filter(action__in=("mend", "close")).order_by("subject_id", "version")
    for subject, action, actor in rows.values_list("subject_id", "action", "actor_id"):
        if action == "mend":
            menders[subject] = actor
        elif menders.get(subject) == actor:
            broken.append(f"issue {subject}: closed by who mended it")
    return Issue._base_manager.count(), broken


@invariant(10, "A child's tenant equals its parent's.")
def guidance_stays_at_its_school() -> Found:
    visits = Visit._base_manager.exclude(
        school_id=F("assignment__school_id"), trainer_id=F("assignment__trainer_id")
    )
    issues = Issue._base_manager.filter(inspection__isnull=False).exclude(
        school_id=F("inspection__school_id")
    )
    broken = [f"visit {pk}: of another assignment" for pk in visits.values_list("pk", flat=True)]
    broken += [f"issue {pk}: of another school" for pk in issues.values_list("pk", flat=True)]
    return Visit._base_manager.count() + Issue._base_manager.count(), broken


@invariant(12, "Nothing is taken after a deadline without a recorded extension or due date.")
def visits_lie_in_their_time() -> Found:
    outside = Q(day__lt=F("assignment__starts_on")) | Q(day__gt=F("assignment__last_on"))
    late = Visit._base_manager.filter(outside).values_list("pk", flat=True)
    return Visit._base_manager.count(), [f"visit {pk}: outside the assignment's time" for pk in late]


@invariant(16, "Every committed effect (mail, PDF, report) is done or pending, never missing, never twice.")
def circulars_reach_everybody_once() -> Found:
    return Receipt._base_manager.count() + Notice._base_manager.count(), wrong_receipts()


def wrong_receipts() -> Iterator[str]:
    """Yield receipts without their notice, double receipts and notices, and sent circulars without any."""
    rows = Receipt._base_manager
    stray = Q(notice__isnull=True) | ~Q(notice__person_id=F("person_id"))
    for pk in rows.filter(stray).values_list("pk", flat=True):
        yield f"receipt {pk}: no notice of its own"
    twice = rows.values("circular_id", "person_id").annotate(times=Count("pk")).filter(times__gt=1)
    for row in twice.order_by():
        yield f"circular {row['circular_id']}: person {row['person_id']} addressed {row['times']} times"
    sent = Notice._base_manager.filter(url__regex=r"^/me/circulars/[0-9]+/$")
    doubled = sent.values("person_id", "url").annotate(times=Count("pk")).filter(times__gt=1)
    for row in doubled.order_by():
        yield f"{row['url']}: person {row['person_id']} told {row['times']} times"
    for pk in rows.filter(circular__sent_at__isnull=True).values_list("pk", flat=True):
        yield f"receipt {pk}: of a circular that was not sent"
    unsent = Circular._base_manager.filter(sent_at__isnull=False, receipts__isnull=True)
    for pk in unsent.values_list("pk", flat=True):
        yield f"circular {pk}: sent to nobody"
