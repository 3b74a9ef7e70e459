"""Giving private files out: every request, each byte range too, comes through a view that checked the right."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from schools.files.models import Rendition, StoredFile
from schools.files.storing import location

RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
SHOWN_IN_PLACE = {"application/pdf", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/quicktime"}
PIECE = 1 << 18
KEPT_FOR = 3600  # seconds that a browser may keep a copy


def give(request: HttpRequest, stored: StoredFile, *, name: str = "") -> HttpResponseBase:
    """Answer with the bytes of `stored`, whole or in the range asked for; `name` replaces its own name."""
    response = whole_or_part(request, location(stored), stored.size, stored.mime)
    manner = "inline" if stored.mime in SHOWN_IN_PLACE and "download" not in request.GET else "attachment"
    response["Content-Disposition"] = f"{manner}; filename*=UTF-8''{quote(name or stored.name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def give_rendition(request: HttpRequest, rendition: Rendition) -> HttpResponseBase:
    """Answer with the bytes of a copy for looking at, under a name that says nothing of the original."""
    path = Path(settings.MEDIA_ROOT) / rendition.path
    response = whole_or_part(request, path, rendition.size, rendition.mime)
    response["Content-Disposition"] = f'inline; filename="{path.name}"'
    response["Cache-Control"] = f"private, max-age={KEPT_FOR}, immutable"
    patch_vary_headers(response, ["Cookie"])  # whoever signs in next on this machine asks anew
    return response


def whole_or_part(request: HttpRequest, path: Path, size: int, mime: str) -> HttpResponseBase:
    """Answer with a file, or with the range of it that was asked for."""
    span = asked_range(request.headers.get("Range", ""), size)
    response: HttpResponseBase
    if span == (-1, -1):
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    elif span:
        first, last = span
        response = StreamingHttpResponse(pieces(path, first, last), status=206, content_type=mime)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    else:
        response = FileResponse(path.open("rb"), content_type=mime)
        response["Content-Length"] = str(size)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
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
