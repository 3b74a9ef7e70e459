"""Invariants of likenesses: within one county, and the earlier piece is the earlier one."""

from django.db.models import F, Q

from assessment.submitting.likeness.models import Likeness
from schools.invariants import Found, invariant


@invariant(10, "A likeness lies within one county.")
def likenesses_stay_at_home() -> Found:
    rows = Likeness._base_manager
    abroad = rows.exclude(
        Q(piece__county=F("county")) & (Q(earlier__isnull=True) | Q(earlier__county=F("county")))
    )
    return rows.count(), [f"likeness {pk}: of two counties" for pk in abroad.values_list("pk", flat=True)]


@invariant(9, "A likeness points to a piece that was there before, of another submission.")
def likenesses_point_backward() -> Found:
    rows = Likeness._base_manager
    forward = Q(earlier__added_at__gt=F("piece__added_at"))
    same = Q(earlier__attempt__submission=F("piece__attempt__submission"))
    broken = rows.filter(forward | same).values_list("pk", flat=True)
    return rows.count(), [
        f"likeness {pk}: its earlier piece is not earlier, or the same work's" for pk in broken
    ]
