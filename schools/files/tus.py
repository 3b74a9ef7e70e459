"""The tus 1.0 protocol (files that go on where they stopped) for whatever destination takes a file."""

import base64
import binascii
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Protocol

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from schools.files import arrivals
from schools.files.arrivals import Checksum
from schools.files.models import Arrival
from schools.files.storing import clean_name
from schools.refusals import Refused

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
ALGORITHMS = ("sha256", "sha1", "md5")
PIECES_TYPE = "application/offset+octet-stream"
PIECE = 1 << 16  # what a line that falls silent may lose at most
SILENCE = 30.0  # seconds after which a line that says nothing counts as broken
METADATA_MOST = 4_000  # signs
STATUSES = {
    "malformed": 400,
    "gone": 410,
    "offset": 409,
    "no-length": 411,
    "version": 412,
    "too-large": 413,
    "media-type": 415,
    "locked": 423,
    "too-many": 429,
    "checksum": 460,
    "storage": 507,
}


class Destination(Protocol):
    """Where a file goes: it says what may come, begins it, and takes it when it is whole."""

    max_bytes: int

    def begin(self, name: str, size: int) -> Arrival: ...

    def address(self, arrival: Arrival) -> str: ...

    def take(self, arrival: Arrival, path: Path) -> None: ...


Answer = Callable[..., HttpResponse]


def speaking(answer: Answer) -> Answer:
    """Let refusals be answered with their status and {"error": sentence}, and name the version always."""

    @wraps(answer)
    def spoken(request: HttpRequest, *args: object) -> HttpResponse:
        try:
            response = answer(request, *args)
        except Refused as refusal:
            status = STATUSES.get(refusal.code, 422)
            if request.method == "HEAD":
                response = HttpResponse(status=status)
            else:
                response = JsonResponse({"error": str(refusal)}, status=status)
            if status == 412:
                response["Tus-Version"] = VERSION
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return spoken


@speaking
def at_entrance(request: HttpRequest, destination: Destination) -> HttpResponse:
    """Answer at the address where files begin: OPTIONS tells what is spoken, POST begins one."""
    if request.method == "OPTIONS":
        return abilities(destination)
    require_version(request)
    if request.headers.get("Upload-Defer-Length"):
        raise malformed(_("The size of the file has to be told first (Upload-Length)."))
    size = number(request, "Upload-Length")
    arrival = destination.begin(name_in(request.headers.get("Upload-Metadata", "")), size)
    arrival.refresh_from_db()
    if request.content_type == PIECES_TYPE:
        append(request, arrival, destination, offset=0)
    response = told(arrival, 201)
    response["Location"] = destination.address(arrival)
    return response


@speaking
def at_arrival(
    request: HttpRequest, arrival: Arrival, destination: Destination, refusal: str = ""
) -> HttpResponse:
    """Answer at the address of one file: how far it is (HEAD), more of it (PATCH), no more of it (DELETE)."""
    # Only a form's own method may stand for another one: a link that changed things would be no link.
    overrides = request.method == "POST"
    method = request.headers.get("X-HTTP-Method-Override", "") if overrides else request.method
    if method == "OPTIONS":
        return abilities(destination)
    if method not in ("HEAD", "PATCH", "DELETE"):
        return HttpResponse(status=405, headers={"Allow": "HEAD, PATCH, DELETE, OPTIONS"})
    require_version(request)
    if method == "DELETE":
        arrivals.remove(arrival)
        return HttpResponse(status=204)
    is_whole = arrival.offset == arrival.size
    if arrival.ended_at is not None and not is_whole:
        raise Refused(refusal, "gone") if refusal else arrivals.gone()
    if method == "PATCH":
        if request.content_type != PIECES_TYPE:
            raise Refused(_("The content type has to be %s.") % PIECES_TYPE, "media-type")
        append(request, arrival, destination, offset=number(request, "Upload-Offset"))
        return told(arrival, 204)
    response = told(arrival, 200)
    response["Upload-Length"] = str(arrival.size)
    response["Upload-Metadata"] = f"filename {base64.b64encode(arrival.name.encode()).decode()}"
    return response


def append(request: HttpRequest, arrival: Arrival, destination: Destination, *, offset: int) -> None:
    """Add the request's body at `offset`; the last byte makes the destination take the file."""
    length, checksum = body_length(request), checksum_in(request)
    if arrival.ended_at is not None:
        if (offset, length) == (arrival.size, 0):
            return
        raise arrivals.elsewhere()
    with arrivals.held(arrival) as stream:
        if offset != arrival.offset:
            raise arrivals.elsewhere()
        if offset + length > arrival.size:
            raise Refused(_("This is more than the file was said to have."), "too-large")
        if arrivals.append(arrival, stream, pieces(request, length), checksum):
            destination.take(arrival, arrivals.bytes_of(arrival))


def pieces(request: HttpRequest, length: int) -> Iterator[bytes]:
    """Yield the body piece by piece until it ends or the line breaks: what came until then counts."""
    line = request.META.get("gunicorn.socket")
    if line is not None:
        line.settimeout(SILENCE)  # otherwise a phone that lost its network holds thread and file for ever
    while length > 0:
        try:
            piece = request.read(min(PIECE, length))
        except OSError:
            return
        if not piece:
            return
        length -= len(piece)
        yield piece


def abilities(destination: Destination) -> HttpResponse:
    """Say which version, extensions, checksums and size are taken here."""
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(destination.max_bytes),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }
    return HttpResponse(status=204, headers=headers)


def told(arrival: Arrival, status: int) -> HttpResponse:
    """Say how far the file is, and until when it may go on."""
    response = HttpResponse(status=status, headers={"Upload-Offset": str(arrival.offset)})
    if arrival.ended_at is None and arrival.offset < arrival.size:
        response["Upload-Expires"] = http_date(arrivals.expires_at(arrival).timestamp())
    return response


def require_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Refused(_("This address speaks tus %s.") % VERSION, "version")


def number(request: HttpRequest, header: str) -> int:
    """Return a header's whole number; raises Refused when it is missing or none."""
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise malformed(_("%s has to be a whole number.") % header)
    return int(value)


def body_length(request: HttpRequest) -> int:
    """Return the announced length of the body; raises Refused where it is left open."""
    if request.headers.get("Transfer-Encoding"):
        raise Refused(_("The length of each part has to be told (Content-Length)."), "no-length")
    value = request.headers.get("Content-Length") or "0"
    return int(value) if value.isdigit() else 0


def name_in(metadata: str) -> str:
    """Return the file name of an Upload-Metadata header: pairs of a key and a value in base64."""
    if len(metadata) > METADATA_MOST:
        raise malformed(_("Upload-Metadata is too long."))
    pairs: dict[str, str] = {}
    for pair in metadata.split(","):
        key, _space, value = pair.strip().partition(" ")
        pairs[key] = value.strip()
    try:
        name = base64.b64decode(pairs.get("filename", ""), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise malformed(_("Upload-Metadata cannot be read.")) from error
    if not name.strip():
        raise malformed(_("The file's name is missing (filename in Upload-Metadata)."))
    return clean_name(name)


def checksum_in(request: HttpRequest) -> Checksum | None:
    """Return the body's announced checksum, or None; raises Refused for one that cannot be understood."""
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return None
    algorithm, _space, value = header.partition(" ")
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except binascii.Error as error:
        raise malformed(_("Upload-Checksum cannot be read.")) from error
    if algorithm not in ALGORITHMS or not digest:
        raise malformed(_("These checksums are understood: %s.") % ", ".join(ALGORITHMS))
    return Checksum(algorithm, digest)


def malformed(sentence: str) -> Refused:
    return Refused(sentence, "malformed")
