"""Who acts: a user with all rights of the moment, read once per request in one query."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import Permission as NamedPermission
from django.db import connection
from django_scopes import scopes_disabled

from schools.access.models import SchoolGrant
from schools.access.permissions import Permission
from schools.access.roles import ROLES, Role
from schools.clock import today
from schools.organisations.models import County, Region, School
from schools.people.models import Membership, Person, User

GRANTED = {"review_school": Permission.REVIEW}
Place = Region | County | School


@dataclass(frozen=True)
class Right:
    """One membership or grant: a role's key, or `grant:` with a permission, and where it is held."""

    key: str
    membership_id: int | None
    region_id: int | None
    county_id: int | None
    school_id: int | None
    group_id: int | None

    @property
    def role(self) -> type[Role] | None:
        return ROLES.get(self.key)

    @property
    def permissions(self) -> frozenset[Permission]:
        if self.role:
            return self.role.permissions
        return frozenset({GRANTED[self.key]}) if self.key in GRANTED else frozenset()

    def reaches(self, place: Place) -> bool:
        """Say whether the right holds at `place`: there, above it, or at the unit that manages it."""
        if isinstance(place, Region):
            return self.region_id == place.pk
        if isinstance(place, County):
            return self.county_id == place.pk and self.school_id is None
        if self.county_id != place.county_id:
            return False
        return self.school_id in (None, place.pk, place.managed_by_id)


@dataclass
class Actor:
    """A user, the person they are, and their rights; `can` answers every question about access."""

    user: User | None
    person: Person | None = None
    rights: tuple[Right, ...] = field(default=())

    def can(self, permission: Permission, place: Place) -> bool:
        return any(permission in right.permissions and right.reaches(place) for right in self.rights)

    def role_for(self, permission: Permission, place: Place) -> str:
        """Return the key of the nearest role that gives `permission` at `place`, or an empty text."""
        keys = [
            (right.school_id is None, right.key)
            for right in self.rights
            if permission in right.permissions and right.reaches(place)
        ]
        return min(keys)[1] if keys else ""

    def belongs(self, place: Place) -> bool:
        """Say whether `place` may be known to the actor at all; elsewhere it answers 404."""
        return any(right.reaches(place) for right in self.rights)

    def groups(self, permission: Permission) -> set[int]:
        """Return ids of the teaching groups for which the actor holds `permission` as their head."""
        return {r.group_id for r in self.rights if r.group_id and permission in r.permissions}

    def holds(self, role: type[Role], place: Place) -> bool:
        return any(right.key == role.key and right.reaches(place) for right in self.rights)

    @property
    def needs_totp(self) -> bool:
        return any(right.role and right.role.is_staff_role for right in self.rights)


# Asked at every request; built by hand, since building it from models costs ten times its running.
_RIGHTS = f"""
SELECT role, id, region_id, county_id, school_id, group_id
FROM {Membership._meta.db_table}
WHERE (person_id = %s OR user_id = %s) AND starts_on <= %s AND (ends_on IS NULL OR ends_on > %s)
UNION ALL
SELECT permission.codename, NULL, NULL, school.county_id, school.id, NULL
FROM {SchoolGrant._meta.db_table} one
JOIN {NamedPermission._meta.db_table} permission ON permission.id = one.permission_id
JOIN {School._meta.db_table} school ON school.id = one.content_object_id
WHERE one.user_id = %s AND (one.ends_on IS NULL OR one.ends_on > %s)
"""


def actor_of(user: User | AnonymousUser | None) -> Actor:
    """Return the actor for `user`: two queries (the person; memberships and grants that hold today)."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Actor(user=None)
    with scopes_disabled():
        person = Person.objects.select_related("school", "county").filter(user=user, is_active=True).first()
    return Actor(user=user, person=person, rights=rights_of(user, person, today()))


def rights_of(user: User, person: Person | None, day: date) -> tuple[Right, ...]:
    """Return the memberships of the user or the person and the user's grants that hold on `day`."""
    person_id, on = person.pk if person else None, day.isoformat()
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS, [person_id, user.pk, on, on, user.pk, on])
        return tuple(Right(*row) for row in cursor.fetchall())
