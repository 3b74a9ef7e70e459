"""Tables as plain rows with typed values under headings; they know nothing of spreadsheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import Promise

from schools.clock import SHANGHAI

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | Decimal | None


@dataclass(frozen=True)
class Column:
    """A heading, the width in signs, and the number format of its cells (empty for text)."""

    heading: str | Promise
    width: int
    format: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table: title, columns, about how many rows, and the rows themselves."""

    title: str | Promise
    columns: tuple[Column, ...]
    size: int
    rows: Iterator[tuple[Value, ...]]


def number(heading: str | Promise) -> Column:
    return Column(heading, 12, "0")


def hours_column(heading: str | Promise) -> Column:
    return Column(heading, 12, "0.0")


def day(value: date | datetime | None) -> str:
    """Return a day as a cell says it, in Shanghai; an empty text for none."""
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI)
    return f"{value:%Y-%m-%d}" if value else ""
