"""Invariants of panels: nobody too near judges, nothing is kept that was redone, coaches are others."""

from django.db.models import F

from assessment.reviewing.coaching.models import Coach
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.reviewing.panels.models import Delegation, Relation
from schools.invariants import Found, invariant


@invariant(7, "Nobody is asked to judge the work of somebody to whom they were declared to be too near.")
def nobody_near_judges() -> Found:
    near: dict[frozenset[int], list[Relation]] = {}
    for relation in Relation._base_manager.all():
        near.setdefault(frozenset((relation.person_id, relation.other_id)), []).append(relation)
    reviews = Review._base_manager.exclude(state=ReviewState.RELEASED).filter(person__in=people(near))
    rows, broken = Relation._base_manager.count(), []
    for review in reviews.select_related("submission"):
        rows += 1
        for one in near.get(frozenset((review.person_id, review.submission.person_id)), ()):
            if one.declared_at <= review.assigned_at and (
                one.ended_at is None or one.ended_at > review.assigned_at
            ):
                broken.append(f"review {review.pk}: asked in spite of relation {one.pk}")
    return rows, broken


def people(near: dict[frozenset[int], list[Relation]]) -> set[int]:
    return {person for pair in near for person in pair}


@invariant(9, "A grade kept from an earlier attempt is not of an item that was redone.")
def kept_grades_are_of_kept_items() -> Found:
    kept = ItemGrade._base_manager.filter(is_kept=True)
    redone = kept.filter(review__attempt__items_to_redo=F("item_id"))
    return kept.count(), [f"grade {pk}: kept, though redone" for pk in redone.values_list("pk", flat=True)]


@invariant(7, "Nobody coaches themselves.")
def nobody_coaches_themselves() -> Found:
    rows = Coach._base_manager.filter(person=F("submission__person"))
    broken = [f"coach {pk}: of their own work" for pk in rows.values_list("pk", flat=True)]
    return Coach._base_manager.count(), broken


@invariant(15, "Grants given for a delegated panel end with the delegation.")
def grants_end_with_their_delegation() -> Found:
    ended = Delegation._base_manager.filter(ended_at__isnull=False)
    running = Delegation._base_manager.filter(ended_at__isnull=True).values("grants")
    left = ended.filter(grants__isnull=False, grants__ends_on__isnull=True).exclude(grants__in=running)
    broken = [f"delegation {pk}: a grant has not ended" for pk in set(left.values_list("pk", flat=True))]
    return Delegation._base_manager.count(), broken
