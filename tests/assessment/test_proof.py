"""What a sample proves: exact figures of the hypergeometric distribution, held against enumeration and simulation."""

import random
from fractions import Fraction
from io import StringIO
from itertools import combinations

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from assessment.checking.drawing import proof
from assessment.checking.drawing.models import Claim
from assessment.checking.drawing.proposing import Asked, propose

NINETY_FIVE = "0.95"


@pytest.mark.parametrize(
    ("frame", "tolerance", "size"),
    [
        (60, "0.10", 20),
        (120, "0.10", 24),
        (120, "0.05", 41),
        (300, "0.10", 27),
        (300, "0.05", 50),
        (6000, "0.10", 29),
        (6000, "0.05", 58),
    ],
)
def test_size_that_proves_the_tolerance(frame: int, tolerance: str, size: int) -> None:
    assert proof.size_for(frame, tolerance=tolerance, confidence=NINETY_FIVE) == size
    bad = proof.tolerated(frame, tolerance) + 1
    chance = [proof.chance_of_at_most(0, frame=frame, bad=bad, drawn=drawn) for drawn in (size - 1, size)]
    assert chance[0] > Fraction(1, 20) >= chance[1]


@pytest.mark.parametrize(
    ("frame", "drawn", "failed", "most", "percent"),
    [
        (60, 10, 0, 14, 23.3),
        (300, 30, 1, 42, 14.0),
        (60, 6, 0, 22, 36.7),
        (60, 60, 3, 3, 5.0),
        (60, 0, 0, 60, 100.0),
    ],
)
def test_bound_on_the_bad_ones(frame: int, drawn: int, failed: int, most: int, percent: float) -> None:
    found = proof.most_bad(frame, drawn=drawn, failed=failed, confidence=NINETY_FIVE)
    assert (found, round(100 * found / frame, 1)) == (most, percent)


def test_chance_is_that_of_counting_all_samples() -> None:
    rows = [1, 1, 1, 0, 0, 0, 0]
    samples = list(combinations(rows, 3))
    for failed in range(4):
        counted = Fraction(sum(sum(sample) <= failed for sample in samples), len(samples))
        assert proof.chance_of_at_most(failed, frame=7, bad=3, drawn=3) == counted


@given(st.integers(1, 80), st.data())
def test_bound_is_the_largest_that_is_not_ruled_out(frame: int, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(0, frame))
    failed = data.draw(st.integers(0, drawn))
    most = proof.most_bad(frame, drawn=drawn, failed=failed, confidence=NINETY_FIVE)
    possible = [
        bad
        for bad in range(failed, frame - (drawn - failed) + 1)
        if proof.chance_of_at_most(failed, frame=frame, bad=bad, drawn=drawn) > Fraction(1, 20)
    ]
    assert most == max(possible)
    fewest = proof.fewest_bad(frame, drawn=drawn, failed=failed, confidence=NINETY_FIVE)
    assert failed <= fewest <= most


def test_bounds_of_strata_are_added_with_the_error_split() -> None:
    strata = [(60, 20, 0), (120, 24, 1)]
    single = [
        proof.most_bad(frame, drawn=drawn, failed=failed, confidence="0.975")
        for frame, drawn, failed in strata
    ]
    assert proof.most_bad_in_all(strata, confidence=NINETY_FIVE) == sum(single)
    assert proof.most_bad_in_all([(60, 10, 0)], confidence=NINETY_FIVE) == 14


def test_what_is_enough_by_stratum_proves_the_whole() -> None:
    strata = [(33, 1), (32, 0), (11, 0), (54, 2)]
    each = 1 - Fraction(1, 20) / len(strata)
    sizes = [
        proof.size_for(frame, tolerance="0.10", confidence=each, failed=failed) for frame, failed in strata
    ]
    drawn = [(frame, size, failed) for (frame, failed), size in zip(strata, sizes, strict=True)]
    whole = sum(frame for frame, _failed in strata)
    assert proof.most_bad_in_all(drawn, confidence=NINETY_FIVE) <= proof.tolerated(whole, "0.10")


def test_a_claim_for_every_stratum_draws_from_each_what_proves_it() -> None:
    frame = [(case, "east" if case < 60 else "west") for case in range(180)]
    each = propose(frame, Asked(Claim.STRATA, 10, 95, None), experts=2, minutes=15)
    assert each.sizes == {"east": 20, "west": 24}
    assert [(row.most_bad, row.is_proven) for row in each.strata] == [(6, True), (12, True)]
    assert each.hours == 22.0
    usual = propose(frame, Asked(Claim.COUNTY, 10, 95, 10), experts=1, minutes=15)
    assert (usual.sizes, usual.size) == ({"east": 6, "west": 12}, 18)
    assert [row.is_proven for row in usual.strata] == [False, False]


def printed(*words: str) -> str:
    out = StringIO()
    call_command("sampling", *words, stdout=out)
    return out.getvalue().strip()


def test_command_line_prints_size_and_bound() -> None:
    assert printed("size", "--frame", "60", "--tolerance", "0.10", "--confidence", "0.95") == "20"
    assert printed("bound", "--frame", "60", "--drawn", "10", "--failed", "0", "--confidence", "0.95") == "14"
    with pytest.raises(CommandError):
        printed("bound", "--frame", "6", "--drawn", "10", "--failed", "0")


@pytest.mark.scale
@pytest.mark.parametrize(("frame", "tolerance"), [(60, "0.10"), (300, "0.05")])
def test_sizes_and_bounds_hold_in_simulation(frame: int, tolerance: str) -> None:
    """A frame just beyond the tolerance passes, and a bound is too low, in at most about 5 of 100 samples."""
    rng, rounds = random.Random(frame), 20_000
    bad = proof.tolerated(frame, tolerance) + 1
    size = proof.size_for(frame, tolerance=tolerance, confidence=NINETY_FIVE)
    rows = [1] * bad + [0] * (frame - bad)
    bounds = [
        proof.most_bad(frame, drawn=size, failed=failed, confidence=NINETY_FIVE)
        for failed in range(min(bad, size) + 1)
    ]
    found = [sum(rng.sample(rows, size)) for _round in range(rounds)]
    passed = sum(failed == 0 for failed in found) / rounds
    too_low = sum(bounds[failed] < bad for failed in found) / rounds
    exact = float(proof.chance_of_at_most(0, frame=frame, bad=bad, drawn=size))
    assert abs(passed - exact) < 0.006
    assert passed <= 0.056
    assert too_low <= 0.056
