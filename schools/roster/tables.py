"""A roster as a table: where its headings stand, which of them are known, and its rows with their types."""

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import tablib
from openpyxl.utils import get_column_letter

from schools.roster.columns import HEADINGS, ID_NUMBER, NAME, REQUIRED, plain_heading
from schools.roster.faults import FileRefused

ROWS_MOST = 20_000
COLUMNS_MOST = 60
HEADING_ROWS = 10  # the headings are looked for this far down
Range = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 1
Row = tuple[int, list[Any]]  # number in the sheet, cells


class Formula(str):
    """The text of a cell that is a formula or an error value."""


@dataclass
class Grid:
    """A sheet as a reader found it: rows that are not blank, merged cells, names of sheets left unread."""

    kind: str
    sheet: str
    rows: list[Row]
    merged: list[Range] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass
class Table:
    """A roster whose headings were found; `columns` gives each known heading's column, counted from 1."""

    grid: Grid
    heading_line: int
    columns: dict[str, int]
    unknown: list[str]
    rows: list[Row]

    @property
    def sheet(self) -> str:
        return self.grid.sheet

    def cell(self, line: int, heading: str) -> str:
        """Return an address like `B7`."""
        return f"{get_column_letter(self.columns[heading])}{line}"

    def dataset(self) -> tablib.Dataset:
        """Return the known columns for import-export, one row per person, types kept."""
        dataset = tablib.Dataset(headers=list(self.columns))
        for _number, cells in self.rows:
            dataset.append([cell_at(cells, column) for column in self.columns.values()])
        return dataset


def cell_at(cells: list[Any], column: int) -> Any:
    """Return the value in a column counted from 1, or None beyond the row's end."""
    return cells[column - 1] if column <= len(cells) else None


def is_blank(cells: list[Any]) -> bool:
    """Say whether a row holds nothing but spaces."""
    return all(value is None or (isinstance(value, str) and not value.strip()) for value in cells)


def too_many_rows() -> FileRefused:
    return FileRefused("too-many-rows", most=ROWS_MOST)


def table_of(grid: Grid) -> Table:
    """Find the headings of `grid`; raises FileRefused where they are merged, missing or stand alone."""
    if not grid.rows:
        raise FileRefused("empty", sheet=grid.sheet)
    at = _heading_row(grid.rows)
    line, headings = grid.rows[at]
    _refuse_merged(grid, line)
    columns, unknown = _sorted_headings(grid, line, headings)
    missing = [heading for heading in REQUIRED if heading not in columns]
    if missing:
        raise FileRefused("missing-columns", sheet=grid.sheet, line=line, missing="、".join(missing))
    known = list(columns.values())
    rows = [row for row in grid.rows[at + 1 :] if not is_blank([cell_at(row[1], column) for column in known])]
    if not rows:
        raise FileRefused("empty", sheet=grid.sheet)
    if len(rows) > ROWS_MOST:
        raise too_many_rows()
    return Table(grid, line, columns, unknown, rows)


def _heading_row(rows: list[Row]) -> int:
    """Return the position of the row that holds name and identity number, or else most known headings."""
    known: list[int] = []
    for _number, cells in islice(rows, HEADING_ROWS):
        headings = {plain_heading(value) for value in cells}
        if {NAME, ID_NUMBER} <= headings:
            return len(known)
        known.append(len(headings & set(HEADINGS)))
    return known.index(max(known))


def _refuse_merged(grid: Grid, line: int) -> None:
    for first_row, first_column, last_row, last_column in sorted(grid.merged):
        if first_row <= line:
            first = f"{get_column_letter(first_column)}{first_row}"
            place = f"{first}:{get_column_letter(last_column)}{last_row}"
            raise FileRefused("merged-headings", sheet=grid.sheet, cell=place)


def _sorted_headings(grid: Grid, line: int, cells: list[Any]) -> tuple[dict[str, int], list[str]]:
    columns: dict[str, int] = {}
    unknown: list[str] = []
    for column, value in enumerate(cells, 1):
        heading = plain_heading(value)
        if heading in columns:
            place = f"{get_column_letter(column)}{line}"
            raise FileRefused("repeated-columns", sheet=grid.sheet, cell=place, heading=heading)
        if heading in HEADINGS:
            columns[heading] = column
        elif heading:
            unknown.append(str(value).strip()[:40])
    return columns, unknown
