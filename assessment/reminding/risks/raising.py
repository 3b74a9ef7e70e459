"""Raising and clearing flags: what a look at the programme says against what stands open, at night or asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from assessment.events import Event
from assessment.programme.models import PhaseKind, Programme
from assessment.reminding.duties.teachers import (
    claimed_hours,
    hours_lacking,
    not_chosen,
    not_handed_in,
    not_put_right,
    without_choice,
)
from assessment.reminding.look import Look, Window
from assessment.reminding.risks.models import RiskFlag, RiskKind
from assessment.submitting.models import SUBMISSION, Evidence, Submission, SubmissionState
from assessment.training.models import Category
from schools.clock import SHANGHAI, now
from schools.people.models import User

CHOOSING_RUN = Decimal("0.5")
HOURS_SLACK = Decimal("0.1")
UNTOUCHED_DAYS, SILENT_DAYS = 7, 30
OPEN_WORK = (not_chosen, not_handed_in, not_put_right, hours_lacking)
Raised = tuple[int, str]


@dataclass(frozen=True)
class Change:
    """How many flags a look raised, cleared, and left open."""

    raised: int
    cleared: int
    open: int


def flag(programme: Programme, day: date, school_id: int | None = None) -> Change:
    """Raise what is new and clear what is gone, in the county or at one school; safe to run twice."""
    look = Look(programme, day)
    wanted = set(risks_of(look))
    if school_id is not None:
        wanted = {one for one in wanted if look.participants[one[0]].school_id == school_id}
    with transaction.atomic():
        standing = RiskFlag.objects.filter(programme=programme, cleared_at__isnull=True)
        if school_id is not None:
            standing = standing.filter(school_id=school_id)
        known = {(row.participant_id, row.kind): row.pk for row in standing}
        gone = [pk for one, pk in known.items() if one not in wanted]
        cleared = RiskFlag.objects.filter(pk__in=gone, cleared_at__isnull=True).update(cleared_at=now())
        fresh = sorted(wanted - set(known))
        RiskFlag.objects.bulk_create([made(look, *one) for one in fresh], ignore_conflicts=True)
    return Change(len(fresh), cleared, len(wanted))


def made(look: Look, participant_id: int, kind: str) -> RiskFlag:
    row = look.participants[participant_id]
    return RiskFlag(
        county_id=look.programme.county_id,
        school_id=row.school_id,
        programme=look.programme,
        participant_id=row.pk,
        person_id=row.person_id,
        kind=kind,
    )


def risks_of(look: Look) -> Iterable[Raised]:
    """Yield participant and kind for everything that asks for help on the day."""
    yield from ((pk, RiskKind.NO_CHOICE.value) for pk in late_choosers(look))
    yield from ((pk, RiskKind.HOURS.value) for pk in behind_on_hours(look))
    yield from ((pk, RiskKind.RETURNED.value) for pk in untouched(look))
    yield from ((pk, RiskKind.SILENT.value) for pk in silent(look))


def run_of(window: Window, day: date) -> Decimal:
    """Return how much of a phase has gone by: 0 before its first day, 1 from its last day on."""
    length = (window.closes_on - window.opens_on).days or 1
    return min(Decimal(1), max(Decimal(0), Decimal((day - window.opens_on).days) / length))


def late_choosers(look: Look) -> Iterable[int]:
    """Return who has proposed nothing although half of the time for choosing is over."""
    window = look.windows.get(PhaseKind.CHOOSE)
    is_late = window is not None and run_of(window, look.day) >= CHOOSING_RUN
    return without_choice(look) if is_late else ()


def behind_on_hours(look: Look) -> Iterable[int]:
    """Return whose hours lie below the even course of the phase by more than a tenth of what is needed."""
    window = look.windows.get(PhaseKind.TRAIN)
    if window is None or look.day < window.opens_on:
        return []
    share, totals, programme = run_of(window, look.day), claimed_hours(look), look.programme
    needed = {Category.ONLINE: programme.online_hours, Category.PRACTICE: programme.practice_hours}
    slack = HOURS_SLACK if share < 1 else Decimal(0)
    return [
        row.pk
        for row in look.participants.values()
        if any(totals[row.person_id][key] < hours * (share - slack) for key, hours in needed.items())
    ]


def untouched(look: Look) -> Iterable[int]:
    """Return whose returned work nobody has laid anything on for a week."""
    returned = dict(
        Submission.objects.filter(programme=look.programme, state=SubmissionState.RETURNED).values_list(
            "pk", "participant_id"
        )
    )
    events = Event.objects.filter(workflow=SUBMISSION.name, subject_id__in=returned).order_by()
    last = dict(events.values_list("subject_id").annotate(Max("at")))
    pieces = Evidence.objects.filter(
        attempt__submission__in=returned, attempt__submitted_at__isnull=True
    ).order_by()
    laid = dict(pieces.values_list("attempt__submission_id").annotate(Max("added_at")))
    before = midnight(look.day - timedelta(days=UNTOUCHED_DAYS - 1))
    return {
        returned[pk]
        for pk, at in last.items()
        if max(at, laid.get(pk, at)) < before and returned[pk] in look.participants
    }


def silent(look: Look) -> Iterable[int]:
    """Return who has open work and for a month neither signed in nor did anything."""
    first = look.day - timedelta(days=SILENT_DAYS)
    since = midnight(first)
    busy = {row.person_id for find in OPEN_WORK for row in find(look)}
    rows = [row for row in look.participants.values() if row.person_id in busy and row.starts_on <= first]
    seen = set(User.objects.filter(last_login__gte=since).values_list("person", flat=True))
    acted = Event.objects.filter(at__gte=since, actor__isnull=False).order_by()
    seen |= set(acted.values_list("actor__person", flat=True).distinct())
    laid = Evidence.objects.filter(added_at__gte=since).order_by()
    seen |= set(laid.values_list("attempt__submission__person_id", flat=True).distinct())
    return [row.pk for row in rows if row.person_id not in seen]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)
