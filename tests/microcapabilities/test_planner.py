"""The credit planner, on the catalogue of 2022 as it is shipped."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from microcapabilities.planner import completions, missing, total

FOLDER = Path(__file__).parents[2] / "fixtures" / "catalogue-2.0"
CREDITS = {
    point["code"]: point["credits"]
    for letter in "abc"
    for point in json.loads((FOLDER / f"{letter}.json").read_text(encoding="utf-8"))
}
A = [code for code in CREDITS if code.startswith("A")]


def brute_force(credits: dict[str, int], lacking: int, sizes: range) -> set[frozenset[str]]:
    """Every minimal set, found by trying all subsets of the sizes."""
    return {
        frozenset(codes)
        for size in sizes
        for codes in combinations(credits, size)
        if sum(credits[code] for code in codes) >= lacking
        and all(sum(credits[code] for code in codes) - credits[drop] < lacking for drop in codes)
    }


@pytest.mark.parametrize(("letter", "credits"), [("A", 69), ("B", 63), ("C", 62)])
def test_total_of_an_environment(letter: str, credits: int) -> None:
    assert total(CREDITS, [code for code in CREDITS if code.startswith(letter)]) == credits


def test_total_of_the_catalogue() -> None:
    assert (len(CREDITS), total(CREDITS, CREDITS)) == (30, 194)


def test_total_when_a_code_is_named_twice_counts_it_once() -> None:
    assert total(CREDITS, ["A1", "A1"]) == 4


def test_total_when_a_code_is_unknown() -> None:
    with pytest.raises(KeyError):
        total(CREDITS, ["D1"])


def test_missing_when_one_credit_short() -> None:
    # A11 + A9 + A10 = 19
    assert missing(CREDITS, ["A11", "A9", "A10"]) == 1


def test_missing_when_the_target_is_met_exactly() -> None:
    # A11 + A12 + A9 = 20
    assert missing(CREDITS, ["A11", "A12", "A9"]) == 0


def test_missing_when_the_target_is_passed() -> None:
    assert missing(CREDITS, ["A11", "A12", "A13"]) == 0


def test_completions_when_nothing_is_chosen_have_one_pair() -> None:
    assert [codes for codes in completions(CREDITS, []) if len(codes) == 2] == [("C6", "C7")]


def test_completions_within_a_have_seven_triples() -> None:
    triples = [codes for codes in completions(CREDITS, [], allowed=A) if len(codes) == 3]
    assert triples == [
        ("A9", "A11", "A12"),
        ("A9", "A11", "A13"),
        ("A9", "A12", "A13"),
        ("A10", "A11", "A12"),
        ("A10", "A11", "A13"),
        ("A10", "A12", "A13"),
        ("A11", "A12", "A13"),
    ]


def test_completions_agree_with_trying_every_subset() -> None:
    found = completions(CREDITS, [])
    assert len(found) == len(set(found))
    assert {frozenset(codes) for codes in found} == brute_force(CREDITS, 20, range(1, 5))


def test_completions_come_smallest_first_then_with_least_surplus() -> None:
    keys = [(len(codes), total(CREDITS, codes)) for codes in completions(CREDITS, [])]
    assert keys == sorted(keys)


def test_completions_build_on_what_is_chosen() -> None:
    found = completions(CREDITS, ["A11", "A12"], allowed=["A1", "A9", "A10", "A11", "A13"])
    assert found == [("A9",), ("A10",), ("A13",)]


def test_completions_when_nothing_is_missing() -> None:
    assert completions(CREDITS, ["C6", "C7"]) == [()]


def test_completions_when_the_target_is_out_of_reach() -> None:
    assert completions(CREDITS, [], allowed=["A1", "A2"]) == []


def test_completions_when_more_than_four_are_needed_give_the_smallest_size_only() -> None:
    some = ["A1", "A2", "A3", "A4", "A5", "A6"]
    found = completions(CREDITS, [], target=21, allowed=some)
    assert found == [
        ("A1", "A2", "A3", "A4", "A5"),
        ("A1", "A2", "A3", "A4", "A6"),
        ("A1", "A2", "A3", "A5", "A6"),
        ("A1", "A2", "A4", "A5", "A6"),
        ("A1", "A3", "A4", "A5", "A6"),
        ("A2", "A3", "A4", "A5", "A6"),
    ]
    assert {frozenset(codes) for codes in found} == brute_force(
        {code: CREDITS[code] for code in some}, 21, range(5, 6)
    )


def test_completions_when_limited_give_the_first() -> None:
    assert completions(CREDITS, [], limit=3) == completions(CREDITS, [])[:3]


def test_completions_when_limited_are_not_made_in_vain() -> None:
    # All sets of 15 out of 30 would be 155 million.
    equal = {f"X{number}": 2 for number in range(1, 31)}
    assert completions(equal, [], target=30, limit=1) == [tuple(f"X{number}" for number in range(1, 16))]
