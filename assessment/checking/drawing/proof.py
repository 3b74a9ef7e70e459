"""What a sample without replacement proves about a frame: the exact hypergeometric distribution, no rounding.

Source: the distribution of bad rows among `drawn` out of `frame` of which `bad` are bad; one-sided bounds are
those of acceptance sampling (the largest count of bad rows that the sample does not rule out).
"""

from collections.abc import Sequence
from fractions import Fraction
from math import comb

Share = Fraction | int | str


def chance_of_at_most(failed: int, *, frame: int, bad: int, drawn: int) -> Fraction:
    """Return the exact chance that at most `failed` of `drawn` rows are bad if `bad` of `frame` are."""
    first = max(0, drawn - (frame - bad))
    ways = sum(
        comb(bad, count) * comb(frame - bad, drawn - count)
        for count in range(first, min(failed, bad, drawn) + 1)
    )
    return Fraction(ways, comb(frame, drawn))


def tolerated(frame: int, tolerance: Share) -> int:
    """Return how many bad rows are tolerated: the share of the frame, rounded down."""
    return int(Fraction(tolerance) * frame)


def size_for(frame: int, *, tolerance: Share, confidence: Share, failed: int = 0) -> int:
    """Return the fewest rows to draw so that at most `failed` bad ones among them prove the tolerance kept.

    Proven means: were one more than tolerated bad, so few would be found with a chance of at most
    1 - `confidence`. Where no smaller sample proves it, that is the whole frame.
    """
    check(frame, confidence)
    bad, risk = tolerated(frame, tolerance) + 1, 1 - Fraction(confidence)
    if bad > frame:
        return 1
    low, high = 1, frame
    while low < high:
        middle = (low + high) // 2
        if chance_of_at_most(failed, frame=frame, bad=bad, drawn=middle) <= risk:
            high = middle
        else:
            low = middle + 1
    return low


def most_bad(frame: int, *, drawn: int, failed: int, confidence: Share) -> int:
    """Return the bound: the most bad rows that the frame may hold when `failed` of `drawn` were bad."""
    check(frame, confidence)
    check_draw(frame, drawn, failed)
    risk = 1 - Fraction(confidence)
    low, high = failed, frame - (drawn - failed)
    while low < high:
        middle = (low + high + 1) // 2
        if chance_of_at_most(failed, frame=frame, bad=middle, drawn=drawn) > risk:
            low = middle
        else:
            high = middle - 1
    return low


def fewest_bad(frame: int, *, drawn: int, failed: int, confidence: Share) -> int:
    """Return the fewest bad rows that the frame holds at this confidence: the bound from the other side."""
    good = most_bad(frame, drawn=drawn, failed=drawn - failed, confidence=confidence)
    return frame - good


def most_bad_in_all(strata: Sequence[tuple[int, int, int]], *, confidence: Share) -> int:
    """Return the bound of several (frame, drawn, failed) together: their own bounds, the error split among them."""
    if not strata:
        return 0
    each = 1 - (1 - Fraction(confidence)) / len(strata)
    return sum(
        most_bad(frame, drawn=drawn, failed=failed, confidence=each) for frame, drawn, failed in strata
    )


def check(frame: int, confidence: Share) -> None:
    """Raise ValueError for an empty frame or a confidence that is none."""
    if frame < 1:
        raise ValueError(f"a frame has at least one row, not {frame}")
    if not 0 < Fraction(confidence) < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not {confidence}")


def check_draw(frame: int, drawn: int, failed: int) -> None:
    """Raise ValueError for a draw that the frame cannot give."""
    if not 0 <= drawn <= frame:
        raise ValueError(f"{drawn} of {frame} rows cannot be drawn")
    if not 0 <= failed <= drawn:
        raise ValueError(f"{failed} of {drawn} drawn rows cannot have failed")
