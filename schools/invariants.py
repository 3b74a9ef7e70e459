"""What must always hold, as checks that every room registers; `manage.py check_invariants` runs them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Found = tuple[int, Iterable[str]]
Check = Callable[[], Found]


@dataclass
class Examined:
    """How many rows one invariant looked at, and which broke it."""

    number: int
    sentence: str
    rows: int = 0
    violations: list[str] = field(default_factory=list)


CHECKS: list[tuple[int, str, Check]] = []


def invariant(number: int, sentence: str) -> Callable[[Check], Check]:
    """Register a check: it returns the number of rows examined and a description of each broken one.

    Several checks may share a number; it runs unscoped over all counties.
    """

    def register(check: Check) -> Check:
        CHECKS.append((number, sentence, check))
        return check

    return register


def examine() -> list[Examined]:
    """Run every check; an invariant for which no row was examined is broken too."""
    results: dict[int, Examined] = {}
    for number, sentence, check in CHECKS:
        result = results.setdefault(number, Examined(number, sentence))
        rows, broken = check()
        result.rows += rows
        result.violations += list(broken)
    for result in results.values():
        if result.rows == 0:
            result.violations.append("no row was examined")
    return sorted(results.values(), key=lambda result: result.number)
