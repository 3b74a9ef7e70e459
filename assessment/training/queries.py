"""Reading hours: per person, per school, and what waits for the county."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.programme.models import Programme
from assessment.training.models import HOUR_CLAIM, Category, ClaimState, HourClaim
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person

Hours = dict[str, Decimal]


def recognised_hours(programme: Programme, person_ids: Iterable[int]) -> dict[int, Hours]:
    """Return recognised hours by person and category; they count once wherever they were earned."""
    totals: dict[int, Hours] = defaultdict(lambda: {category: Decimal(0) for category in Category.values})
    rows = (
        HourClaim._base_manager.filter(
            county_id=programme.county_id,
            programme=programme,
            person_id__in=list(person_ids),
            state=ClaimState.RECOGNISED,
        )
        .values_list("person_id", "category")
        .annotate(Sum("hours"))
    )
    for person_id, category, hours in rows:
        totals[person_id][category] += hours
    return totals


def has_enough_hours(programme: Programme, hours: Hours) -> bool:
    """Say whether each category reaches its hours, and both together the hours in all."""
    return (
        hours[Category.ONLINE] >= programme.online_hours
        and hours[Category.PRACTICE] >= programme.practice_hours
        and hours[Category.ONLINE] + hours[Category.PRACTICE] >= (programme.total_hours or 0)
    )


def plain(hours: Decimal) -> str:
    """Return hours without a needless zero."""
    return f"{hours.normalize():f}"


def lacking_hours(programme: Programme, hours: Hours) -> list[str]:
    """Say in words which hours are missing, by category and in all."""
    online, practice = hours[Category.ONLINE], hours[Category.PRACTICE]
    lacking = []
    if online < programme.online_hours:
        lacking.append(_("%s online hours") % plain(programme.online_hours - online))
    if practice < programme.practice_hours:
        lacking.append(_("%s practice hours") % plain(programme.practice_hours - practice))
    if online + practice < (programme.total_hours or 0):
        lacking.append(_("%s hours in all") % plain((programme.total_hours or 0) - online - practice))
    return lacking


@dataclass(frozen=True)
class CategorySum:
    """One person's hours of one category: recognised, still on their way, and needed."""

    category: str
    label: str
    recognised: Decimal
    waiting: Decimal
    needed: int

    @property
    def lacking(self) -> Decimal:
        """Hours that neither count nor are on their way."""
        return max(Decimal(0), self.needed - self.recognised - self.waiting)


def claims_of(programme: Programme, person: Person) -> QuerySet[HourClaim]:
    """Return the person's claims wherever in the county they were earned, the latest thing done first."""
    rows = HourClaim._base_manager.filter(county_id=programme.county_id, programme=programme, person=person)
    return rows.order_by("-held_on", "-pk")


def sums_of(programme: Programme, person: Person) -> list[CategorySum]:
    """Return one sum per category, in one query."""
    found: dict[tuple[str, bool], Decimal] = defaultdict(Decimal)
    rows = claims_of(programme, person).exclude(state=ClaimState.REFUSED).order_by()
    for category, state, hours in rows.values_list("category", "state").annotate(Sum("hours")):
        found[category, state == ClaimState.RECOGNISED] += hours
    needed = {Category.ONLINE: programme.online_hours, Category.PRACTICE: programme.practice_hours}
    return [
        CategorySum(key.value, str(key.label), found[key.value, True], found[key.value, False], needed[key])
        for key in Category
    ]


def refusals_of(claims: Iterable[HourClaim]) -> dict[int, str]:
    """Return the words of the latest refusal by claim id, for those that stand refused."""
    refused = [claim.pk for claim in claims if claim.state == ClaimState.REFUSED]
    events = Event.objects.filter(workflow=HOUR_CLAIM.name, subject_id__in=refused, action="refuse")
    return dict(events.order_by("version").values_list("subject_id", "note"))


def claims_at(
    programme: Programme | None, school: School, words: str = "", category: str = ""
) -> QuerySet[HourClaim]:
    """Return the school's claims, oldest first, with what a list of them shows; `words` are of the person."""
    claims = HourClaim.objects.filter(programme=programme, school=school)
    if words:
        claims = claims.filter(person__in=Person.objects.named_like(words))
    if category:
        claims = claims.filter(category=category)
    return claims.select_related("person__group", "school", "participant", "programme").order_by("pk")


def attested_by_school(programme: Programme | None, words: str = "") -> QuerySet[HourClaim, Any]:
    """Return, per school with attested claims, how many there are and their hours by category."""
    claims = HourClaim.objects.filter(programme=programme, state=ClaimState.ATTESTED)
    if words:
        claims = claims.filter(school_named(words, "school__"))
    return (
        claims.values("school_id", "school__name", "school__slug", "school__pinyin")
        .annotate(
            claims=Count("pk"),
            people=Count("person", distinct=True),
            online=Sum("hours", filter=Q(category=Category.ONLINE), default=Decimal(0)),
            practice=Sum("hours", filter=Q(category=Category.PRACTICE), default=Decimal(0)),
        )
        .order_by("school__pinyin", "school_id")
    )
