"""Reading hours: what is recognised, per person."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from assessment.programme.models import Programme
from assessment.training.models import Category, ClaimState, HourClaim

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
    """Say whether both categories reach the programme's hours."""
    return (
        hours[Category.ONLINE] >= programme.online_hours
        and hours[Category.PRACTICE] >= programme.practice_hours
    )
