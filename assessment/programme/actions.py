"""Setting a programme up, enrolling teachers, setting phases, granting extensions, excluding."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme
from assessment.programme.presets import Preset
from assessment.programme.progress import count, ensure_row
from microcapabilities.models import Catalogue
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import SHANGHAI, today
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


def require(by: Actor, permission: Permission, place: County | School) -> None:
    if not by.can(permission, place):
        raise Forbidden(_("You may not do this here."), "forbidden")


@transaction.atomic
def set_up(*, county: County, preset: Preset, catalogue: Catalogue, by: Actor) -> Programme:
    """Make the county's current programme from a preset; an earlier one stays but is no longer current."""
    require(by, Permission.SET_RULES, county)
    Programme.objects.filter(county=county, is_current=True).update(is_current=False)
    programme = Programme.objects.create(county=county, catalogue=catalogue, **preset.rules)
    Phase.objects.bulk_create(
        Phase(county=county, programme=programme, kind=kind, opens_at=opens, closes_at=closes)
        for kind, opens, closes in preset.windows()
    )
    record("programme-set-up", county=county, subject=programme.name, by=by, preset=preset.slug)
    return programme


@transaction.atomic
def set_phase(*, programme: Programme, kind: PhaseKind, opens_on: date, closes_on: date, by: Actor) -> Phase:
    """Set one window, from the beginning of the first day to the end of the last, in Shanghai."""
    require(by, Permission.SET_RULES, programme.county)
    if closes_on < opens_on:
        raise Refused(_("The last day lies before the first. Please exchange them."), "span")
    window = {
        "opens_at": datetime.combine(opens_on, time.min, SHANGHAI),
        "closes_at": datetime.combine(closes_on, time.max, SHANGHAI),
    }
    phase, _made = Phase.objects.update_or_create(
        programme=programme, kind=kind, defaults={**window, "county": programme.county}
    )
    record(
        "phase-set", county=programme.county, subject=str(kind), by=by, opens=str(opens_on), closes=str(closes_on)
    )
    return phase


@transaction.atomic
def enrol_school(*, programme: Programme, school: School, by: Actor) -> int:
    """Make every teacher of the school a participant who is none yet; returns how many were added."""
    require(by, Permission.KEEP_ROSTER, school)
    ensure_row(programme, school.pk)
    enrolled = Participant.objects.filter(programme=programme, ends_on__isnull=True).values("person_id")
    teachers = Person.objects.filter(
        school=school, is_active=True, memberships__role="teacher", memberships__ends_on__isnull=True,
        memberships__school=school,
    ).exclude(pk__in=enrolled).distinct()  # fmt: skip
    rows = [
        Participant(
            county=programme.county, school=school, programme=programme, person=person, starts_on=today()
        )
        for person in teachers
    ]
    Participant.objects.bulk_create(rows)
    count(programme.pk, school.pk, participants=len(rows))
    if rows:
        record("enrolled", county=programme.county, school=school, by=by, count=len(rows))
    return len(rows)


@transaction.atomic
def exclude(*, participant: Participant, because: str, by: Actor) -> None:
    """Take somebody out of the count, with the reason that the return will show."""
    require(by, Permission.SET_RULES, participant.county)
    if not because.strip():
        raise Refused(_("Please say why this person is excluded."), "reason")
    participant.excluded_because = because.strip()
    participant.save(update_fields=["excluded_because"])
    record("excluded", county=participant.county, school=participant.school, subject=str(participant.pk), by=by)


@transaction.atomic
def extend(
    *,
    programme: Programme,
    kind: PhaseKind,
    school: School,
    until: date,
    reason: str,
    by: Actor,
    participant: Participant | None = None,
) -> Extension:
    """Grant more time to a school or to one participant, until the end of a day in Shanghai."""
    require(by, Permission.SET_RULES, programme.county)
    if not reason.strip():
        raise Refused(_("Please say why the extension is granted."), "reason")
    return Extension.objects.create(
        county=programme.county,
        school=school,
        programme=programme,
        kind=kind,
        participant=participant,
        until=datetime.combine(until, time.max, SHANGHAI),
        reason=reason.strip(),
        granted_by=by.user,
    )
