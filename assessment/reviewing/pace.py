"""How far somebody is with a queue, and how long the rest takes at their own median pace."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

LOOKED_AT = 60
FEWEST = 3
NO_READING, A_BREAK = timedelta(seconds=5), timedelta(minutes=30)


@dataclass(frozen=True)
class Progress:
    """`done` of `total`; `minutes_left` is None until the own pace is known."""

    done: int
    total: int
    minutes_left: int | None

    @property
    def hours_left(self) -> int | None:
        """Whole hours where minutes would be too fine, else None."""
        return None if self.minutes_left is None or self.minutes_left < 120 else round(self.minutes_left / 60)


def pace(finished: Sequence[datetime]) -> timedelta | None:
    """Return the median time between finishes, newest first given; neither a break nor a mere click counts."""
    gaps = [later - earlier for later, earlier in pairwise(finished)]
    worked = [gap for gap in gaps if NO_READING <= gap <= A_BREAK]
    if len(worked) < FEWEST:
        return None
    return timedelta(seconds=median(gap.total_seconds() for gap in worked))


def progress(*, finished: Sequence[datetime], done: int, waiting: int) -> Progress:
    """Return how far one is; `finished` are the latest times of finishing, newest first."""
    each = pace(finished)
    minutes = math.ceil(each * waiting / timedelta(minutes=1)) if each is not None else None
    return Progress(done, done + waiting, max(1, minutes) if minutes is not None else None)
