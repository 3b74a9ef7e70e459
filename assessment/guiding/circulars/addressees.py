"""To whom a circular goes: the roles that can be addressed, and the people who hold them today."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.guiding.circulars.models import Circular
from schools.organisations.models import School
from schools.organisations.queries import held_today
from schools.people.models import Membership

ROLES_ADDRESSED: tuple[tuple[str, str | Promise], ...] = (
    ("principal", _("Principals")),
    ("cio", _("CIOs")),
    ("group-head", _("Group heads")),
    ("teacher", _("Teachers")),
)
LEADERS = ("principal", "cio")


@dataclass(frozen=True)
class Addressee:
    """One person and the school through which they are addressed."""

    person_id: int
    school_id: int


def schools_addressed(circular: Circular) -> QuerySet[School]:
    """Return the schools to which the circular goes."""
    if circular.is_to_all_schools:
        return School.objects.filter(county_id=circular.county_id)
    return School.objects.filter(pk__in=circular.targets.values("school_id"))


def addressees_of(circular: Circular) -> list[Addressee]:
    """Return everybody addressed, each once; a managed school's leaders are those of its managing unit."""
    schools = schools_addressed(circular)
    roles = [role for role, _label in ROLES_ADDRESSED if role in circular.roles]
    at = Q(school__in=schools.values("pk"), role__in=roles)
    units = schools.exclude(managed_by=None).values("managed_by_id")
    above = Q(school__in=units, role__in=[role for role in roles if role in LEADERS])
    held: QuerySet[Membership] = held_today().filter(at | above, person__is_active=True)
    found: dict[int, Addressee] = {}
    for person_id, school_id in held.order_by("pk").values_list("person_id", "school_id"):
        found.setdefault(person_id, Addressee(person_id, school_id))
    return list(found.values())
