"""A plot as a page shows it: its finding in a sentence, the same figures as a table, its heights and its version."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from schools.plots.bars import Bar, bars, height_of_bars
from schools.plots.drawing import DRAWING, SIZES, Look


@dataclass(frozen=True)
class Picture:
    """One plot: `draw` makes the image, `rows` are the same figures for the table, `heights` by size."""

    title: str
    finding: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    heights: dict[str, int]
    draw: Callable[[Look], bytes]
    notes: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The same for the same figures in the same language."""
        told = repr((DRAWING, self.title, self.finding, self.rows, self.notes, get_language()))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def wide(self) -> tuple[int, int]:
        return SIZES["wide"][0], self.heights["wide"]

    @property
    def narrow(self) -> tuple[int, int]:
        return SIZES["narrow"][0], self.heights["narrow"]


def of_bars(
    title: str, finding: str, headings: tuple[str, ...], rows: Sequence[Bar], table: list[tuple[str, ...]]
) -> Picture:
    heights = {size: height_of_bars(rows, size) for size in SIZES}
    return Picture(title, finding, headings, table, heights, lambda look: bars(title, rows, look))
