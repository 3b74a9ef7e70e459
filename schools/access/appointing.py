"""Who may appoint whom: nobody themselves or upward; the office principals and CIOs, the CIO the staff."""

from django.utils.translation import gettext as _

from schools.access.actor import Actor
from schools.access.roles import GROUP, ROLES, SCHOOL
from schools.organisations.models import County, School, TeachingGroup
from schools.people.actions import join, leave
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused


def may_appoint(actor: Actor, role: str, place: County | School) -> bool:
    """Say whether one of the actor's roles at `place` appoints `role`."""
    return any(right.role and role in right.role.appoints and right.reaches(place) for right in actor.rights)


def appoint(
    *, person: Person, role: str, school: School | None, group: TeachingGroup | None = None, by: Actor
) -> Membership:
    """Appoint `person`; refuses self-appointment, roles of another level and roles the actor may not give."""
    place = school or person.county
    if role not in ROLES or not may_appoint(by, role, place):
        raise Forbidden(_("You may not appoint this role here."))
    if by.person and by.person.pk == person.pk:
        raise Refused(_("Nobody appoints themselves. Please ask the office above you."), "self")
    level = ROLES[role].level
    if (level in (SCHOOL, GROUP)) != (school is not None) or (level == GROUP) != (group is not None):
        raise Refused(_("This role needs another kind of place."), "level")
    return join(person=person, role=role, school=school, group=group, by=by.user)


def dismiss(*, membership: Membership, by: Actor) -> None:
    """End a membership that the actor might have given."""
    place = membership.school or membership.county
    if not may_appoint(by, membership.role, place):
        raise Forbidden(_("You may not end this role."))
    if by.person and by.person.pk == membership.person_id:
        raise Refused(_("Nobody ends their own role. Please ask the office above you."), "self")
    leave(membership=membership)
