"""The credit planner: what a choice of points adds up to and what would complete it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

PREFERRED_SIZE = 4


def total(credits: Mapping[str, int], chosen: Iterable[str]) -> int:
    """Credits of the chosen codes, each counted once; KeyError for a code without credits."""
    return sum(credits[code] for code in set(chosen))


def missing(credits: Mapping[str, int], chosen: Iterable[str], target: int = 20) -> int:
    """Credits still lacking to `target`, never below zero."""
    return max(0, target - total(credits, chosen))


def completions(
    credits: Mapping[str, int],
    chosen: Iterable[str],
    target: int = 20,
    allowed: Collection[str] | None = None,
    limit: int | None = None,
) -> list[tuple[str, ...]]:
    """
    Minimal sets of further points with which the choice reaches `target`.

    Minimal: without any one of its points the set falls short. Sets come smallest first, then with
    the fewest surplus credits, then in code order (A2 before A10); codes inside a set are in code order.
    `allowed` narrows the further points, `limit` the number of sets. `[()]` when nothing is missing,
    `[]` when the target is out of reach. Credits must be positive.

    Bound: sets of up to four points are given, larger ones only of the smallest size that can reach
    the target. No subset is tried in vain: sums that the remaining points can still make are tabled
    first (points × size integers per size and surplus), so the work grows with the answer, at most
    31,930 sets of up to four out of 30 points; with `limit` it is constant for practical purposes.
    """
    taken = set(chosen)
    lacking = missing(credits, taken, target)
    free = {
        code: credits[code]
        for code in sorted(credits, key=_code_order)
        if code not in taken and (allowed is None or code in allowed)
    }
    return list(islice(_minimal_sets(free, lacking), limit))


def _minimal_sets(free: Mapping[str, int], lacking: int) -> Iterator[tuple[str, ...]]:
    if not lacking:
        yield ()
        return
    smallest = _smallest_size(free, lacking)
    if smallest is None:
        return
    for size in range(smallest, max(PREFERRED_SIZE, smallest) + 1):
        for surplus in range(max(free.values())):
            # Every point of a minimal set is worth more than the surplus: else it could be dropped.
            worthy = [(code, worth) for code, worth in free.items() if worth > surplus]
            yield from _sets_adding_up(worthy, size, lacking + surplus)


def _smallest_size(free: Mapping[str, int], lacking: int) -> int | None:
    reached = 0
    for size, worth in enumerate(sorted(free.values(), reverse=True), start=1):
        reached += worth
        if reached >= lacking:
            return size
    return None


def _sets_adding_up(points: list[tuple[str, int]], size: int, wanted: int) -> Iterator[tuple[str, ...]]:
    """Sets of exactly `size` points worth exactly `wanted`, in the order of `points`."""
    sums = _reachable_sums(points, size)

    def walk(start: int, left: int, short: int) -> Iterator[tuple[str, ...]]:
        if not left:
            yield ()
            return
        for index in range(start, len(points)):
            code, worth = points[index]
            rest = short - worth
            if rest >= 0 and sums[index + 1][left - 1] >> rest & 1:
                for others in walk(index + 1, left - 1, rest):
                    yield (code, *others)

    return walk(0, size, wanted)


def _reachable_sums(points: list[tuple[str, int]], size: int) -> list[list[int]]:
    """`[first][count]`: bit n is set when `count` of the points from `first` on are worth n together."""
    sums = [[1] + [0] * size]
    for _, worth in reversed(points):
        later = sums[-1]
        taking = [0] + [bits << worth for bits in later[:-1]]
        sums.append([without | with_it for without, with_it in zip(later, taking, strict=True)])
    return sums[::-1]


def _code_order(code: str) -> list[tuple[int, str]]:
    """A key by which A2 stands before A10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", code)]
