"""What all of guidance asks of places: addresses there, rights there, and who holds a role there."""

from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import today
from schools.organisations.models import County, School, TeachingGroup
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of `county-<name>` or `school-<name>` at the place of the request."""
    places = [request.county.slug]
    if request.school:
        return reverse(f"assessment:school-{name}", args=[*places, request.school.slug, *args])
    return reverse(f"assessment:county-{name}", args=[*places, *args])


def need(by: Actor, permission: Permission, place: County | School) -> None:
    """Refuse an actor without the right at the place."""
    if not by.can(permission, place):
        raise Forbidden(_("You may not do this here."), "forbidden")


def refuse_past(day: date, code: str = "due_on") -> None:
    """Refuse a day until which something is to be done that has gone by."""
    if day < today():
        raise Refused(_("This day has gone by. Choose today or a later day."), code)


def refuse_future(day: date, code: str = "day") -> None:
    """Refuse a day on which something is said to have happened that lies ahead."""
    if day > today():
        raise Refused(_("This day lies ahead; write it down when it has happened."), code)


def holders(school: School, *roles: str, group: TeachingGroup | None = None) -> list[Person]:
    """Return who holds one of the roles today at the school or at the unit that manages it."""
    day = today()
    held = Membership._base_manager.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        starts_on__lte=day,
        county_id=school.county_id,
        school_id__in=[school.pk, school.managed_by_id],
        role__in=roles,
    )
    if group is not None:
        held = held.filter(group=group)
    people = Person.objects.filter(pk__in=held.values("person_id"), is_active=True)
    return list(people.order_by("pinyin", "pk"))


def trainers(county: County) -> list[Person]:
    """Return the county's trainers of today, by name."""
    day = today()
    held = Membership._base_manager.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        county=county,
        role="trainer",
        school__isnull=True,
        starts_on__lte=day,
    )
    people = Person.objects.filter(pk__in=held.values("person_id"), is_active=True)
    return list(people.order_by("pinyin", "pk"))


def staff_of(school: School) -> list[Person]:
    """Return the active people of the school and of the unit that manages it, by name."""
    units = [school.pk, school.managed_by_id]
    people = Person.objects.filter(school_id__in=[pk for pk in units if pk], is_active=True)
    return list(people.order_by("pinyin", "pk"))
