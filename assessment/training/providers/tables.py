"""A provider's file as a table: where its headings stand, whatever they are called and in whatever order."""

import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl.utils import get_column_letter

from assessment.training.providers.faults import ProviderFileRefused
from schools.roster.formats import read_grid
from schools.roster.tables import HEADING_ROWS, Grid, Row, cell_at, is_blank

HEADING_MOST = 60


@dataclass(frozen=True)
class ProviderTable:
    """The rows below the headings; `columns` gives each heading's column, counted from 1."""

    grid: Grid
    line: int
    columns: dict[str, int]
    rows: list[Row]

    def value(self, cells: list[Any], heading: str) -> Any:
        return cell_at(cells, self.columns[heading])

    def cell(self, line: int, heading: str) -> str:
        """Return an address like `B7`."""
        return f"{get_column_letter(self.columns[heading])}{line}"


def heading_of(value: Any) -> str:
    """Return a heading as it is compared: full-width signs made narrow, spaces drawn together."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return " ".join(text.split())[:HEADING_MOST]


def table_of_sample(content: bytes, name: str) -> ProviderTable:
    """Return the table of a file that nobody has mapped yet: its headings are the row with the most texts."""
    grid = filled(read_grid(content, name))
    texts = [
        sum(isinstance(value, str) and bool(value.strip()) for value in cells)
        for _number, cells in islice(grid.rows, HEADING_ROWS)
    ]
    return cut(grid, texts.index(max(texts)), None)


def table_of_import(content: bytes, name: str, wanted: set[str]) -> ProviderTable:
    """Return the table whose headings hold all of `wanted`; raises ProviderFileRefused naming what is missing."""
    grid = filled(read_grid(content, name))
    held = [
        len(wanted & {heading_of(value) for value in cells})
        for _number, cells in islice(grid.rows, HEADING_ROWS)
    ]
    table = cut(grid, held.index(max(held)), wanted)
    if missing := sorted(wanted - set(table.columns)):
        raise ProviderFileRefused(
            "missing-columns", missing="、".join(missing), found="、".join(table.columns) or "—"
        )
    if not table.rows:
        raise ProviderFileRefused("empty")
    return table


def filled(grid: Grid) -> Grid:
    if not grid.rows:
        raise ProviderFileRefused("empty")
    return grid


def cut(grid: Grid, at: int, wanted: set[str] | None) -> ProviderTable:
    """Cut the grid at its headings; one of those wanted may stand only once."""
    line, cells = grid.rows[at]
    columns: dict[str, int] = {}
    for column, value in enumerate(cells, 1):
        heading = heading_of(value)
        if heading in columns and (wanted is None or heading in wanted):
            place = f"{get_column_letter(column)}{line}"
            raise ProviderFileRefused("repeated-columns", heading=heading, cell=place)
        if heading:
            columns.setdefault(heading, column)
    known = list(columns.values()) if wanted is None else [columns[one] for one in wanted if one in columns]
    rows = [row for row in grid.rows[at + 1 :] if not is_blank([cell_at(row[1], column) for column in known])]
    return ProviderTable(grid, line, columns, rows)
