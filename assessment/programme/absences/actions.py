"""Asking for an absence and answering; an approved one takes effect in the same act."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.programme.absences.models import Absence, AbsenceKind
from assessment.programme.actions import exclude, extend
from assessment.programme.models import Participant, PhaseKind
from assessment.programme.rights import require, said_why
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now, today
from schools.refusals import Refused


@transaction.atomic
def ask(
    *,
    participant: Participant,
    kind: AbsenceKind,
    reason: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
) -> Absence:
    """Ask the county to exclude somebody, or to note a leave from the first to the last day."""
    require(by, Permission.ASK_ABSENCES, participant.school)
    reason = said_why(reason, _("Please say why: the county decides by the reason."))
    ends_on = None if kind == AbsenceKind.EXCLUSION else ends_on
    check(participant, kind, starts_on, ends_on)
    try:
        with transaction.atomic():
            absence = Absence.objects.create(
                county_id=participant.county_id,
                school_id=participant.school_id,
                programme_id=participant.programme_id,
                participant=participant,
                person_id=participant.person_id,
                kind=kind,
                reason=reason,
                starts_on=starts_on,
                ends_on=ends_on,
                asked_by=by.user,
            )
    except IntegrityError as error:
        raise Refused(_("This is asked for already; the county has not answered yet."), "twice") from error
    place = {"county": participant.county, "school": participant.school}
    record("absence-asked", **place, subject=str(absence.pk), by=by, kind=str(kind))
    return absence


def check(participant: Participant, kind: AbsenceKind, starts_on: date, ends_on: date | None) -> None:
    """Refuse what cannot be asked for."""
    if participant.ends_on is not None:
        raise Refused(_("This person does not take part at this school any more."), "left")
    if kind == AbsenceKind.EXCLUSION:
        if participant.excluded_because:
            raise Refused(_("This person is excluded already."), "excluded")
    elif ends_on is None:
        raise Refused(_("A leave has a last day."), "no-end")
    elif ends_on < starts_on:
        raise Refused(_("The last day lies before the first. Please exchange them."), "span")


@transaction.atomic
def approve(
    *,
    absence: Absence,
    by: Actor,
    until: date | None = None,
    kinds: Sequence[PhaseKind] = (),
    version: int | None = None,
) -> Event:
    """Approve: an exclusion takes effect at once, a leave may bring more time `until` a day for some phases."""
    granted = {"granted_at": now(), "granted_by": by.user}
    event = move(absence, "approve", by=by, version=version, changes=granted)
    if absence.kind == AbsenceKind.EXCLUSION:
        exclude(participant=absence.participant, because=absence.reason, by=by)
        return event
    if kinds and until is None:
        raise Refused(_("Please say until which day the time is extended."), "no-until")
    for kind in kinds if until else ():
        extend(
            programme=absence.programme,
            kind=kind,
            school=absence.school,
            participant=absence.participant,
            until=until,
            reason=absence.reason,
            by=by,
        )
    return event


def refuse(*, absence: Absence, because: str, by: Actor, version: int | None = None) -> Event:
    return move(absence, "refuse", by=by, note=because, version=version)


@transaction.atomic
def end(*, absence: Absence, by: Actor, version: int | None = None) -> Event:
    """End an approved absence today: a leave is cut short, an excluded person is counted again."""
    changes = {}
    if absence.kind == AbsenceKind.LEAVE:
        last = min(absence.ends_on, today())  # type: ignore[type-var]
        changes = {"ends_on": max(absence.starts_on, last)}  # type: ignore[type-var]
    event = move(absence, "end", by=by, version=version, changes=changes)
    if absence.kind == AbsenceKind.EXCLUSION:
        participant = absence.participant
        participant.excluded_because = ""
        participant.save(update_fields=["excluded_because"])
    return event
