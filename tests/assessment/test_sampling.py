"""The draw: reproducible from seed and frame, and as large as asked."""

import hashlib

import pytest

from assessment.checking.sampling import draw, frame_hash, size_for


def test_draw_is_the_first_n_by_hash_of_seed_and_case() -> None:
    frame = [5, 3, 11, 7]
    by_hand = sorted(frame, key=lambda case: hashlib.sha256(f"seed:{case}".encode()).hexdigest())
    assert draw(frame, "seed", 3) == by_hand[:3]


def test_draw_does_not_depend_on_the_order_of_the_frame() -> None:
    assert draw(range(100), "s", 10) == draw(reversed(range(100)), "s", 10)
    assert frame_hash([3, 1, 2]) == frame_hash([1, 2, 3])


def test_another_seed_draws_others() -> None:
    assert draw(range(1000), "one", 20) != draw(range(1000), "two", 20)


@pytest.mark.parametrize("size", [0, 5])
def test_draw_beyond_the_frame_is_refused(size: int) -> None:
    with pytest.raises(ValueError):
        draw([1, 2, 3, 4], "seed", size)


@pytest.mark.parametrize(("frame", "percent", "size"), [(60, 10, 6), (61, 10, 7), (3, 10, 1), (10, 100, 10)])
def test_share_is_rounded_up(frame: int, percent: int, size: int) -> None:
    assert size_for(frame, percent) == size
