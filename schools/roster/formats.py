"""What a roster file is, told from its bytes: .xlsx, .xls, or .csv in UTF-8 or GB 18030."""

import csv
import io
import re
from pathlib import PurePath
from typing import Any

import tablib
from import_export.formats.base_formats import Format

from schools.roster.columns import HEADINGS, plain_heading
from schools.roster.faults import FileRefused
from schools.roster.tables import (
    COLUMNS_MOST,
    HEADING_ROWS,
    ROWS_MOST,
    Formula,
    Grid,
    Row,
    Table,
    is_blank,
    table_of,
    too_many_rows,
)
from schools.roster.xls import OLE, read_xls
from schools.roster.xlsx import read_xlsx

BYTES_MOST = 20_000_000
MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv",
}
FOREIGN = (b"%PDF-", b"{\\rtf", b"Rar!", b"<")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}


class RosterFormat(Format):
    """A format for import-export that sniffs which of the three kinds of table it was given."""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        return "roster"

    def get_extension(self) -> str:
        return "xlsx"

    def can_import(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        """Return the known columns of the file's bytes; raises FileRefused."""
        return read_table(in_stream, "").dataset()


def refuse_size(size: int) -> None:
    """Refuse a file of so many bytes before it is read."""
    if size > BYTES_MOST:
        raise FileRefused("too-large", most=ROWS_MOST)


def read_table(content: bytes, name: str) -> Table:
    """Return the roster in `content`; `name` only gives a .csv the sheet's name that Excel would show."""
    grid = read_grid(content, name)
    headings = (plain_heading(cell) for _number, cells in grid.rows[:HEADING_ROWS] for cell in cells)
    if grid.kind == "csv" and not any(heading in HEADINGS for heading in headings):
        raise FileRefused("not-a-table")
    return table_of(grid)


def read_grid(content: bytes, name: str) -> Grid:
    """Return the first filled sheet of any table, whatever its headings; raises FileRefused."""
    refuse_size(len(content))
    if not content.strip():
        raise FileRefused("empty")
    if content.startswith(b"PK"):
        return read_xlsx(content)
    if content.startswith(OLE):
        return read_xls(content)
    return read_csv(content, PurePath(name).stem[:31])


def read_csv(content: bytes, sheet: str) -> Grid:
    """Read comma or tab separated text; without types, so that formulas are known by their sign only."""
    text = _decoded(content)
    if CONTROLS.search(text):
        raise FileRefused("not-a-table")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if not is_blank(cells):
                rows.append((number, [_typed(cell) for cell in cells[:COLUMNS_MOST]]))
            if len(rows) > ROWS_MOST + HEADING_ROWS:
                raise too_many_rows()
    except csv.Error:
        raise FileRefused("open-quote", sheet=sheet, line=number + 1) from None
    return Grid("csv", sheet, rows)


def _decoded(content: bytes) -> str:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(FOREIGN):
        raise FileRefused("not-a-table")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("not-a-table")


def _typed(cell: str) -> Any:
    text = cell.strip()
    if text in ERRORS or text.startswith("="):
        return Formula(text)
    # An identity number that Excel once took for a number: 3.41324E+17, or 15 digits and three zeros.
    if re.fullmatch(r"\d(\.\d+)?[Ee]\+?\d+|\d{15}000", text):
        return float(text)
    return cell
