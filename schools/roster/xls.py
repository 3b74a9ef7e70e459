"""Reading .xls (BIFF): formulas, merged cells and size from its records, values through xlrd."""

import io
import struct
from dataclasses import dataclass, field
from typing import Any

import xlrd

from schools.roster.faults import FileRefused
from schools.roster.tables import (
    COLUMNS_MOST,
    HEADING_ROWS,
    ROWS_MOST,
    Formula,
    Grid,
    Range,
    Row,
    is_blank,
    too_many_rows,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_DOCUMENTS = ("WordDocument", "PowerPoint Document", "VisioDocument", "__properties_version1.0")
BEGIN, END, MERGED = 0x0809, 0x000A, 0x00E5
FORMULAS = (0x0006, 0x0206, 0x0406)
FILLED = (*FORMULAS, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00D6, 0x00FD)  # numbers, texts, truths
SPOILED = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    MemoryError,
    NotImplementedError,
)


@dataclass
class Measure:
    """What a sheet's records tell: filled rows and formulas by place (from 0), merged cells (from 1)."""

    filled: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)


def read_xls(content: bytes) -> Grid:
    """Return the first visible sheet that holds something; raises FileRefused."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileRefused("locked")
    if any(word.encode("utf-16-le") in content for word in OTHER_DOCUMENTS):
        raise FileRefused("not-a-table")
    try:
        with xlrd.open_workbook(
            file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            return _grid(book)
    except SPOILED as error:
        is_locked = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise FileRefused("locked" if is_locked else "truncated") from None


def _grid(book: xlrd.Book) -> Grid:
    measures = [_measure(book.mem, at) for at in book._sh_abs_posn]
    filled = [at for at, measure in enumerate(measures) if measure.filled]
    filled.sort(key=lambda at: book._sheet_visibility[at] != 0)
    if not filled:
        raise FileRefused("empty")
    names = book.sheet_names()
    at, *others = filled
    sheet = book.sheet_by_index(at)
    unread = [names[other] for other in others if book._sheet_visibility[other] == 0]
    return Grid("xls", sheet.name, _rows(book, sheet, measures[at]), measures[at].merged, unread)


def _measure(records: bytes, at: int) -> Measure:
    """Walk the records of one sheet, from its beginning to its end."""
    measure, depth = Measure(), 0
    while at + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, at)
        if kind == BEGIN:
            depth += 1
        elif kind == END:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and kind in FILLED and size >= 4:
            row, column = struct.unpack_from("<HH", records, at + 4)
            measure.filled.add(row)
            if kind in FORMULAS:
                measure.formulas.add((row, column))
        elif depth == 1 and kind == MERGED:
            measure.merged += _merged(records[at + 4 : at + 4 + size])
        if len(measure.filled) > ROWS_MOST + HEADING_ROWS:
            raise too_many_rows()
        at += 4 + size
    return measure


def _merged(data: bytes) -> list[Range]:
    (count,) = struct.unpack_from("<H", data)
    ranges = struct.iter_unpack("<4H", data[2 : 2 + 8 * count])
    return [(top + 1, left + 1, bottom + 1, right + 1) for top, bottom, left, right in ranges]


def _rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet, measure: Measure) -> list[Row]:
    rows: list[Row] = []
    for number in sorted(measure.filled):
        cells = sheet.row(number)[:COLUMNS_MOST]
        values = [
            Formula(cell.value) if (number, column) in measure.formulas else _value(book, cell)
            for column, cell in enumerate(cells)
        ]
        if not is_blank(values):
            rows.append((number + 1, values))
    return rows


def _value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Any:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Formula(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return cell.value
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
