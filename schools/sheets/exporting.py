"""A list as a sheet, exactly the rows and columns of the page: at once, or as a job where it is long."""

import io
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import today
from schools.jobs.running import Run
from schools.paging.keys import keys_of, ordered
from schools.sheets.listing import Listing, asked_filters
from schools.sheets.rows import MIME, Sheet, Value

AT_ONCE_MOST = 5_000  # rows
PIECE = 500  # rows
# What stands in an address that narrows the list, beside the list's own filters.
NARROWING = ("state", "school")
Made = Callable[[list[Any]], list[Any]]


def exported(
    request: HttpRequest, listing: Listing, rows: QuerySet[Any] | Sequence[Any], made: Made
) -> HttpResponse:
    """Answer with the list as a sheet, or with the question whether to make it in the background.

    Within a job (`request.run`) the list may have any length. Raises PermissionDenied without the right.
    """
    place = request.school or request.county
    if not request.actor.can(Permission.EXPORT, place):
        raise PermissionDenied(_("Your role here does not include taking lists away."))
    run: Run | None = getattr(request, "run", None)
    if run is None and is_long(rows):
        context = {"listing": listing, "address": request.get_full_path(), "most": AT_ONCE_MOST}
        return render(request, "schools/sheets/long.html", context)
    sheet = Sheet(
        listing.title, tuple(column.column for column in listing.columns), 0, cells(listing, rows, made)
    )
    content = io.BytesIO()
    workbook = import_module("schools.sheets.workbook")
    count = workbook.write([sheet], content, run.advance if run else lambda done, expected: None)
    record(
        "list-exported",
        county=request.county,
        school=request.school,
        subject=listing.name,
        by=request.actor,
        count=count,
        filters=filters_named(request, listing),
    )
    response = HttpResponse(content.getvalue(), content_type=MIME)
    name = f"{place.name} {listing.title} {today().isoformat()}.xlsx"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    response.count, response.name = count, name  # type: ignore[attr-defined]
    return response


def is_long(rows: QuerySet[Any] | Sequence[Any]) -> bool:
    """Say whether there are more rows than are given at once, without counting them all."""
    if isinstance(rows, QuerySet):
        return rows.order_by()[: AT_ONCE_MOST + 1].count() > AT_ONCE_MOST
    return len(rows) > AT_ONCE_MOST


def filters_named(request: HttpRequest, listing: Listing) -> list[str]:
    """Return the names of what narrows the list, never their values: those may be somebody's name."""
    asked = {key for key, value in asked_filters(request, listing).items() if value}
    return sorted(asked | {key for key in NARROWING if request.GET.get(key)})


def cells(listing: Listing, rows: QuerySet[Any] | Sequence[Any], made: Made) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of each row; the rows are made fit a piece at a time, as on a page."""
    for piece in pieces(rows):
        for row in made(piece):
            yield tuple(column.cell(row) for column in listing.columns)


def pieces(rows: QuerySet[Any] | Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the rows in lists of at most 500, so that a county is never in memory at once."""
    if isinstance(rows, QuerySet):
        keys = keys_of(rows)
        stream = (ordered(rows, keys) if keys else rows).iterator(chunk_size=PIECE)
    else:
        stream = iter(rows)
    piece: list[Any] = []
    for row in stream:
        piece.append(row)
        if len(piece) == PIECE:
            yield piece
            piece = []
    if piece:
        yield piece
