"""Figures of agreement, pure: shares, Cohen's kappa, percentiles, each with the number of cases behind it.

Kappa after J. Cohen, Educational and Psychological Measurement 20 (1960), and weighted, Psychological Bulletin
70 (1968); here with linear weights: two steps apart weigh twice as much as one.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from django.utils.translation import gettext as _

FEWEST = 10
NINE_TENTHS = Fraction(9, 10)
# How often somebody said one thing where somebody else said another.
Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Figure:
    """One figure and how many cases it rests on; no value where they are too few, or where there is none."""

    value: Fraction | float | None
    cases: int

    @property
    def is_insufficient(self) -> bool:
        return self.cases < FEWEST

    @property
    def known(self) -> float | None:
        """The value where it may be shown, else None."""
        return None if self.is_insufficient or self.value is None else float(self.value)

    def said(self, pattern: str) -> str:
        """Return the value by a pattern such as `.3f`, or the word that stands in its place."""
        if self.is_insufficient:
            return _("insufficient")
        return _("undefined") if self.value is None else format(float(self.value), pattern)


def total(counts: Counts) -> int:
    return sum(counts.values())


def agreement(counts: Counts) -> Fraction | None:
    """Return the share of cases in which both said the same, or None without any."""
    cases = total(counts)
    return Fraction(sum(n for (one, other), n in counts.items() if one == other), cases) if cases else None


def differs(one: int, other: int) -> int:
    return int(one != other)


def steps_apart(one: int, other: int) -> int:
    return abs(one - other)


def kappa(counts: Counts, weight: Callable[[int, int], int] = differs) -> Fraction | None:
    """Return Cohen's kappa; `weight` is what a disagreement weighs. None where agreement by chance is certain."""
    cases = total(counts)
    ones = {one: sum(n for (first, _other), n in counts.items() if first == one) for one, _two in counts}
    others = {two: sum(n for (_one, second), n in counts.items() if second == two) for _one, two in counts}
    expected = sum(a * b * weight(one, two) for one, a in ones.items() for two, b in others.items())
    if not cases or not expected:
        return None
    observed = sum(n * weight(one, two) for (one, two), n in counts.items())
    return 1 - Fraction(observed * cases, expected)


def percentile(values: Sequence[float], share: Fraction) -> float | None:
    """Return the smallest value that at least `share` of the values do not exceed, or None without any."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else None


def middle(values: Sequence[float]) -> float | None:
    """Return the median, or None without any value."""
    return median(values) if values else None
