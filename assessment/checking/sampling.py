"""The draw as pure functions: same frame and seed give the same cases on any machine."""

import hashlib
from collections.abc import Iterable


def frame_hash(frame: Iterable[int]) -> str:
    """Return the SHA-256 of a frame: its case ids in ascending order, one a line."""
    return hashlib.sha256("\n".join(str(case) for case in sorted(frame)).encode()).hexdigest()


def draw(frame: Iterable[int], seed: str, size: int) -> list[int]:
    """Return the first `size` case ids ordered by SHA-256 of `seed:id`; raises ValueError beyond the frame."""
    cases = set(frame)
    if not 0 < size <= len(cases):
        raise ValueError(f"{size} of {len(cases)} cases cannot be drawn")
    return sorted(cases, key=lambda case: hashlib.sha256(f"{seed}:{case}".encode()).hexdigest())[:size]


def size_for(frame_size: int, percent: int) -> int:
    """Return how many cases `percent` of a frame are, rounded up, at least one."""
    return max(1, -(-frame_size * percent // 100))
