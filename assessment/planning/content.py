"""The content of a filing as plain values: put in shape by its kind, and what it still lacks in sentences."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.planning.kinds import Column, Field, Kind

MOST_LETTERS, MOST_SHORT, MOST_ROWS, MOST_HOURS = 6000, 300, 40, 200
YEARS_AHEAD, YEARS_BACK = 3, 1

Content = dict[str, Any]


def shaped(kind: Kind, said: Mapping[str, Any]) -> Content:
    """Return what the kind's fields say and nothing else; rows in which nothing stands are left out."""
    return {field.key: value_of(field, said.get(field.key)) for field in kind.fields}


def value_of(field: Field, value: Any) -> Any:
    """Return one field's value in its own form: text, list of codes, list of rows, or yes and no."""
    if field.type == "yes":
        return bool(value)
    if field.type == "points":
        return [str(code) for code in value or []]
    if field.type == "rows":
        rows = [{column.key: short(row.get(column.key)) for column in field.columns} for row in value or []]
        return [row for row in rows if any(row.values())][:MOST_ROWS]
    return str(value or "").strip()[:MOST_LETTERS]


def short(value: Any) -> str:
    return "" if value is None else str(value).strip()[:MOST_SHORT]


def lacks(kind: Kind, content: Content, starts_on: date, ends_on: date) -> list[str]:
    """Return a sentence for everything that the content lacks before it can be filed.

    Days have to lie between a year before the programme's beginning and three years after its end.
    """
    span = (a_year_on(starts_on, -YEARS_BACK), a_year_on(ends_on, YEARS_AHEAD))
    found: list[str] = []
    for field in kind.fields:
        value = content.get(field.key)
        if field.is_required and not value:
            found.append(_("“%(field)s” is still to be written.") % {"field": field.label})
        if field.type == "rows":
            found += rows_lack(field, value or [], span)
    if content.get("is_limited") and not content.get("focus"):
        found.append(_("Teachers can be limited to the focus points only where some are named."))
    return found


def rows_lack(field: Field, rows: list[dict[str, str]], span: tuple[date, date]) -> Iterator[str]:
    """Yield which row lacks what, and which holds a day or hours that cannot be."""
    for number, row in enumerate(rows, start=1):
        missing = [column for column in field.columns if column.is_required and not row.get(column.key)]
        words = {"field": field.label, "number": number, "row": name_of(field, row)}
        if missing:
            labels = _(", ").join(str(column.label) for column in missing)
            sentence = ngettext(
                "%(field)s, no. %(number)d “%(row)s”: %(missing)s is missing.",
                "%(field)s, no. %(number)d “%(row)s”: %(missing)s are missing.",
                len(missing),
            )
            yield sentence % {**words, "missing": labels}
        for column in field.columns:
            value = row.get(column.key, "")
            if value and not fits(column, value, span):
                yield said_of(column) % {**words, "value": value, "first": span[0], "last": span[1]}


def name_of(field: Field, row: dict[str, str]) -> str:
    """Return what a row is called: its first cell, else whatever stands in it first."""
    return next((row[column.key] for column in field.columns if row.get(column.key)), "")


def fits(column: Column, value: str, span: tuple[date, date]) -> bool:
    if column.type == "date":
        try:
            return span[0] <= date.fromisoformat(value) <= span[1]
        except ValueError:
            return False
    if column.type == "hours":
        try:
            return 0 < Decimal(value) <= MOST_HOURS
        except InvalidOperation:
            return False
    return True


def said_of(column: Column) -> str:
    """Return the sentence about a value that cannot be."""
    if column.type == "hours":
        return _("%(field)s, no. %(number)d “%(row)s”: “%(value)s” are no hours that can be.")
    return _("%(field)s, no. %(number)d “%(row)s”: the day %(value)s has to lie from %(first)s to %(last)s.")


def a_year_on(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
