"""What was read about a school's or a reviewer's reviews, and the figures that follow from it."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessment.reviewing.quality.figures import (
    NINE_TENTHS,
    Counts,
    Figure,
    agreement,
    kappa,
    middle,
    percentile,
    steps_apart,
    total,
)
from microcapabilities.grades import Grade

SMALLEST_STEP = 0.005


@dataclass
class Readings:
    """Grades of two reviewers side by side, of whole works and of items; differences to the others; days taken.

    `works` and `items` count (own grade, other's grade); `drift` sums own minus others over `compared` items.
    """

    works: Counter[tuple[int, int]] = field(default_factory=Counter)
    items: Counter[tuple[int, int]] = field(default_factory=Counter)
    drift: float = 0.0
    compared: int = 0
    days: list[float] = field(default_factory=list)

    @property
    def verdicts(self) -> Counts:
        """The works by pass or not pass."""
        found: Counter[tuple[int, int]] = Counter()
        for (own, other), count in self.works.items():
            found[int(own >= Grade.PASS), int(other >= Grade.PASS)] += count
        return found

    @property
    def work_agreement(self) -> Figure:
        return Figure(agreement(self.verdicts), total(self.works))

    @property
    def work_kappa(self) -> Figure:
        return Figure(kappa(self.verdicts), total(self.works))

    @property
    def item_agreement(self) -> Figure:
        return Figure(agreement(self.items), total(self.items))

    @property
    def item_kappa(self) -> Figure:
        return Figure(kappa(self.items, steps_apart), total(self.items))

    @property
    def severity(self) -> Figure:
        """Mean difference of the own grade to the mean of the others', in steps; below zero is stricter."""
        return Figure(self.drift / self.compared if self.compared else None, self.compared)

    @property
    def median_days(self) -> Figure:
        return Figure(middle(self.days), len(self.days))

    @property
    def slow_days(self) -> Figure:
        """Within how many days nine of ten reviews were finished."""
        return Figure(percentile(self.days, NINE_TENTHS), len(self.days))

    def add_pair(self, one: int, other: int, *, of_items: bool) -> None:
        (self.items if of_items else self.works)[one, other] += 1

    def add_drift(self, drift: float, compared: int) -> None:
        self.drift += drift
        self.compared += compared


@dataclass(frozen=True)
class Said:
    """The figures in words, as page and sheet show them."""

    finished: int
    works: int
    items: int
    work_agreement: str
    work_kappa: str
    item_agreement: str
    item_kappa: str
    severity: str
    median_days: str
    slow_days: str


def said(readings: Readings) -> Said:
    """Return the figures of `readings` in words; too few cases are said to be so."""
    return Said(
        finished=len(readings.days),
        works=total(readings.works),
        items=total(readings.items),
        work_agreement=readings.work_agreement.said(".0%"),
        work_kappa=readings.work_kappa.said(".3f"),
        item_agreement=readings.item_agreement.said(".0%"),
        item_kappa=readings.item_kappa.said(".3f"),
        severity=severity_said(readings.severity),
        median_days=readings.median_days.said(".1f"),
        slow_days=readings.slow_days.said(".1f"),
    )


def severity_said(figure: Figure) -> str:
    """Say in words what the sign of the difference means."""
    steps = figure.known
    if steps is None:
        return figure.said(".2f")
    if abs(steps) < SMALLEST_STEP:
        return _("like the others")
    if steps < 0:
        return _("stricter by %.2f of a grade") % -steps
    return _("milder by %.2f of a grade") % steps
