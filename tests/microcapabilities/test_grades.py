"""Grades of items become grades of points; grades of reviews become grades of items."""

import pytest

from microcapabilities.grades import Grade, is_split, lowest, settled

F, P, E = Grade.FAIL, Grade.PASS, Grade.EXCELLENT


@pytest.mark.parametrize(
    ("grades", "result"), [([E, E, E], E), ([E, P, E], P), ([E, F, P], F), ([F], F), ([P, P], P)]
)
def test_lowest_is_the_points_grade(grades: list[Grade], result: Grade) -> None:
    assert lowest(grades) is result


def test_lowest_when_there_is_no_grade() -> None:
    with pytest.raises(ValueError):
        lowest([])


@pytest.mark.parametrize(
    ("grades", "result"),
    [
        ([P], P),
        ([E, E], E),
        ([E, P], P),
        ([F, E], F),
        ([F, E, E], E),
        ([F, F, E], F),
        ([F, P, E], F),
        ([F, P, P, E], F),
        ([E, E, P, P], P),
    ],
)
def test_settled_takes_the_majority_else_the_lower(grades: list[Grade], result: Grade) -> None:
    assert settled(grades) is result


def test_settled_when_there_is_no_review() -> None:
    with pytest.raises(ValueError):
        settled([])


@pytest.mark.parametrize(
    ("grades", "split"),
    [([P, E], False), ([F, F], False), ([F, P], True), ([F, E, E], True), ([P], False), ([], False)],
)
def test_is_split_when_some_pass_and_some_do_not(grades: list[Grade], split: bool) -> None:
    assert is_split(grades) is split
