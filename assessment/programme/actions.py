"""Setting a programme up, enrolling teachers, granting extensions, excluding; dates and rules stand beside."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.dates.actions import clear_phase, close_phase, set_phase
from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme, Wave
from assessment.programme.presets import Preset
from assessment.programme.progress import count, ensure_row
from assessment.programme.queries import not_enrolled
from assessment.programme.rights import require, said_why
from assessment.programme.rules.actions import change_rules, write_version
from assessment.programme.rules.terms import RULES
from microcapabilities.models import Catalogue
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import SHANGHAI, today
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Refused

__all__ = [
    "RULES",
    "change_rules",
    "clear_phase",
    "close_phase",
    "enrol_person",
    "enrol_school",
    "exclude",
    "extend",
    "make",
    "set_phase",
    "set_up",
]


@transaction.atomic
def set_up(*, county: County, preset: Preset, catalogue: Catalogue, by: Actor) -> Programme:
    """Make the county's current programme from a preset; an earlier one stays but is no longer current."""
    require(by, Permission.SET_RULES, county)
    Programme.objects.filter(county=county, is_current=True).update(is_current=False)
    programme = make(county, preset, catalogue, is_draft=False)
    write_version(programme, {}, "", by)
    record("programme-set-up", county=county, subject=programme.name, by=by, preset=preset.slug)
    return programme


def make(county: County, preset: Preset, catalogue: Catalogue, *, is_draft: bool) -> Programme:
    """Write the programme with the waves and phases of its preset."""
    programme = Programme.objects.create(
        county=county,
        catalogue=catalogue,
        preset=preset.slug,
        is_current=not is_draft,
        is_draft=is_draft,
        **preset.rules,
    )
    windows = [(None, window) for window in preset.windows()]
    for number, rule in enumerate(preset.waves, start=1):
        wave = Wave.objects.create(
            county=county,
            programme=programme,
            number=number,
            name=rule.name,
            share_percent=rule.share,
            year=rule.year,
        )
        windows += [(wave, window) for window in preset.windows_of(rule)]
    Phase.objects.bulk_create(
        Phase(county=county, programme=programme, wave=wave, kind=kind, opens_at=opens, closes_at=closes)
        for wave, (kind, opens, closes) in windows
    )
    return programme


@transaction.atomic
def enrol_school(*, programme: Programme, school: School, by: Actor) -> int:
    """Make every teacher of the school a participant who is none yet; returns how many were added."""
    require(by, Permission.KEEP_ROSTER, school)
    ensure_row(programme, school.pk)
    rows = [new_row(programme, school, person) for person in not_enrolled(programme, school)]
    Participant.objects.bulk_create(rows)
    count(programme.pk, school.pk, participants=len(rows))
    if rows:
        record("enrolled", county=programme.county, school=school, by=by, count=len(rows))
    return len(rows)


@transaction.atomic
def enrol_person(*, programme: Programme, school: School, person: Person, by: Actor) -> Participant:
    """Make one teacher of the school, who came during the year, a participant from today on."""
    require(by, Permission.KEEP_ROSTER, school)
    if not not_enrolled(programme, school).filter(pk=person.pk).exists():
        raise Refused(_("Only a teacher of this school who takes no part yet can be enrolled."), "enrolled")
    ensure_row(programme, school.pk)
    row = new_row(programme, school, person)
    row.save()
    count(programme.pk, school.pk, participants=1)
    record("enrolled", county=programme.county, school=school, subject=str(row.pk), by=by, count=1)
    return row


def new_row(programme: Programme, school: School, person: Person) -> Participant:
    return Participant(
        county=programme.county, school=school, programme=programme, person=person, starts_on=today()
    )


@transaction.atomic
def exclude(*, participant: Participant, because: str, by: Actor) -> None:
    """Take somebody out of the count, with the reason that the return will show."""
    require(by, Permission.SET_RULES, participant.county)
    because = said_why(because, _("Please say why this person is excluded."))
    participant.excluded_because = because
    participant.save(update_fields=["excluded_because"])
    record(
        "excluded", county=participant.county, school=participant.school, subject=str(participant.pk), by=by
    )


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
    reason = said_why(reason, _("Please say why the extension is granted."))
    return Extension.objects.create(
        county=programme.county,
        school=school,
        programme=programme,
        kind=kind,
        participant=participant,
        until=datetime.combine(until, time.max, SHANGHAI),
        reason=reason,
        granted_by=by.user,
    )
