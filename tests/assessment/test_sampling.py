"""The draw: reproducible from seed and frame, and as large as asked."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.checking.drawing.sampling import (
    by_stratum,
    draw,
    draw_on,
    frame_hash,
    grown,
    key_of,
    share_of,
    spread,
    stratum_sizes,
)

STRATA = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=1)


def plain(cases: object) -> list[tuple[int, str]]:
    return [(case, "") for case in cases]  # type: ignore[attr-defined]


def test_draw_is_the_first_n_by_hash_of_seed_and_case() -> None:
    frame = [5, 3, 11, 7]
    by_hand = sorted(frame, key=lambda case: hashlib.sha256(f"seed:{case}".encode()).hexdigest())
    assert draw(plain(frame), "seed", {"": 3}) == by_hand[:3]


def test_draw_does_not_depend_on_the_order_of_the_frame() -> None:
    there = plain(range(100))
    assert draw(there, "s", {"": 10}) == draw(there[::-1], "s", {"": 10})
    assert frame_hash([(3, "b"), (1, "a")]) == frame_hash([(1, "a"), (3, "b")])
    assert frame_hash([(3, "b"), (1, "a")]) != frame_hash([(3, "a"), (1, "b")])


def test_another_seed_or_other_words_draw_others() -> None:
    frame, sizes = plain(range(1000)), {"": 20}
    found = {
        tuple(draw(frame, key, sizes)) for key in ("one", "two", key_of("one", "rain"), key_of("one", ""))
    }
    assert len(found) == 3


def test_every_stratum_gives_its_own_first_cases() -> None:
    frame = [(case, "ab"[case % 2]) for case in range(40)]
    chosen = draw(frame, "s", {"a": 3, "b": 5})
    strata = by_stratum(frame)
    assert Counter("ab"[case % 2] for case in chosen) == {"a": 3, "b": 5}
    assert {case for case in chosen if case % 2 == 0} == set(draw(plain(strata["a"]), "s", {"": 3}))


def test_an_enlargement_keeps_what_was_drawn_and_goes_on_in_the_same_order() -> None:
    frame = plain(range(50))
    assert draw_on(frame, "s", [{"": 5}, {"": 12}]) == draw(frame, "s", {"": 12})


@pytest.mark.parametrize("size", [0, 5])
def test_draw_beyond_the_frame_is_refused(size: int) -> None:
    with pytest.raises(ValueError):
        draw(plain([1, 2, 3, 4]), "seed", {"": size})


@pytest.mark.parametrize(("frame", "percent", "size"), [(60, 10, 6), (61, 10, 7), (3, 10, 1), (10, 100, 10)])
def test_share_is_rounded_up(frame: int, percent: int, size: int) -> None:
    assert share_of(frame, percent) == size


@given(STRATA, st.integers(1, 400))
def test_a_size_is_spread_in_proportion(strata: dict[str, int], total: int) -> None:
    given_out = spread(total, strata)
    whole = sum(strata.values())
    assert set(given_out) == set(strata)
    assert all(1 <= given_out[name] <= size for name, size in strata.items())
    wanted = max(min(total, whole), len(strata))
    assert sum(given_out.values()) >= wanted
    assert all(given_out[name] <= total * size / whole + len(strata) for name, size in strata.items())


def test_what_grows_gives_every_stratum_enough_first() -> None:
    over, enough = {"a": 60, "b": 120, "c": 10}, {"a": 20, "b": 24, "c": 10}
    assert grown(54, over, enough) == enough
    assert grown(74, over, enough) == {"a": 26, "b": 38, "c": 10}
    assert grown(19, over, enough) == spread(19, over)


def test_strata_are_counted_by_name() -> None:
    assert stratum_sizes([(1, "b"), (2, "a"), (3, "b")]) == {"a": 1, "b": 2}
