"""Counters as figures: people and submissions by how far they are, and shares as heat cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.programme.models import SchoolProgress

FIGURES = (
    "participants",
    "chosen",
    "draft",
    "submitted",
    "returned",
    "passed",
    "failed",
    "accepted",
    "overturned",
    "credits_accepted",
)


@dataclass(frozen=True)
class Figures:
    """Sums of counters: people, and submissions by how far they are."""

    participants: int
    chosen: int
    begun: int
    handed_in: int
    passed: int
    accepted: int
    credits: int


@dataclass(frozen=True)
class Whole:
    """A county's or a school's figures and how many submissions there are to do: what its plots show."""

    figures: Figures
    planned: int


@dataclass(frozen=True)
class Cell:
    """A share as a heat cell: level 0 to 5 and the figures it comes from."""

    level: int
    done: int
    total: int
    url: str = ""


def counters_of(row: SchoolProgress) -> dict[str, int]:
    """Return the counters of a school by name."""
    return {name: getattr(row, name) for name in FIGURES}


def figures_of(counters: Mapping[str, int]) -> Figures:
    """Return the sums out of counters by name; begun holds drafts too, passed holds accepted."""
    handed_in = sum(
        counters[name] for name in ("submitted", "returned", "passed", "failed", "accepted", "overturned")
    )
    return Figures(
        counters["participants"],
        counters["chosen"],
        counters["draft"] + handed_in,
        handed_in,
        counters["passed"] + counters["accepted"],
        counters["accepted"],
        counters["credits_accepted"],
    )


def total(rows: Iterable[Figures]) -> Figures:
    """Return the sums of all rows."""
    figures = list(rows)
    return Figures(*(sum(getattr(row, name) for row in figures) for name in Figures.__dataclass_fields__))


def cell(done: int, total: int, url: str = "") -> Cell:
    """Return level 0 for nothing, 5 for everything, 1 to 4 by quarters between."""
    if done <= 0 or total <= 0:
        return Cell(0, done, total, url)
    return Cell(5 if done >= total else 1 + done * 4 // total, done, total, url)


def share(done: int, total: int) -> float:
    """Return done of total between 0 and 1; nothing of nothing is 0."""
    return min(1.0, max(0.0, done / total)) if total > 0 else 0.0


def percent(done: int, total: int) -> int:
    """Return the share in whole percent; 100 only for everything."""
    return int(share(done, total) * 100)
