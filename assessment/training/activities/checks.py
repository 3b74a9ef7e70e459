"""Invariants of activities, polishing and trainings: who came, when, and the hours that stand for it."""

from datetime import timedelta

from django.db.models import F, Q

from assessment.training.activities.models import ActivityState, How, SignIn
from assessment.training.activities.signing import AFTER, BEFORE
from assessment.training.courses.models import Attendance
from assessment.training.models import HourClaim, Source
from assessment.training.polishing.models import PeerNote, Polish
from schools.invariants import Found, invariant

ACTIVITY, POLISH, COURSE = "activity:", "polish:", "course:"
A_BREATH = timedelta(seconds=30)  # between the look at the clock and the row
Key = tuple[int, str]


@invariant(12, "Nothing is taken after a deadline without a recorded extension or due date.")
def nobody_signs_in_out_of_time() -> Found:
    rows = SignIn._base_manager.exclude(Q(how=How.LIST) & ~Q(reason=""))
    facts = rows.values_list("pk", "how", "signed_at", "activity__begins_at", "activity__ends_at")
    broken = [
        f"sign-in {pk} ({how})"
        for pk, how, signed_at, begins_at, ends_at in facts.iterator()
        if not begins_at - BEFORE - A_BREATH <= signed_at <= ends_at + AFTER + A_BREATH
    ]
    return SignIn._base_manager.count(), broken


@invariant(4, "Credits are sums over accepted points; one point counts once.")
def hours_stand_for_those_who_came() -> Found:
    """Hours of an activity, a piece or a training exist exactly where somebody came, and are as many."""
    claimed: dict[Key, object] = {
        (person_id, origin): hours
        for person_id, origin, hours in HourClaim._base_manager.filter(
            source__in=(Source.ACTIVITY, Source.COURSE), corrects__isnull=True
        ).values_list("person_id", "origin", "hours")
    }
    ground = ground_of_hours()
    broken = [
        f"hours of {origin} for person {who} have no ground" for who, origin in set(claimed) - set(ground)
    ]
    broken += [
        f"{origin}: person {who} came for {hours}, the ledger says {claimed.get((who, origin))}"
        for (who, origin), hours in ground.items()
        if claimed.get((who, origin)) != hours
    ]
    return len(claimed) + len(ground), broken


def ground_of_hours() -> dict[Key, object]:
    """Return by person and origin the hours that sign-ins, finished pieces and attendances have earned."""
    ground: dict[Key, object] = {}
    signed = SignIn._base_manager.filter(hours__gt=0)
    for person_id, activity_id, hours in signed.values_list("person_id", "activity_id", "hours"):
        ground[person_id, f"{ACTIVITY}{activity_id}"] = hours
    finished = Polish._base_manager.filter(hours__gt=0)
    for person_id, pk, hours in finished.values_list("person_id", "pk", "hours"):
        ground[person_id, f"{POLISH}{pk}"] = hours
    attended = Attendance._base_manager.filter(participant__isnull=False, course__counts=True)
    for person_id, course_id, hours in attended.values_list("person_id", "course_id", "course__hours"):
        ground[person_id, f"{COURSE}{course_id}"] = hours
    return ground


@invariant(4, "Credits are sums over accepted points; one point counts once.")
def closed_activities_have_counted_everybody() -> Found:
    rows = SignIn._base_manager.all()
    uncounted = rows.filter(activity__state=ActivityState.CLOSED, hours__isnull=True)
    early = rows.filter(hours__isnull=False).exclude(activity__state=ActivityState.CLOSED)
    broken = [f"sign-in {pk}: closed and not counted" for pk in uncounted.values_list("pk", flat=True)]
    broken += [f"sign-in {pk}: counted before the closing" for pk in early.values_list("pk", flat=True)]
    return rows.count(), broken


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def nobody_polishes_for_themselves() -> Found:
    """Nobody notes at the own piece or finishes it, and nobody signs somebody else in by code."""
    notes = PeerNote._base_manager.all()
    own = notes.filter(person_id=F("draft__polish__person_id"))
    finished = Polish._base_manager.filter(finished_at__isnull=False)
    self_made = finished.filter(finished_by__person=F("person_id"))
    for_others = SignIn._base_manager.exclude(how=How.LIST).exclude(signed_by__person=F("person_id"))
    broken = [f"note {pk} at one's own piece" for pk in own.values_list("pk", flat=True)]
    broken += [f"piece {pk} finished by its author" for pk in self_made.values_list("pk", flat=True)]
    broken += [f"sign-in {pk} by somebody else" for pk in for_others.values_list("pk", flat=True)]
    return notes.count() + finished.count() + SignIn._base_manager.count(), broken
