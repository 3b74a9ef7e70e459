"""Database constraints that several models state in the same words."""

from django.db.models import CheckConstraint, Q


def both_or_neither(first: str, second: str, name: str) -> CheckConstraint:
    """Two paired facts (`signed_at`, `signed_by`) are both known or both empty."""
    empty = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    known = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=empty | known, name=name)
