"""Figures of agreement against published tables, and against exact fractions worked out by hand."""

from collections import Counter
from fractions import Fraction

import pytest
from django.utils import translation

from assessment.reviewing.quality.figures import (
    NINE_TENTHS,
    Counts,
    Figure,
    agreement,
    kappa,
    middle,
    percentile,
    steps_apart,
)
from assessment.reviewing.quality.readings import Readings, said, severity_said


def counts(*rows: tuple[int, ...]) -> Counts:
    """Return a contingency table from its rows."""
    return {(one, other): n for one, row in enumerate(rows) for other, n in enumerate(row) if n}


# R. Artstein, M. Poesio, Inter-Coder Agreement for Computational Linguistics, 2008, with kappa 0.348.
ARTSTEIN_POESIO = counts((20, 20), (10, 50))
# The same, three categories: kappa 0.8013.
ARTSTEIN_POESIO_THREE = counts((46, 0, 0), (6, 32, 6), (0, 0, 10))
# The published reference values of scikit-learn's cohen_kappa_score for three ordered categories:
# 0.9315 unweighted, 0.9412 with linear weights.
SCIKIT_LEARN = counts((46, 0, 0), (4, 40, 0), (0, 0, 10))
# J. L. Fleiss, Statistical Methods for Rates and Proportions, 1981: two psychiatrists and 100 patients, 0.676.
FLEISS = counts((75, 1, 4), (5, 4, 1), (0, 0, 10))
# A. Agresti, Categorical Data Analysis, 1990, p. 366: answers of 91 couples; R's vcd::Kappa prints 0.1293
# unweighted and 0.2374 with equal spacing.
AGRESTI = counts((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))


@pytest.mark.parametrize(
    ("table", "published", "exact"),
    [
        (ARTSTEIN_POESIO, 0.348, 1 - Fraction(30 * 100, 40 * 70 + 60 * 30)),
        (ARTSTEIN_POESIO_THREE, 0.801, None),
        (SCIKIT_LEARN, 0.932, None),
        (FLEISS, 0.676, Fraction(23, 34)),
        (AGRESTI, 0.129, None),
    ],
)
def test_kappa_equals_the_published_value(table: Counts, published: float, exact: Fraction | None) -> None:
    found = kappa(table)
    assert round(float(found), 3) == published  # type: ignore[arg-type]
    assert exact is None or found == exact


@pytest.mark.parametrize(("table", "published"), [(SCIKIT_LEARN, 0.941), (AGRESTI, 0.237)])
def test_weighted_kappa_equals_the_published_value(table: Counts, published: float) -> None:
    assert round(float(kappa(table, steps_apart)), 3) == published  # type: ignore[arg-type]


def test_weighted_kappa_by_hand_in_exact_fractions() -> None:
    """Rows 46, 44, 10; columns 50, 40, 10; four cases one step apart, of 100."""
    apart = 46 * 40 + 2 * 46 * 10 + 44 * 50 + 44 * 10 + 2 * 10 * 50 + 10 * 40
    assert kappa(SCIKIT_LEARN, steps_apart) == 1 - Fraction(4 * 100, apart)


def test_kappa_does_not_mind_who_comes_first_and_is_one_for_equals() -> None:
    turned = {(other, one): n for (one, other), n in AGRESTI.items()}
    assert kappa(turned, steps_apart) == kappa(AGRESTI, steps_apart)
    assert kappa({(1, 1): 4, (2, 2): 9}) == 1
    assert kappa({(1, 2): 5, (2, 1): 5}) == -1


@pytest.mark.parametrize("table", [{}, {(2, 2): 40}])
def test_kappa_is_undefined_where_chance_explains_everything(table: Counts) -> None:
    assert kappa(table) is None
    assert kappa(table, steps_apart) is None


def test_agreement_is_a_share() -> None:
    assert (agreement(ARTSTEIN_POESIO), agreement({})) == (Fraction(7, 10), None)


@pytest.mark.parametrize(("cases", "words"), [(9, "insufficient"), (10, "0.500")])
def test_fewer_than_ten_cases_say_too_little(cases: int, words: str) -> None:
    with translation.override("en"):
        assert Figure(Fraction(1, 2), cases).said(".3f") == words


def test_undefined_is_said_so() -> None:
    readings = Readings(works=Counter({(2, 2): 12}), items=Counter({(2, 2): 30}))
    with translation.override("en"):
        told = said(readings)
    assert (told.work_agreement, told.work_kappa, told.item_kappa) == ("100%", "undefined", "undefined")
    assert told.severity == "insufficient"


@pytest.mark.parametrize(
    ("drift", "words"),
    [
        (-4.0, "stricter by 0.20 of a grade"),
        (4.0, "milder by 0.20 of a grade"),
        (0.05, "like the others"),
    ],
)
def test_sign_of_strictness_is_said_in_words(drift: float, words: str) -> None:
    with translation.override("en"):
        assert severity_said(Readings(drift=drift, compared=20).severity) == words


def test_verdicts_fold_pass_and_excellent() -> None:
    readings = Readings(works=Counter({(2, 3): 6, (1, 2): 3, (1, 1): 1}))
    assert readings.verdicts == {(1, 1): 6, (0, 1): 3, (0, 0): 1}


def test_days_have_a_median_and_a_ninetieth_percentile() -> None:
    days = [float(day) for day in range(1, 21)]
    assert (middle(days), percentile(days, NINE_TENTHS)) == (10.5, 18.0)
    assert (middle([]), percentile([], NINE_TENTHS)) == (None, None)
    assert percentile([3.0], NINE_TENTHS) == 3.0
