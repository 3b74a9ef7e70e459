"""Nominating for the training team, selecting, and setting how many places there are."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.planning.bodies.actions import Holder, Term, seat
from assessment.planning.bodies.models import BodyKind, Employment, Origin, PostKey
from assessment.planning.nominations.models import Nomination, TeamQuota
from assessment.planning.nominations.quotas import require_place, trainers
from assessment.programme.models import Programme
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


@transaction.atomic
def nominate(
    *,
    programme: Programme,
    school: School,
    person: Person,
    subject: str,
    employment: str,
    reason: str,
    by: Actor,
) -> Nomination:
    """Propose one of the school's people; not oneself, nobody twice, no more than the school has places."""
    if not by.can(Permission.APPOINT_STAFF, school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if by.person is not None and by.person.pk == person.pk:
        raise Refused(_("Nobody nominates themselves. Please ask the county office."), "self")
    if not person.is_active or person.school_id != school.pk:
        raise Refused(_("%(name)s is not of this school.") % {"name": person.name}, "school")
    subject, reason = subject.strip(), reason.strip()
    if not subject or not reason or employment not in Employment.values:
        raise Refused(_("Please say for which subject, full-time or part-time, and why."), "incomplete")
    if trainers().filter(person=person).exists():
        raise Refused(_("This person sits on the training team already."), "trainer")
    Programme.objects.select_for_update().get(pk=programme.pk)
    require_place(programme, school, subject, counts_waiting=True)
    try:
        with transaction.atomic():
            return Nomination.objects.create(
                county_id=school.county_id,
                school=school,
                programme=programme,
                person=person,
                subject=subject,
                employment=employment,
                reason=reason,
            )
    except IntegrityError as error:
        raise Refused(_("%(name)s is nominated already.") % {"name": person.name}, "twice") from error


@transaction.atomic
def select(*, nomination: Nomination, until: date | None, by: Actor, version: int | None = None) -> Event:
    """Take somebody into the training team: a seat until a day, and the role of trainer."""
    if until is None or until <= today():
        raise Refused(_("Please name the day on which the term ends; it lies ahead."), "due")
    Programme.objects.select_for_update().get(pk=nomination.programme_id)
    event = move(nomination, "select", by=by, version=version)
    given = seat(
        county=nomination.county,
        school=None,
        kind=BodyKind.TRAINING_TEAM,
        post=PostKey.MEMBER,
        holder=Holder(nomination.person, origin=Origin.SCHOOL),
        term=Term(today(), until),
        subject=nomination.subject,
        employment=nomination.employment,
        gives_role=True,
        by=by,
    )
    nomination.seat = given
    nomination.save(update_fields=["seat"])
    return event


def decline(*, nomination: Nomination, why: str, by: Actor, version: int | None = None) -> Event:
    return move(nomination, "decline", by=by, note=why, version=version)


def withdraw(*, nomination: Nomination, by: Actor, version: int | None = None) -> Event:
    return move(nomination, "withdraw", by=by, version=version)


@transaction.atomic
def set_quota(
    *, programme: Programme, school: School | None, subject: str, places: int, by: Actor
) -> TeamQuota:
    """Set the places of a school, a subject, or both; who sits there already keeps the seat."""
    require_office(programme, by)
    if places < 0:
        raise Refused(_("A quota has at least no place."), "places")
    quota, _made = TeamQuota.objects.update_or_create(
        programme=programme,
        school=school,
        subject=subject.strip(),
        defaults={"county_id": programme.county_id, "places": places},
    )
    record(
        "team-quota-set",
        county=programme.county,
        school=school,
        subject=quota.subject,
        by=by,
        places=places,
    )
    return quota


@transaction.atomic
def remove_quota(*, quota: TeamQuota, by: Actor) -> None:
    """Take a limit away."""
    require_office(quota.programme, by)
    record(
        "team-quota-removed",
        county=quota.programme.county,
        school=quota.school,
        subject=quota.subject,
        by=by,
        places=quota.places,
    )
    quota.delete()


def require_office(programme: Programme, by: Actor) -> None:
    if not by.can(Permission.APPOINT_LEADERS, programme.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
