"""Reading the inventories of a school and of a county."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.inventory.models import FACTS, Inventory, InventoryState
from schools.organisations.models import County, School
from schools.organisations.queries import school_named

NONE, ALL = "none", "all"
STATE_OF = {
    "stated": InventoryState.STATED,
    "returned": InventoryState.RETURNED,
    "draft": InventoryState.DRAFT,
    "confirmed": InventoryState.CONFIRMED,
}


@dataclass(frozen=True)
class Fact:
    """One line of an inventory, and what the edition before said where it differs."""

    label: str | Promise
    value: Any
    before: Any


def editions_of(school: School) -> QuerySet[Inventory]:
    """Return the school's inventories, latest first."""
    rows = Inventory.objects.filter(school=school).select_related("school__county", "county")
    return rows.order_by("-edition")


def facts_of(row: Inventory, before: Inventory | None) -> list[Fact]:
    """Return what an inventory says line by line, beside the edition before where that said otherwise."""
    found = []
    for name in FACTS:
        value = getattr(row, name)
        old = getattr(before, name) if before else value
        label = row._meta.get_field(name).verbose_name
        found.append(Fact(label, value, old if old != value else None))
    return found


def before(row: Inventory) -> Inventory | None:
    """Return the edition before this one."""
    return Inventory.objects.filter(school_id=row.school_id, edition=row.edition - 1).first()


def latest(county: County) -> QuerySet[Inventory]:
    """Return the last edition of every school."""
    last = Inventory.objects.filter(school=OuterRef("school")).order_by("-edition").values("pk")[:1]
    return Inventory.objects.filter(county=county, pk=Subquery(last))


def inventories_of(county: County, *, q: str, environment: str, place: str) -> QuerySet[Inventory]:
    """Return every school's last inventory that words, claimed environment and place leave."""
    rows = latest(county)
    if q:
        rows = rows.filter(school_named(q, "school__"))
    if environment:
        rows = rows.filter(environments__contains=environment)
    if place:
        rows = rows.filter(school__is_rural=place == "rural")
    return rows.select_related("school", "county").order_by("school__pinyin", "pk")


def schools_without(words: str = "", place: str = "") -> QuerySet[School]:
    """Return the schools that have written no inventory."""
    schools = School.objects.exclude(pk__in=Inventory.objects.values("school_id"))
    if words:
        schools = schools.filter(school_named(words))
    if place:
        schools = schools.filter(is_rural=place == "rural")
    return schools.order_by("pinyin", "pk")


def counts_by_state(county: County) -> list[tuple[str, str | Promise, int]]:
    """Return (key, label, count) for every tab of the county's list."""
    rows = latest(county).order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(rows)
    tabs: list[tuple[str, str | Promise, int]] = [
        (key, state.label, counts.get(state, 0)) for key, state in STATE_OF.items()
    ]
    every = (ALL, _("All begun"), sum(counts.values()))
    return [*tabs, every, (NONE, _("Not begun"), schools_without().count())]


def confirmed_environments(schools: Sequence[School]) -> dict[int, str]:
    """Return the environments of the last confirmed inventory, by id of the school."""
    rows = Inventory.objects.filter(school__in=schools, state=InventoryState.CONFIRMED)
    last = rows.order_by().values("school_id").annotate(n=Max("edition"))
    wanted = {(row["school_id"], row["n"]) for row in last}
    return {row.school_id: row.environments for row in rows if (row.school_id, row.edition) in wanted}
