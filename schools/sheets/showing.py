"""A list as its page shows it: the page's rows, the heads to sort by, the filters, and the way to its sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from schools.access.permissions import Permission
from schools.paging import PageLinks, address, turned
from schools.paging.turning import EXPORT
from schools.sheets.exporting import exported
from schools.sheets.listing import Filter, Listing, asked_filters, asked_sort, in_order

# The rows of a page (or of a piece of a sheet), made fit to be shown.
Made = Callable[[list[Any]], list[Any]]


@dataclass(frozen=True)
class Head:
    """One heading; `sort` is how the list stands by it now: ascending, descending, or not at all."""

    label: str | Promise
    is_number: bool
    sort: str
    url: str


@dataclass(frozen=True)
class FilterShown:
    """One filter with the value that is chosen."""

    filter: Filter
    chosen: str


@dataclass(frozen=True)
class Shown:
    """A page of a list with everything around it; `file` is the answer instead, where a sheet was asked for."""

    rows: list[Any]
    page: PageLinks
    heads: list[Head]
    filters: list[FilterShown]
    q: str
    search: str | Promise
    keep: list[tuple[str, str]]
    clear_url: str
    export_url: str
    file: HttpResponse | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or any(shown.chosen for shown in self.filters))


def show(
    request: HttpRequest, listing: Listing, rows: QuerySet[Any] | Sequence[Any], made: Made = list
) -> Shown:
    """Return what the address asks for: a page of the rows in the order wished, or all of them as a sheet."""
    sort = asked_sort(request, listing)
    ordered = in_order(rows, listing.sorts().get(sort, ()))
    asked = asked_filters(request, listing)
    file, page, links = None, list[Any](), PageLinks("", "", "")
    if EXPORT in request.GET:
        file = exported(request, listing, ordered, made)
    else:
        page, links = turned(request, ordered)
    return Shown(
        rows=made(page),
        page=links,
        heads=heads_of(request, listing, sort),
        filters=[FilterShown(choice, asked[choice.key]) for choice in listing.filters],
        q=asked["q"],
        search=listing.search,
        keep=[(key, request.GET[key]) for key in ("state", "sort", "school") if kept(request, listing, key)],
        clear_url=address(request, **dict.fromkeys(asked, "")),
        export_url=address(request, **{EXPORT: "xlsx"}) if page and may_export(request) else "",
        file=file,
    )


def kept(request: HttpRequest, listing: Listing, key: str) -> bool:
    """Say whether the form of filters carries a value along that it does not ask for itself."""
    return key in request.GET and key not in {choice.key for choice in listing.filters}


def may_export(request: HttpRequest) -> bool:
    """Say whether the reader may take lists of this place away."""
    return request.actor.can(Permission.EXPORT, request.school or request.county)


def heads_of(request: HttpRequest, listing: Listing, sort: str) -> list[Head]:
    """Return the headings; one that the list stands by leads to the other direction."""
    heads = []
    for column in listing.columns:
        standing = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
        wanted = f"-{column.key}" if standing == "ascending" else column.key
        url = address(request, sort=wanted) if column.order else ""
        heads.append(Head(column.heading, column.is_number, standing if url else "", url))
    return heads
