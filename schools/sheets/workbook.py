"""The one place that writes Excel: typed cells, frozen headings, and text that never becomes a formula."""

from collections.abc import Callable, Iterable
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from schools.sheets.rows import Column, Sheet, Value

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
TEXT_FORMAT = "@"
TOLD_EVERY = 200  # rows
HEADING_FILL = PatternFill("solid", fgColor="EEF0F7")


def write(sheets: Iterable[Sheet], target: IO[bytes], told: Callable[[int, int], None]) -> int:
    """Write the sheets to `target` and return how many rows; `told` hears rows done and expected."""
    book, done, expected = Workbook(write_only=True), 0, 0
    for sheet in sheets:
        expected += sheet.size
        page = book.create_sheet(str(sheet.title)[:31])
        dress(page, sheet.columns)
        for row in sheet.rows:
            cells = zip(row, sheet.columns, strict=True)
            page.append([cell(page, value, column) for value, column in cells])
            done += 1
            if done % TOLD_EVERY == 0:
                told(done, max(done, expected))
        told(done, max(done, expected))
    book.save(target)
    return done


def dress(page: WriteOnlyWorksheet, columns: tuple[Column, ...]) -> None:
    """Set widths, freeze the headings and write them."""
    for position, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(position)].width = column.width
    page.freeze_panes = "A2"
    headings = []
    for column in columns:
        heading = text_cell(page, str(column.heading))
        heading.font, heading.fill = Font(bold=True), HEADING_FILL
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        headings.append(heading)
    page.append(headings)


def cell(page: WriteOnlyWorksheet, value: Value, column: Column) -> WriteOnlyCell:
    """Return a number as a number in the column's format, everything else as text."""
    if value is None or isinstance(value, str) or not column.format:
        return text_cell(page, "" if value is None else str(value))
    made = WriteOnlyCell(page, value=value)
    made.number_format = column.format
    return made


def text_cell(page: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """Return a cell that stays text: typed so, and quoted where it begins as a formula does."""
    made = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    made.data_type = "s"
    made.number_format = TEXT_FORMAT
    made.quotePrefix = text.startswith(FORMULA_SIGNS)
    return made
