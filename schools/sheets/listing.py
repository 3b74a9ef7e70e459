"""What a list shows, said once for page and sheet: its columns, what it is sorted by, its filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from schools.paging.keys import value_at
from schools.sheets.rows import Column, Value

WORDS_MOST = 60
Text = str | Promise
View = Callable[..., Any]


@dataclass(frozen=True)
class Listed:
    """One column: its key in the address, its heading, what a sheet says of a row, and the order that it gives.

    `order` names columns of the database, or attributes of rows that Python orders; without it nobody can
    sort by the column.
    """

    key: str
    heading: Text
    cell: Callable[[Any], Value]
    order: tuple[str, ...] = ()
    width: int = 16
    format: str = ""

    @property
    def is_number(self) -> bool:
        return bool(self.format)

    @property
    def column(self) -> Column:
        return Column(self.heading, self.width, self.format)


@dataclass(frozen=True)
class Filter:
    """One choice that narrows a list; the empty value leaves everything."""

    key: str
    label: Text
    everything: Text
    choices: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Listing:
    """A list: its name in the audit, its title, columns, the order it begins with, and how it is searched.

    `first` is the key of a column, with a dash for downward; empty: the rows come in an order of their own.
    """

    name: str
    title: Text
    columns: tuple[Listed, ...]
    first: str = ""
    search: Text = ""
    filters: tuple[Filter, ...] = ()

    def sorts(self) -> dict[str, tuple[str, ...]]:
        """Return the orders that may be asked for, upward and downward, by their word in the address."""
        upward = {column.key: column.order for column in self.columns if column.order}
        downward = {f"-{key}": tuple(turned_round(path) for path in order) for key, order in upward.items()}
        return upward | downward


def exports(listing: Listing) -> Callable[[View], View]:
    """Mark a view as the page of a list: it gives the sheet where `?export=` asks for it."""

    def mark(view: View) -> View:
        view.listing = listing  # type: ignore[attr-defined]
        return view

    return mark


def turned_round(path: str) -> str:
    return path.removeprefix("-") if path.startswith("-") else f"-{path}"


def asked_sort(request: HttpRequest, listing: Listing) -> str:
    """Return the sort that the address asks for where it is one of the list's, else the one it begins with."""
    asked = request.GET.get("sort", "")
    return asked if asked in listing.sorts() else listing.first


def asked_filters(request: HttpRequest, listing: Listing) -> dict[str, str]:
    """Return words (`q`) and filters by key; what is none of the choices asks for nothing."""
    words = request.GET.get("q", "").strip()[:WORDS_MOST] if listing.search else ""
    asked = {"q": words}
    for choice in listing.filters:
        value = request.GET.get(choice.key, "")
        asked[choice.key] = value if value in {known for known, _label in choice.choices} else ""
    return asked


def in_order(rows: QuerySet[Any] | Sequence[Any], order: tuple[str, ...]) -> QuerySet[Any] | Sequence[Any]:
    """Return the rows by the columns of `order`, each with a dash for downward; empty values stand last."""
    if not order:
        return rows
    if isinstance(rows, QuerySet):
        return rows.order_by(*order)
    found = list(rows)
    for path in reversed(order):
        name, is_downward = path.removeprefix("-"), path.startswith("-")
        filled = [row for row in found if value_at(row, name) is not None]
        empty = [row for row in found if value_at(row, name) is None]
        filled.sort(key=lambda row: value_at(row, name), reverse=is_downward)
        found = filled + empty
    return found
