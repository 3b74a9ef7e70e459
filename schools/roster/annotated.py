"""The error workbook: the file's own rows in their places, each refused cell marked and explained."""

import io
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from schools.roster.columns import AS_TEXT
from schools.roster.faults import Refusal
from schools.roster.tables import Table

RED = PatternFill("solid", fgColor="FFF4B6B6")
TEXT_MOST = 32_000  # characters that a cell takes
CHECK_ROWS = 1_000  # empty rows below the list that are formatted as text as well


def annotated(table: Table, refusals: list[Refusal]) -> bytes:
    """Return the bytes of an .xlsx with the same addresses as the file and one more column of sentences."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = table.sheet.translate({ord(sign): " " for sign in r"[]:*?/\ "})[:31].strip() or "1"
    rows = {number: cells for number, cells in table.grid.rows}
    last = max(len(cells) for cells in rows.values())
    for number, cells in rows.items():
        for column, value in enumerate(cells, 1):
            if value is not None:
                write(sheet.cell(number, column), value)
    sheet.freeze_panes = sheet.cell(table.heading_line + 1, 1)
    for heading in AS_TEXT:
        if heading in table.columns:
            _as_text_column(sheet, table.columns[heading], max(rows) + CHECK_ROWS)
    _mark(sheet, refusals, table.heading_line, _last_filled(rows, last) + 1)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def write(cell: Cell, value: Any) -> None:
    """Write a value so that it stays what it is: text never becomes a formula or a number."""
    if isinstance(value, bool | int | float | datetime | date):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:TEXT_MOST]
    cell.data_type = "s"
    cell.quotePrefix = cell.value[:1] in ("=", "+", "-", "@")


def _last_filled(rows: dict[int, list[Any]], last: int) -> int:
    filled = (
        column
        for cells in rows.values()
        for column, value in enumerate(cells, 1)
        if value is not None and str(value).strip()
    )
    return min(last, max(filled))


def _as_text_column(sheet: Worksheet, column: int, until: int) -> None:
    sheet.column_dimensions[get_column_letter(column)].number_format = "@"
    sheet.column_dimensions[get_column_letter(column)].width = 22
    for (cell,) in sheet.iter_rows(min_col=column, max_col=column, max_row=until):
        cell.number_format = "@"


def _mark(sheet: Worksheet, refusals: list[Refusal], heading_line: int, column: int) -> None:
    """Colour each refused cell, hang the sentence on it, and repeat it at the row's end."""
    sheet.cell(heading_line, column, _("What to mend")).font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(column)].width = 80
    for refusal in refusals:
        row, at = coordinate_to_tuple(refusal.cell)
        cell, end = sheet.cell(row, at), sheet.cell(row, column)
        cell.fill = RED
        cell.comment = Comment(refusal.sentence, _("Roster check"), width=360, height=110)
        write(end, f"{end.value} {refusal.sentence}" if end.value else refusal.sentence)
