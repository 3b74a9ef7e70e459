"""Saying which waves there are and putting schools into them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.programme.dates.telling import officers_of
from assessment.programme.models import Programme, Wave
from assessment.programme.rights import require
from assessment.programme.waves.models import Enrolment, Tier
from assessment.programme.waves.queries import standings_of, waves_of
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now
from schools.notices.telling import tell
from schools.organisations.models import School
from schools.refusals import Refused


@dataclass(frozen=True)
class WaveWanted:
    """One wave as it is to be."""

    name: str
    year: int
    share_percent: int


@transaction.atomic
def set_waves(*, programme: Programme, waves: Sequence[WaveWanted], by: Actor) -> list[Wave]:
    """Say which waves there are, in order; without any, all schools go together."""
    require(by, Permission.SET_RULES, programme.county)
    Programme.objects.select_for_update().get(pk=programme.pk)
    total = sum(wave.share_percent for wave in waves)
    if waves and total != 100:
        raise Refused(_("The shares make %d percent; they have to make 100.") % total, "shares")
    beyond = Wave.objects.filter(programme=programme, number__gt=len(waves))
    if Enrolment.objects.filter(wave__in=beyond).exists():
        raise Refused(_("A wave that has schools cannot be left out; move its schools first."), "schools")
    beyond.delete()
    for number, wanted in enumerate(waves, start=1):
        Wave.objects.update_or_create(
            programme=programme,
            number=number,
            defaults={
                "county": programme.county,
                "name": wanted.name.strip(),
                "year": wanted.year,
                "share_percent": wanted.share_percent,
            },
        )
    record(
        "waves-set",
        county=programme.county,
        subject=programme.name,
        by=by,
        shares=[wave.share_percent for wave in waves],
    )
    return waves_of(programme)


@transaction.atomic
def place(*, programme: Programme, schools: Iterable[School], by: Actor, **given: Any) -> int:
    """Give schools a `wave` (or None), `is_pilot` or `tier`; what is not given stays. Returns how many changed."""
    require(by, Permission.SET_RULES, programme.county)
    Programme.objects.select_for_update().get(pk=programme.pk)
    wave = given.get("wave")
    if wave is not None and wave.programme_id != programme.pk:
        raise Refused(_("This wave belongs to another programme."), "wave")
    if "tier" in given:
        given["tier"] = Tier(given["tier"])
    wanted = {school.pk: school for school in schools}
    rows = Enrolment.objects.filter(programme=programme, school__in=list(wanted)).select_related("wave")
    known = {row.school_id: row for row in rows}
    moved, changed, moment = [], [], now()
    for pk, school in wanted.items():
        row = known.get(pk) or new_row(programme, school, moment)
        before = {name: getattr(row, name) for name in given}
        if row.pk and before == given:
            continue
        if "wave" in given and before["wave"] != wave:
            moved.append(pk)
            row.changes, row.changed_at = row.changes + 1, moment
        for name, value in given.items():
            setattr(row, name, value)
        changed.append(row)
    keep(changed)
    if changed:
        tell_of_places(programme, moved, wave)
        names = {name: str(value) for name, value in given.items()}
        record(
            "schools-placed",
            county=programme.county,
            subject=programme.name,
            by=by,
            count=len(changed),
            **names,
        )
    return len(changed)


def new_row(programme: Programme, school: School, moment: datetime) -> Enrolment:
    return Enrolment(county_id=programme.county_id, programme=programme, school=school, changed_at=moment)


def keep(rows: list[Enrolment]) -> None:
    """Write new places and changed ones."""
    known = [row for row in rows if row.pk is not None]
    Enrolment.objects.bulk_create(row for row in rows if row.pk is None)
    Enrolment.objects.bulk_update(known, ["wave", "is_pilot", "tier", "changes", "changed_at"])


def tell_of_places(programme: Programme, school_ids: list[int], wave: Wave | None) -> None:
    """Tell the CIOs of a running programme that their school's dates are another wave's now."""
    if programme.is_draft or not school_ids or wave is None:
        return
    people = [person for officers in officers_of(school_ids).values() for person in officers]
    sentence = gettext_noop("Your school now belongs to “%(wave)s”; its dates stand in the calendar.")
    tell(people, sentence, url="/me/calendar/", wave=wave.name)


@transaction.atomic
def propose(*, programme: Programme, by: Actor) -> int:
    """Put every school without a wave into one, so that the shares come out; returns how many were placed.

    Pilots and model schools go into the first waves, schools in need of help into the last.
    """
    require(by, Permission.SET_RULES, programme.county)
    waves = waves_of(programme)
    if not waves:
        raise Refused(_("There are no waves yet. Say first which there are."), "no-waves")
    rows = {row.school_id: row for row in Enrolment.objects.filter(programme=programme)}
    schools = School.objects.filter(county=programme.county).order_by("pinyin", "pk")
    free = [school for school in schools if school.pk not in rows or rows[school.pk].wave_id is None]
    free.sort(key=lambda school: eagerness(rows.get(school.pk)))
    placed = 0
    for standing in standings_of(programme, waves):
        room = max(0, standing.wanted - standing.schools)
        taken, free = free[:room], free[room:]
        placed += place(programme=programme, schools=taken, wave=standing.wave, by=by) if taken else 0
    if free:
        placed += place(programme=programme, schools=free, wave=waves[-1], by=by)
    return placed


def eagerness(row: Enrolment | None) -> int:
    """Return 0 for pilots, 1 for model schools, 2 for others, 3 for schools in need of help."""
    if row is None:
        return 2
    if row.is_pilot:
        return 0
    return {Tier.MODEL: 1, Tier.WEAK: 3}.get(Tier(row.tier), 2)
