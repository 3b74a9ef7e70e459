"""Spreading drawn cases over the county's experts, least loaded first."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count

from assessment.checking.models import CaseState, Draw, Judgement, SpotCheckCase
from assessment.checking.spot_checks import eligible_experts
from schools.people.models import Membership, Person


def load_of_experts() -> Counter[int]:
    """Return how many unfinished judgements each expert holds, by person id."""
    rows = Judgement.objects.filter(finished_at__isnull=True).values_list("expert_id")
    return Counter(dict(rows.annotate(Count("pk"))))


def spread(cases: Iterable[SpotCheckCase], per_case: int) -> dict[int, list[Person]]:
    """Return, by case id, at most `per_case` experts who may judge it; a scarce case holds fewer."""
    load, chosen = load_of_experts(), {}
    for case in cases:
        eligible = sorted(eligible_experts(case), key=lambda person: (load[person.pk], person.pk))
        chosen[case.pk] = eligible[:per_case]
        load.update(person.pk for person in chosen[case.pk])
    return chosen


def experts_of_county() -> list[tuple[Person, int]]:
    """Return the county's experts who have an account, with their open judgements, by pinyin."""
    held = Membership.objects.filter(role="expert", ends_on__isnull=True, person__is_active=True)
    people = Person.objects.filter(pk__in=held.values("person_id"), user__isnull=False)
    load = load_of_experts()
    return [(person, load[person.pk]) for person in people.select_related("school").order_by("pinyin", "pk")]


def waiting_cases(draw: Draw) -> list[SpotCheckCase]:
    """Return the draw's cases that no expert has yet, in the order drawn."""
    rows = SpotCheckCase.objects.filter(draw=draw, state=CaseState.DRAWN)
    return list(rows.select_related("submission", "draw__programme", "school").order_by("position"))
