"""Phases open and close actions; the database's clock decides; an extension is a later end for some.

A school in a wave keeps its wave's phases, every other school those that name no wave.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme
from schools.clock import SHANGHAI, now
from schools.organisations.models import School
from schools.refusals import Refused


def phases_at(programme: Programme, school: School | None) -> QuerySet[Phase]:
    """Return the phases that may concern a school: its wave's and those of no wave; without a school all."""
    rows = Phase.objects.filter(programme=programme)
    if school is None:
        return rows
    theirs = Q(wave__enrolments__school=school, wave__enrolments__programme=programme)
    return rows.filter(Q(wave__isnull=True) | theirs)


def phase_at(programme: Programme, kind: PhaseKind, school: School) -> Phase | None:
    """Return the phase that holds for a school, its wave's before the common one, in one query."""
    rows = phases_at(programme, school).filter(kind=kind)
    return rows.order_by(F("wave").desc(nulls_last=True)).first()


def one_of_each(rows: Iterable[Phase], *, is_of_a_school: bool) -> list[Phase]:
    """Return one phase per kind by its first day: what holds for a school, or the span over all waves."""
    found: dict[str, Phase] = {}
    for row in rows:
        known = found.get(row.kind)
        if known is None or (is_of_a_school and row.wave_id):
            found[row.kind] = row
        elif not is_of_a_school:
            found[row.kind] = span_of(known, row)
    return sorted(found.values(), key=lambda row: row.opens_at)


def span_of(first: Phase, second: Phase) -> Phase:
    """Return what reaches over both, only to be shown."""
    whole = copy(first)
    whole.opens_at = min(first.opens_at, second.opens_at)
    whole.closes_at = max(first.closes_at, second.closes_at)
    return whole


def closing_time(
    programme: Programme, kind: PhaseKind, school: School, participant: Participant | None = None
) -> datetime | None:
    """Return when the phase closes for this school or participant; None where no phase is set."""
    phase = phase_at(programme, kind, school)
    return None if phase is None else end_of(phase, programme, kind, school, participant)


def end_of(
    phase: Phase, programme: Programme, kind: PhaseKind, school: School, participant: Participant | None
) -> datetime:
    """Return the phase's end for this school or participant, or the latest extension's."""
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
    phase = phase_at(programme, kind, school)
    if phase is None:
        return
    if moment < phase.opens_at:
        raise Refused(
            _("“%(phase)s” opens on %(day)s.") % {"phase": kind.label, "day": day(phase.opens_at)}, "not-yet"
        )
    if moment <= phase.closes_at:
        return
    end = end_of(phase, programme, kind, school, participant)
    if moment > end:
        raise Refused(
            _("“%(phase)s” closed on %(day)s. The county office can grant an extension.")
            % {"phase": kind.label, "day": day(end)},
            "late",
        )


def day(moment: datetime) -> str:
    """Return the date in Shanghai, as 2022-10-31."""
    return moment.astimezone(SHANGHAI).date().isoformat()
