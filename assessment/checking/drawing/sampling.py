"""The draw as pure functions: same frame, seed and sizes give the same cases on any machine.

A frame is a list of (case id, stratum); a frame that is not divided has one stratum, the empty text.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

Row = tuple[int, str]


def frame_hash(frame: Iterable[Row]) -> str:
    """Return the SHA-256 of a frame: a line per case in ascending order of ids, the stratum after a space."""
    lines = (f"{case} {stratum}".rstrip() for case, stratum in sorted(map(tuple, frame)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def seed_hash(seed: str) -> str:
    """Return the SHA-256 of a seed, by which it is committed before it is shown."""
    return hashlib.sha256(seed.encode()).hexdigest()


def is_as_committed(frame: Iterable[Row], frame_sha256: str, seed: str, seed_sha256: str) -> bool:
    """Say whether frame and seed are those whose hashes were written down before the draw."""
    return frame_hash(frame) == frame_sha256 and seed_hash(seed) == seed_sha256


def key_of(seed: str, words: str) -> str:
    """Return what orders the cases: the committed seed, and after a slash the words said at the draw."""
    return f"{seed}/{words}" if words else seed


def order(cases: Iterable[int], key: str) -> list[int]:
    """Return case ids ordered by SHA-256 of `key:id`."""
    return sorted(set(cases), key=lambda case: hashlib.sha256(f"{key}:{case}".encode()).hexdigest())


def draw(frame: Iterable[Row], key: str, sizes: Mapping[str, int]) -> list[int]:
    """Return the first ids of every stratum in the order of `key`, all of them in that order.

    Raises ValueError where a stratum has fewer cases than `sizes` asks for, or none are asked for.
    """
    strata = by_stratum(frame)
    if not sum(sizes.values()):
        raise ValueError("at least one case has to be drawn")
    for stratum, size in sizes.items():
        if not 0 <= size <= len(strata[stratum]):
            raise ValueError(f"{size} of {len(strata[stratum])} cases cannot be drawn")
    chosen = [case for stratum, size in sizes.items() for case in order(strata[stratum], key)[:size]]
    return order(chosen, key)


def draw_on(frame: Iterable[Row], key: str, stages: Iterable[Mapping[str, int]]) -> list[int]:
    """Return what a draw and its enlargements give: the cases of each stage behind those drawn before."""
    rows, found = list(frame), list[int]()
    for sizes in stages:
        known = set(found)
        found += [case for case in draw(rows, key, sizes) if case not in known]
    return found


def by_stratum(frame: Iterable[Row]) -> dict[str, list[int]]:
    """Return the case ids of each stratum."""
    found: dict[str, list[int]] = defaultdict(list)
    for case, stratum in frame:
        found[stratum].append(case)
    return found


def stratum_sizes(frame: Iterable[Row]) -> dict[str, int]:
    """Return how many cases each stratum holds, in the order of their names."""
    return dict(sorted(Counter(stratum for _case, stratum in frame).items()))


def share_of(count: int, percent: int) -> int:
    """Return how many rows `percent` of `count` are, rounded up, at least one."""
    return max(1, -(-count * percent // 100))


def grown(total: int, over: Mapping[str, int], enough: Mapping[str, int]) -> dict[str, int]:
    """Divide `total` so that every stratum gets what is `enough` for it, the rest in proportion.

    Where the total does not reach that far it is spread in proportion alone.
    """
    rest = total - sum(enough.values())
    if rest < 0:
        return spread(total, over)
    left = {name: size - enough[name] for name, size in over.items() if size > enough[name]}
    more = spread(rest, left) if left and rest >= len(left) else {}
    return {name: enough[name] + more.get(name, 0) for name in over}


def spread(total: int, over: Mapping[str, int]) -> dict[str, int]:
    """Divide `total` over strata of these sizes in proportion, by largest remainder, at least one each.

    More than a stratum holds is not asked of it; so few rows as there are strata, or fewer, give one each.
    """
    whole = sum(over.values())
    total = max(min(total, whole), len(over))
    given = {name: max(1, total * size // whole) for name, size in over.items()}
    by_rest = sorted(over, key=lambda name: (-(total * over[name] % whole), name))
    for name in [*by_rest, *by_rest]:
        if sum(given.values()) < total and given[name] < over[name]:
            given[name] += 1
    return given
