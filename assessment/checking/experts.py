"""Which experts may judge which cases, and drawing them: least loaded first, among equals by the draw's seed."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Count

from assessment.checking.cases.models import CaseState, Judgement, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.drawing.sampling import key_of
from assessment.reviewing.models import Review
from assessment.reviewing.panels.conflicts import relations_among
from schools.people.models import Membership, Person


def experts_with_account() -> list[Person]:
    """Return the county's experts who can sign in, by pinyin."""
    held = Membership.objects.filter(role="expert", ends_on__isnull=True)
    people = Person.objects.filter(
        pk__in=held.values("person_id"), is_active=True, user__isnull=False, user__is_active=True
    )
    return list(people.select_related("school", "user").order_by("pinyin", "pk"))


def eligible(cases: Sequence[SpotCheckCase]) -> dict[int, list[Person]]:
    """Return, by case id, the experts who neither own nor reviewed the work nor belong to its school or unit.

    Nor are they declared too near to its teacher. Four queries for any number of cases, which have school and
    submission joined.
    """
    experts = experts_with_account()
    places: dict[int, set[int]] = defaultdict(set)
    for person in experts:
        if person.school_id:
            places[person.pk].add(person.school_id)
    held = Membership.objects.filter(person__in=experts, school__isnull=False)
    for person_id, school_id in held.values_list("person_id", "school_id"):
        places[person_id].add(school_id)
    reviewers: dict[int, set[int]] = defaultdict(set)
    reviews = Review.objects.filter(submission__in=[case.submission_id for case in cases])
    for submission_id, person_id in reviews.values_list("submission_id", "person_id"):
        reviewers[submission_id].add(person_id)
    near = relations_among([person.pk for person in experts])
    found = {}
    for case in cases:
        related = {case.school_id, case.school.managed_by_id} - {None}
        found[case.pk] = [
            person
            for person in experts
            if not places[person.pk] & related
            and person.pk not in reviewers[case.submission_id]
            and frozenset((person.pk, case.submission.person_id)) not in near
        ]
    return found


def eligible_experts(case: SpotCheckCase) -> list[Person]:
    """Return who may judge one case."""
    return eligible([case])[case.pk]


def load_of_experts() -> Counter[int]:
    """Return how many unfinished judgements each expert holds, by person id."""
    rows = Judgement.objects.filter(finished_at__isnull=True).values_list("expert_id")
    return Counter(dict(rows.annotate(Count("pk"))))


def lot(draw: Draw, case: SpotCheckCase, person: Person) -> str:
    """Return the number that an expert draws for a case: seed, submission and person decide, nobody else."""
    text = f"{key_of(draw.seed, draw.words)}:{case.submission_id}:{person.pk}"
    return hashlib.sha256(text.encode()).hexdigest()


def spread(cases: Iterable[SpotCheckCase], per_case: int, draw: Draw) -> dict[int, list[Person]]:
    """Return, by case id, at most `per_case` experts who may judge it; a scarce case holds fewer."""
    rows = list(cases)
    load, may, chosen = load_of_experts(), eligible(rows), {}
    for case in rows:
        in_turn = sorted(may[case.pk], key=lambda person: (load[person.pk], lot(draw, case, person)))
        chosen[case.pk] = in_turn[:per_case]
        load.update(person.pk for person in chosen[case.pk])
    return chosen


def further(case: SpotCheckCase, count: int) -> list[Person]:
    """Return at most `count` more experts for a case on which those asked disagree."""
    asked = set(Judgement.objects.filter(case=case).values_list("expert_id", flat=True))
    load = load_of_experts()
    free = [person for person in eligible_experts(case) if person.pk not in asked]
    return sorted(free, key=lambda person: (load[person.pk], lot(case.draw, case, person)))[:count]


def experts_of_county() -> list[tuple[Person, int]]:
    """Return the county's experts who have an account, with their open judgements, by pinyin."""
    load = load_of_experts()
    return [(person, load[person.pk]) for person in experts_with_account()]


def waiting_cases(draw: Draw) -> list[SpotCheckCase]:
    """Return the draw's cases that no expert has yet, in the order drawn."""
    rows = SpotCheckCase.objects.filter(draw=draw, state=CaseState.DRAWN)
    return list(rows.select_related("submission", "draw__programme", "school").order_by("position"))
