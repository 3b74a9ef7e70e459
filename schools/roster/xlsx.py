"""Reading .xlsx: the package is measured while it is unpacked, then its first filled sheet is read."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

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

UNPACKED_MOST = 80_000_000  # bytes of all parts that are XML
ROW_BYTES_MOST = 8_000_000
PARTS_MOST = 2_000
PIECE = 1 << 18
ROW_TAG = re.compile(rb"<(?:\w+:)?row[\s>/]")
VALUE_TAG = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")
MERGED_TAG = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+[0-9]+:[A-Z]+[0-9]+)[\"']")
SPOILED = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


@dataclass
class Measure:
    """What a sheet's XML holds: rows with a value, and merged cells."""

    filled: int = 0
    merged: list[Range] = field(default_factory=list)


def read_xlsx(content: bytes) -> Grid:
    """Return the first visible sheet that holds something; raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            measures = _measured(package)
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        filled = [sheet for sheet in workbook.worksheets if _measure_of(sheet, measures).filled]
        filled.sort(key=lambda sheet: sheet.sheet_state != "visible")
        if not filled:
            raise FileRefused("empty")
        sheet = filled[0]
        unread = [other.title for other in filled[1:] if other.sheet_state == "visible"]
        return Grid("xlsx", sheet.title, _rows(sheet), _measure_of(sheet, measures).merged, unread)
    except FileRefused:
        raise
    except SPOILED:
        raise FileRefused("truncated") from None


def _measure_of(sheet: ReadOnlyWorksheet, measures: dict[str, Measure]) -> Measure:
    return measures.get(sheet._worksheet_path.lstrip("/"), Measure())


def _measured(package: zipfile.ZipFile) -> dict[str, Measure]:
    """Measure every sheet of the package, by its path, before anything is parsed."""
    parts = package.infolist()
    names = [part.filename for part in parts]
    if not any(name.endswith("workbook.xml") for name in names):
        raise FileRefused("not-a-table")
    if any("vbaproject" in name.lower() for name in names):
        raise FileRefused("macros")
    if len(parts) > PARTS_MOST:
        raise FileRefused("too-large", most=ROWS_MOST)
    measures = {}
    for part in parts:
        if "worksheets/" in part.filename and part.filename.endswith(".xml"):
            with package.open(part) as stream:
                measures[part.filename] = _measure(stream)
    if sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))) > UNPACKED_MOST:
        raise FileRefused("too-large", most=ROWS_MOST)
    return measures


def _measure(stream: IO[bytes]) -> Measure:
    """Count rows with a value as they come, and stop at once when there are too many."""
    measure, rest, size, is_first = Measure(), b"", 0, True
    while piece := stream.read(PIECE):
        size += len(piece)
        *rows, rest = ROW_TAG.split(rest + piece)
        if rows and is_first:
            rows, is_first = rows[1:], False
        measure.filled += sum(bool(VALUE_TAG.search(row)) for row in rows)
        if measure.filled > ROWS_MOST + HEADING_ROWS:
            raise too_many_rows()
        if size > UNPACKED_MOST or len(rest) > ROW_BYTES_MOST:
            raise FileRefused("too-large", most=ROWS_MOST)
    last, _end, _tail = rest.partition(b"sheetData>")
    measure.filled += bool(not is_first and VALUE_TAG.search(last))
    for match in MERGED_TAG.finditer(rest):
        left, top, right, bottom = range_boundaries(match[1].decode())
        measure.merged.append((top, left, bottom, right))
    return measure


def _rows(sheet: ReadOnlyWorksheet) -> list[Row]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=COLUMNS_MOST), 1):
        values = [_value(cell) for cell in cells]
        if not is_blank(values):
            rows.append((number, values))
        if len(rows) > ROWS_MOST + HEADING_ROWS:
            raise too_many_rows()
    return rows


def _value(cell: Any) -> Any:
    if cell.value is None:
        return None
    return Formula(cell.value) if cell.data_type in ("f", "e") else cell.value
