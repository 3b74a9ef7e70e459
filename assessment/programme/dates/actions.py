"""Changing the county's calendar: each change is recorded, and told to the schools whose dates it moves."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.dates.models import PhaseChange
from assessment.programme.dates.queries import windows_by_school
from assessment.programme.dates.telling import tell_of_change
from assessment.programme.models import Phase, PhaseKind, Programme, Wave
from assessment.programme.rights import require, said_why
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import SHANGHAI, now
from schools.refusals import Refused

Span = tuple[datetime, datetime]


class Cell(Protocol):
    """The wanted days of one phase, for one wave or for all; both empty: no dates."""

    @property
    def kind(self) -> PhaseKind: ...
    @property
    def wave(self) -> Wave | None: ...
    @property
    def first(self) -> date | None: ...
    @property
    def last(self) -> date | None: ...


@transaction.atomic
def set_phase(
    *,
    programme: Programme,
    kind: PhaseKind,
    opens_on: date,
    closes_on: date,
    by: Actor,
    wave: Wave | None = None,
    reason: str = "",
) -> Phase:
    """Set one window, from the beginning of the first day to the end of the last, in Shanghai.

    Without a wave it holds for every school whose wave has none of its own.
    """
    require(by, Permission.SET_RULES, programme.county)
    if closes_on < opens_on:
        raise Refused(_("The last day lies before the first. Please exchange them."), "span")
    if wave is not None and wave.programme_id != programme.pk:
        raise Refused(_("This wave belongs to another programme."), "wave")
    span = (
        datetime.combine(opens_on, time.min, SHANGHAI),
        datetime.combine(closes_on, time.max, SHANGHAI),
    )
    change(programme, kind, wave, span, reason, by)
    record(
        "phase-set",
        county=programme.county,
        subject=str(kind),
        by=by,
        opens=str(opens_on),
        closes=str(closes_on),
        wave=wave.number if wave else 0,
    )
    return Phase.objects.get(programme=programme, kind=kind, wave=wave)


@transaction.atomic
def clear_phase(
    *, programme: Programme, kind: PhaseKind, by: Actor, wave: Wave | None = None, reason: str = ""
) -> None:
    """Take a window's dates away: a wave falls back on the common ones, without those the phase is open."""
    require(by, Permission.SET_RULES, programme.county)
    change(programme, kind, wave, None, reason, by)
    record("phase-cleared", county=programme.county, subject=str(kind), by=by)


@transaction.atomic
def close_phase(
    *, programme: Programme, kind: PhaseKind, by: Actor, wave: Wave | None = None, reason: str = ""
) -> None:
    """Close a window at this very moment; what came before was in time."""
    require(by, Permission.SET_RULES, programme.county)
    moment = now()
    phase = Phase.objects.filter(
        programme=programme, kind=kind, wave=wave, opens_at__lt=moment, closes_at__gt=moment
    ).first()
    if phase is None:
        raise Refused(_("This phase is not open."), "not-open")
    change(programme, kind, wave, (phase.opens_at, moment), reason, by)
    record("phase-closed", county=programme.county, subject=str(kind), by=by)


def change(
    programme: Programme, kind: PhaseKind, wave: Wave | None, span: Span | None, reason: str, by: Actor
) -> None:
    """Write the window and, in a running programme, the change; tell the schools that it concerns."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    rows = Phase.objects.filter(programme=programme, kind=kind, wave=wave)
    known = rows.first()
    old = (known.opens_at, known.closes_at) if known else None
    if old == span:
        return
    before = {} if held.is_draft else windows_by_school(programme, kind)
    if span is None:
        rows.delete()
    elif known is None:
        Phase.objects.create(
            county_id=programme.county_id,
            programme=programme,
            kind=kind,
            wave=wave,
            opens_at=span[0],
            closes_at=span[1],
        )
    else:
        rows.update(opens_at=span[0], closes_at=span[1])
    if held.is_draft:
        return
    PhaseChange.objects.create(
        county_id=programme.county_id,
        programme=programme,
        kind=kind,
        wave=wave,
        opened_at=old[0] if old else None,
        closed_at=old[1] if old else None,
        opens_at=span[0] if span else None,
        closes_at=span[1] if span else None,
        reason=reason.strip(),
        changed_by=by.user,
    )
    tell_of_change(programme, kind, before, windows_by_school(programme, kind), reason.strip())


@transaction.atomic
def set_calendar(*, programme: Programme, cells: Iterable[Cell], by: Actor, reason: str = "") -> int:
    """Set every window as wanted; returns how many changed. A running programme needs the reason."""
    require(by, Permission.SET_RULES, programme.county)
    known = {(phase.kind, phase.wave_id): phase for phase in Phase.objects.filter(programme=programme)}
    changed = 0
    for cell in cells:
        phase = known.get((cell.kind, cell.wave.pk if cell.wave else None))
        present = (on_day(phase.opens_at), on_day(phase.closes_at)) if phase else (None, None)
        if present == (cell.first, cell.last):
            continue
        if not programme.is_draft:
            said_why(reason, _("Please say why the calendar is changed."))
        changed += 1
        common: dict[str, Any] = {
            "programme": programme,
            "kind": cell.kind,
            "wave": cell.wave,
            "reason": reason,
            "by": by,
        }
        if cell.first and cell.last:
            set_phase(**common, opens_on=cell.first, closes_on=cell.last)
        else:
            clear_phase(**common)
    return changed


def on_day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
