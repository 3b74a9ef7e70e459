"""The three grades and how several of them become one."""

from collections.abc import Iterable, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.IntegerChoices):
    """Ordered: a higher number is the better grade."""

    FAIL = 1, _("Fail")
    PASS = 2, _("Pass")
    EXCELLENT = 3, _("Excellent")


def lowest(grades: Iterable[Grade]) -> Grade:
    """A point's grade from the grades of its items; ValueError when there are none."""
    return Grade(min(grades))


def settled(grades: Sequence[Grade]) -> Grade:
    """
    An item's grade over several reviews; ValueError when there are none.

    The grade which more than half of the reviews share; without such a majority, the lowest.
    """
    floor = lowest(grades)
    return next((grade for grade in Grade if 2 * list(grades).count(grade) > len(grades)), floor)


def is_split(grades: Sequence[Grade]) -> bool:
    """Whether some reviews let the item pass and others don't; pass against excellent is no split."""
    return len({grade >= Grade.PASS for grade in grades}) > 1
