"""Reading a county's schools, who leads them, and its experts."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person

LEADERS = ("principal", "cio")
EXPERTS = ("expert", "trainer")
MOST_CANDIDATES = 20


def school_named(words: str, at: str = "") -> Q:
    """Return the condition by part of a school's name, its pinyin or initials, or the beginning of its code.

    Many names of a county begin alike: what tells schools apart stands in the middle. `at` leads to the school.
    """
    small = words.lower().replace(" ", "")
    return (
        Q(**{f"{at}name__contains": words})
        | Q(**{f"{at}initials__contains": small})
        | Q(**{f"{at}pinyin__contains": small})
        | Q(**{f"{at}code__startswith": words})
    )


def schools_listed(words: str, stage: str = "", place: str = "") -> QuerySet[School]:
    """Return the county's schools that the words find, with the count of their active people."""
    schools = School.objects.select_related("central", "managed_by").order_by("pinyin", "pk")
    if words:
        schools = schools.filter(school_named(words))
    if stage:
        schools = schools.filter(stage=stage)
    if place:
        schools = schools.filter(is_rural=place == "rural")
    return schools.annotate(people_count=Count("people", filter=Q(people__is_active=True)))


def leaders_of(schools: Sequence[School]) -> dict[int, dict[str, list[Membership]]]:
    """Return who leads each school today: school id → {"principal": […], "cio": […]}, in one query."""
    found: dict[int, dict[str, list[Membership]]] = {
        school.pk: {role: [] for role in LEADERS} for school in schools
    }
    held = held_today().filter(school__in=found, role__in=LEADERS)
    for membership in held:
        found[membership.school_id][membership.role].append(membership)
    return found


def held_today() -> QuerySet[Membership]:
    """Return the memberships that hold today, each with its person and group."""
    day = today()
    return (
        Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
        .select_related("person", "group")
        .order_by("starts_on", "pk")
    )


def experts_held() -> QuerySet[Membership]:
    """Return the county's experts and trainers of today, with their schools."""
    held = held_today().filter(school__isnull=True, role__in=EXPERTS)
    return held.select_related("person__school", "person__user").order_by("role", "person__pinyin", "pk")


def people_named(words: str) -> list[Person]:
    """Return at most 20 active people of the county that `words` find; nobody for no words."""
    if not words.strip():
        return []
    found = Person.objects.named_like(words).filter(is_active=True).select_related("school")
    return list(found.order_by("school__pinyin", "pinyin", "pk")[:MOST_CANDIDATES])
