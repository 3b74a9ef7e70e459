"""Giving private files out: every request, each byte range too, comes through a view that checked the right."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from schools.files.models import StoredFile
from schools.files.storing import location

RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
SHOWN_IN_PLACE = {"application/pdf", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/quicktime"}
PIECE = 1 << 18


def give(request: HttpRequest, stored: StoredFile, *, name: str = "") -> HttpResponseBase:
    """Answer with the bytes of `stored`, whole or in the range asked for; `name` replaces its own name."""
    path = location(stored)
    span = asked_range(request.headers.get("Range", ""), stored.size)
    response: HttpResponseBase
    if span == (-1, -1):
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    elif span:
        first, last = span
        response = StreamingHttpResponse(pieces(path, first, last), status=206, content_type=stored.mime)
        response["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
        response["Content-Length"] = str(last - first + 1)
    else:
        response = FileResponse(path.open("rb"), content_type=stored.mime)
        response["Content-Length"] = str(stored.size)
    manner = "inline" if stored.mime in SHOWN_IN_PLACE and "download" not in request.GET else "attachment"
    response["Content-Disposition"] = f"{manner}; filename*=UTF-8''{quote(name or stored.name)}"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte asked for, None for the whole file, (-1, -1) where it cannot be met."""
    match = RANGE.match(header)
    if not match or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if start == "":
        return max(0, size - int(end)), size - 1
    first, last = int(start), min(int(end or size - 1), size - 1)
    return (first, last) if first <= last else (-1, -1)


def pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    """Yield the bytes from `first` to `last` of a file."""
    left = last - first + 1
    with path.open("rb") as stream:
        stream.seek(first)
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
