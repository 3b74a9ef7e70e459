"""Reading flags: at a school, counted by school, and one's own."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from assessment.programme.models import Programme
from assessment.reminding.risks.models import RiskFlag, RiskKind
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person


def flags_at(
    programme: Programme | None,
    school: School,
    groups: set[int] | None,
    *,
    q: str = "",
    kind: str = "",
    helper: str = "",
) -> QuerySet[RiskFlag]:
    """Return the school's flags, those of `groups` alone where these are given, with all that a list shows."""
    flags = RiskFlag.objects.filter(programme=programme, school=school)
    if groups is not None:
        flags = flags.filter(person__group_id__in=groups)
    if q:
        flags = flags.filter(person__in=Person.objects.named_like(q))
    if kind:
        flags = flags.filter(kind=kind)
    if helper:
        flags = flags.filter(helper__isnull=helper == "nobody")
    return flags.select_related("person__group", "helper", "school__county", "participant").order_by("pk")


def flagged_schools(programme: Programme | None, *, q: str = "", place: str = "") -> QuerySet[School, Any]:
    """Return the schools with open flags, counted by kind and by helper."""
    schools = School.objects.all()
    if q:
        schools = schools.filter(school_named(q))
    if place:
        schools = schools.filter(is_rural=place == "rural")
    is_open = Q(programme=programme, cleared_at__isnull=True)
    columns = ("school_id", "school__name", "school__slug", "school__pinyin", "school__is_rural")
    counts = {kind.name.lower(): Count("pk", filter=Q(kind=kind)) for kind in RiskKind}
    return (
        RiskFlag.objects.filter(is_open, school__in=schools)
        .values(*columns)
        .annotate(
            people=Count("person", distinct=True),
            unhelped=Count("pk", filter=Q(helper__isnull=True)),
            **counts,
        )
        .order_by("school__pinyin", "school_id")
    )


def own_flags(person: Person | None) -> QuerySet[RiskFlag]:
    """Return the person's own open flags."""
    flags = RiskFlag.objects.filter(person=person, cleared_at__isnull=True, programme__is_current=True)
    return flags.select_related("helper", "programme").order_by("pk")


def helped_by(person: Person | None) -> QuerySet[RiskFlag]:
    """Return the open flags whose helper the person is."""
    flags = RiskFlag.objects.filter(helper=person, helper__isnull=False, cleared_at__isnull=True)
    return flags.filter(programme__is_current=True).select_related("person__group", "school").order_by("pk")


def helpers_for(flagged: RiskFlag) -> QuerySet[Person]:
    """Return who may help: everybody active at the school but the teacher."""
    people = Person.objects.filter(school=flagged.school, is_active=True).exclude(pk=flagged.person_id)
    return people.order_by("pinyin", "pk")
