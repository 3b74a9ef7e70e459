"""Phases open and close actions; the database's clock decides; an extension is a later end for some."""

from datetime import datetime

from django.utils.translation import gettext as _

from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme
from schools.clock import SHANGHAI, now
from schools.organisations.models import School
from schools.refusals import Refused


def closing_time(
    programme: Programme, kind: PhaseKind, school: School, participant: Participant | None = None
) -> datetime | None:
    """Return when the phase closes for this school or participant; None where no phase is set."""
    phase = Phase.objects.filter(programme=programme, kind=kind).first()
    if phase is None:
        return None
    granted = Extension.objects.filter(programme=programme, kind=kind, school=school)
    ends = [
        until
        for until, whose in granted.values_list("until", "participant_id")
        if whose is None or (participant is not None and whose == participant.pk)
    ]
    return max([phase.closes_at, *ends])


def require_open(
    programme: Programme, kind: PhaseKind, school: School, participant: Participant | None = None
) -> None:
    """Refuse, naming the date, unless the phase is open for this school or participant now."""
    moment = now()
    phase = Phase.objects.filter(programme=programme, kind=kind).first()
    if phase is None:
        return
    if moment < phase.opens_at:
        raise Refused(
            _("“%(phase)s” opens on %(day)s.") % {"phase": kind.label, "day": day(phase.opens_at)}, "not-yet"
        )
    end = closing_time(programme, kind, school, participant)
    if end is not None and moment > end:
        raise Refused(
            _("“%(phase)s” closed on %(day)s. The county office can grant an extension.")
            % {"phase": kind.label, "day": day(end)},
            "late",
        )


def day(moment: datetime) -> str:
    """Return the date in Shanghai, as 2022-10-31."""
    return moment.astimezone(SHANGHAI).date().isoformat()
