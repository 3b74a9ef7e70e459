"""Invariants of appeals."""

from django.db.models import F

from assessment.checking.appeals.models import AppealState, Hearing
from assessment.checking.cases.models import Judgement
from assessment.reviewing.models import Decision, Review
from schools.invariants import Found, invariant


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def appeals_are_heard_by_others() -> Found:
    rows = Hearing._base_manager.select_related("appeal")
    own = rows.filter(person_id=F("appeal__submission__person_id")) | rows.filter(
        person__school_id=F("school_id")
    )
    broken = [f"hearing {pk}: own or own school's work" for pk in own.values_list("pk", flat=True)]
    judged = list(Review._base_manager.values_list("submission_id", "person_id", "assigned_at"))
    judged += Judgement._base_manager.values_list("case__submission_id", "expert_id", "assigned_at")
    judged += Decision._base_manager.values_list("submission_id", "decided_by__person", "decided_at")
    heard = {(row.appeal.submission_id, row.person_id): row.asked_at for row in rows}
    broken += [
        f"submission {submission}: {person} judged it first and heard its appeal"
        for submission, person, since in judged
        if (submission, person) in heard and since < heard[submission, person]
    ]
    answered = rows.filter(appeal__state__in=(AppealState.GRANTED, AppealState.DISMISSED))
    unvoted = answered.filter(voted_at__isnull=True).values_list("pk", flat=True)
    broken += [f"hearing {pk}: answered without this vote" for pk in unvoted]
    return len(heard), broken
