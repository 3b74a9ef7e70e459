"""Rights given to single people: reviewing for another school, and a fresh code for an account."""

from collections.abc import Iterable

from django.contrib.auth.models import Permission as NamedPermission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from schools.access.actor import Actor
from schools.access.models import SchoolGrant
from schools.access.permissions import Permission
from schools.access.roles import ROLES
from schools.clock import today
from schools.organisations.models import County, Region, School
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused

REVIEW_CODENAME = "review_school"


def open_grants(school: School) -> QuerySet[SchoolGrant]:
    """Return the review grants on `school` that hold today, with their users' persons and schools."""
    return (
        SchoolGrant.objects.filter(content_object=school, permission__codename=REVIEW_CODENAME)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today()))
        .select_related("user__person__school")
        .order_by("pk")
    )


def grant_review(person: Person, school: School, reason: str, by: Actor) -> SchoolGrant:
    """Let `person` of another school of the county review at `school`; an ended grant is opened again."""
    if not by.can(Permission.APPOINT_STAFF, school):
        raise Forbidden(_("You may not call reviewers to this school."))
    if by.person and by.person.pk == person.pk:
        raise Refused(_("Nobody appoints themselves. Please ask the office above you."), "self")
    if person.county_id != school.county_id:
        raise Refused(_("Outside reviewers come from the same county."), "county")
    if person.school_id == school.pk:
        raise Refused(
            _("This person belongs to the school. Give them the role of a reviewer instead."), "own"
        )
    if person.user_id is None or not person.is_active:
        raise Refused(
            _("This person has no account yet. Their own school prints the activation slip."), "account"
        )
    permission = NamedPermission.objects.get(
        codename=REVIEW_CODENAME, content_type__app_label="schools", content_type__model="school"
    )
    grant, _created = SchoolGrant.objects.update_or_create(
        user_id=person.user_id,
        permission=permission,
        content_object=school,
        defaults={"reason": reason, "ends_on": None, "granted_by": by.user},
    )
    return grant


def end_grant(grant: SchoolGrant, by: Actor) -> None:
    """End a grant today; it is without effect from the next request on."""
    if not by.can(Permission.APPOINT_STAFF, grant.content_object):
        raise Forbidden(_("You may not end this role."))
    day = today()
    held = SchoolGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), pk=grant.pk)
    held.update(ends_on=day)


def roles_below(actor: Actor, place: Region | County | School) -> set[str]:
    """Return keys of the roles that the actor's roles at `place` appoint, or whose holders appoint them."""
    below: set[str] = set()
    above = {right.key for right in actor.rights if right.role and right.reaches(place)}
    while above:
        given = {key for role in above for key in ROLES[role].appoints} - below
        below |= given
        above = given
    return below


def renewable(people: Iterable[Person], by: Actor) -> set[int]:
    """Return ids of those of `people` whose account the actor may open anew by a code: two queries.

    A code opens the account and everything it may do. So nobody gets one for themselves, for an
    administrator, or for anybody who holds a staff role that is not below the actor's own.
    """
    everybody = {person.pk: person for person in people}
    by_user = {person.user_id: person.pk for person in everybody.values()}
    with scopes_disabled():
        keepers = Person.objects.filter(pk__in=list(everybody)).filter(
            Q(user__is_staff=True) | Q(user__is_superuser=True)
        )
        barred = set(keepers.values_list("pk", flat=True))
        held = Membership.objects.filter(
            Q(person__in=list(everybody)) | Q(user__in=[user for user in by_user if user]),
            Q(ends_on__isnull=True) | Q(ends_on__gt=today()),
        ).select_related("school", "county", "region")
        for membership in held:
            place = membership.school or membership.county or membership.region
            role = ROLES.get(membership.role)
            if role and role.is_staff_role and place and role.key not in roles_below(by, place):
                barred.add(membership.person_id or by_user[membership.user_id])
    if by.person:
        barred.add(by.person.pk)
    return set(everybody) - barred
