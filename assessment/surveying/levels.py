"""Means of self-assessments and their levels: green, yellow, red, each with its word and shape."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.surveying.models import Question
from assessment.surveying.terms import Dimension, Strand

GREEN_FROM, YELLOW_FROM = 4.0, 3.0
Domain = tuple[str, str]
DOMAINS: tuple[Domain, ...] = tuple((strand.value, part.value) for strand in Strand for part in Dimension)


@dataclass(frozen=True)
class Level:
    """A level as the state pill shows it."""

    key: str
    label: str | Promise
    tone: str
    shape: str


GREEN = Level("green", _("Green: secure"), "good", "check")
YELLOW = Level("yellow", _("Yellow: on the way"), "attention", "half")
RED = Level("red", _("Red: to be built up"), "bad", "dot")


def level_of(mean: float) -> Level:
    """Return the level of a mean of 1 to 5; it is judged as it is shown, with one decimal."""
    shown = round(mean, 1)
    if shown >= GREEN_FROM:
        return GREEN
    return YELLOW if shown >= YELLOW_FROM else RED


@dataclass(frozen=True)
class Mean:
    """A mean of one strand, or of one dimension in it, with its level."""

    label: str | Promise
    value: float
    strand: str
    dimension: str = ""

    @property
    def level(self) -> Level:
        return level_of(self.value)

    @property
    def shown(self) -> str:
        return f"{self.value:.1f}"


def mean_of(counts: Iterable[Counter[int]]) -> float | None:
    """Return the mean of all steps counted, or None for no answer."""
    total: Counter[int] = Counter()
    for one in counts:
        total += one
    people = sum(total.values())
    return sum(step * number for step, number in total.items()) / people if people else None


def domain_means(questions: Iterable[Question], counts: Mapping[int, Counter[int]]) -> dict[Domain, Mean]:
    """Return the mean of each strand and dimension; `counts` has steps by question, shown ones only."""
    by_domain: dict[Domain, list[Counter[int]]] = {}
    for question in questions:
        if question.domain and question.pk in counts:
            by_domain.setdefault(question.domain, []).append(counts[question.pk])
    found = {}
    for domain in DOMAINS:
        value = mean_of(by_domain.get(domain, []))
        if value is not None:
            found[domain] = Mean(Dimension(domain[1]).label, value, *domain)
    return found


def strand_means(questions: Iterable[Question], counts: Mapping[int, Counter[int]]) -> dict[str, Mean]:
    """Return the mean of each strand that was answered."""
    found = {}
    asked = [question for question in questions if question.domain]
    for strand in Strand:
        rows = [counts[q.pk] for q in asked if q.strand == strand.value and q.pk in counts]
        value = mean_of(rows)
        if value is not None:
            found[strand.value] = Mean(strand.label, value, strand.value)
    return found
