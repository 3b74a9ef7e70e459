"""Invariants of choices."""

from django.db.models import F

from assessment.selecting.models import Selection, SelectionPoint, SelectionState
from schools.invariants import Found, invariant


@invariant(4, "Credits are sums over accepted points; one point counts once.")
def confirmed_choices_keep_their_edition() -> Found:
    """A confirmed choice names the edition of the catalogue, and its points are of that edition."""
    confirmed = Selection._base_manager.filter(state=SelectionState.CONFIRMED)
    nameless = confirmed.filter(catalogue__isnull=True).values_list("pk", flat=True)
    foreign = (
        SelectionPoint._base_manager.filter(selection__state=SelectionState.CONFIRMED)
        .exclude(point__catalogue=F("selection__catalogue"))
        .values_list("selection_id", flat=True)
    )
    broken = [f"choice {pk}: no edition" for pk in nameless]
    broken += [f"choice {pk}: a point of another edition" for pk in sorted(set(foreign))]
    return confirmed.count(), broken
