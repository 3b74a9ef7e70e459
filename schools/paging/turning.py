"""Turning lists: by keyset where the database puts the rows in order, by number where Python has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from schools.paging.keys import Key, beyond, keys_of, ordered
from schools.paging.tokens import token_of, values_of

ROWS_PER_PAGE = 50
COUNTED_MOST = 1_000
EXPORT = "export"
OF_ONE_PAGE = ("page", "after", "before", EXPORT)


@dataclass(frozen=True)
class PageLinks:
    """Where a list stands among its pages, as the pager shows it."""

    text: str
    previous_url: str
    next_url: str
    first_url: str = ""


def address(request: HttpRequest, **changes: str) -> str:
    """Return the present address with `changes`, from its first page on; an empty value leaves its key out."""
    query = request.GET.copy()
    for key in (*OF_ONE_PAGE, *changes):
        query.pop(key, None)
    for key, value in changes.items():
        if value:
            query[key] = value
    return f"?{query.urlencode()}"


def turned(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any]) -> tuple[list[Any], PageLinks]:
    """Return the rows of the page that the address asks for and the links, which keep search and filters."""
    keys = keys_of(rows) if isinstance(rows, QuerySet) else None
    return by_number(request, rows) if keys is None else by_keyset(request, rows, keys)


def by_number(request: HttpRequest, rows: Any) -> tuple[list[Any], PageLinks]:
    """Turn to `?page=`."""
    paginator = Paginator(rows, ROWS_PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    text = _("Page %(page)s of %(pages)s · %(rows)s in all") % {
        "page": page.number,
        "pages": paginator.num_pages,
        "rows": paginator.count,
    }
    has_previous, has_next = page.has_previous(), page.has_next()
    links = PageLinks(
        text=text if paginator.num_pages > 1 else "",
        previous_url=address(request, page=str(page.number - 1)) if has_previous else "",
        next_url=address(request, page=str(page.number + 1)) if has_next else "",
        first_url=address(request) if page.number > 2 else "",
    )
    return list(page), links


def by_keyset(request: HttpRequest, rows: Any, keys: Sequence[Key]) -> tuple[list[Any], PageLinks]:
    """Turn to what comes after, or before, the row of a token: page 200 costs what page 1 costs."""
    backward = values_of(request.GET.get("before", ""), keys)
    forward = values_of(request.GET.get("after", ""), keys)
    page: list[Any] = []
    has_previous = has_next = False
    if backward is not None:
        page, has_previous = some(rows, keys, backward, is_backward=True)
        has_next = True
    elif forward is not None:
        page, has_next = some(rows, keys, forward)
        has_previous = True
    if not page or (backward is not None and not has_previous):  # else the first page would grow short
        page, has_next = some(rows, keys)
        has_previous = False
    links = PageLinks(
        text=total_of(rows) if has_previous or has_next else "",
        previous_url=address(request, before=token_of(page[0], keys)) if has_previous else "",
        next_url=address(request, after=token_of(page[-1], keys)) if has_next else "",
        first_url=address(request) if has_previous else "",
    )
    return page, links


def some(
    rows: QuerySet[Any], keys: Sequence[Key], values: Sequence[Any] | None = None, is_backward: bool = False
) -> tuple[list[Any], bool]:
    """Return a page of rows beyond `values`, in their order, and whether there are more in that direction."""
    if values is not None:
        rows = rows.filter(beyond(keys, values, is_backward))
    found = list(ordered(rows, keys, is_backward)[: ROWS_PER_PAGE + 1])
    has_more = len(found) > ROWS_PER_PAGE
    page = found[:ROWS_PER_PAGE]
    return (page[::-1] if is_backward else page), has_more


def total_of(rows: QuerySet[Any]) -> str:
    """Say how many rows there are; beyond a thousand they are not counted."""
    counted = rows.order_by()[: COUNTED_MOST + 1].count()
    if counted > COUNTED_MOST:
        return _("More than %(rows)s in all") % {"rows": f"{COUNTED_MOST:,}"}
    return _("%(rows)s in all") % {"rows": counted}
