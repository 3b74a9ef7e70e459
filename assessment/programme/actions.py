"""Setting a programme up, enrolling teachers, setting phases, granting extensions, excluding."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme
from assessment.programme.presets import Preset
from assessment.programme.progress import count, ensure_row
from microcapabilities.models import Catalogue
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import SHANGHAI, now, today
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

RULES = (
    "reviews_needed",
    "attempts",
    "sample_percent",
    "experts_per_case",
    "publication_days",
    "allows_rectification",
)


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
def change_rules(*, programme: Programme, rules: Mapping[str, int | bool], by: Actor) -> list[str]:
    """Change rules by field name (those in RULES) and record each as [old, new]; returns what changed."""
    require(by, Permission.SET_RULES, programme.county)
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    known = [name for name in RULES if name in rules]
    pairs = {name: [getattr(held, name), rules[name]] for name in known}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    for name, (_old, new) in changed.items():
        setattr(held, name, new)
    try:
        held.clean_fields(exclude={field.name for field in held._meta.fields if field.name not in changed})
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "rules") from error
    if changed:
        held.save(update_fields=list(changed))
        record("rules-changed", county=held.county, subject=held.name, by=by, **changed)
    return list(changed)


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
        "phase-set",
        county=programme.county,
        subject=str(kind),
        by=by,
        opens=str(opens_on),
        closes=str(closes_on),
    )
    return phase


@transaction.atomic
def close_phase(*, programme: Programme, kind: PhaseKind, by: Actor) -> None:
    """Close a window at this very moment; what came before was in time."""
    require(by, Permission.SET_RULES, programme.county)
    moment = now()
    open_now = Phase.objects.filter(programme=programme, kind=kind, opens_at__lt=moment, closes_at__gt=moment)
    if not open_now.update(closes_at=moment):
        raise Refused(_("This phase is not open."), "not-open")
    record("phase-closed", county=programme.county, subject=str(kind), by=by)


@transaction.atomic
def enrol_school(*, programme: Programme, school: School, by: Actor) -> int:
    """Make every teacher of the school a participant who is none yet; returns how many were added."""
    require(by, Permission.KEEP_ROSTER, school)
    ensure_row(programme, school.pk)
    enrolled = Participant.objects.filter(programme=programme, ends_on__isnull=True).values("person_id")
    teachers = (
        Person.objects.filter(
            school=school,
            is_active=True,
            memberships__role="teacher",
            memberships__ends_on__isnull=True,
            memberships__school=school,
        )
        .exclude(pk__in=enrolled)
        .distinct()
    )
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
