"""Tells what an uploaded file is by opening it as what its first bytes say, never by its name."""

import mmap
import struct
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from pathlib import Path
from typing import Any

import av
import pikepdf
from av.stream import Disposition
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile

from schools.files.kinds import (
    AS_PICTURE,
    AS_VIDEO,
    EXTENSIONS,
    NEVER,
    OFFICE,
    REFUSED,
    UNPACK_IT,
    Kind,
    Opened,
    Unacceptable,
    accept_attribute,
    describe,
    fault,
    fits,
    foreign,
    lie,
)

__all__ = ["Kind", "Opened", "Unacceptable", "accept_attribute", "describe", "fits", "open_file"]

UNPACKED_MOST = 500_000_000  # bytes an office zip may unpack to
ENTRIES_MOST = 10_000
DIRECTORY_MOST = 4_000_000  # bytes of a zip's table of contents
CONTENT_TYPES_MOST = 2_000_000  # bytes
RATIO_MOST = 200  # unpacked to packed, asked only of entries larger than RATIO_FROM
RATIO_FROM = 10_000_000
PIXELS_MOST = 65_000_000  # the largest common phone camera gives 64 million

MAIN_PARTS = {
    OFFICE + "wordprocessingml.document.main+xml": "docx",
    OFFICE + "presentationml.presentation.main+xml": "pptx",
    OFFICE + "spreadsheetml.sheet.main+xml": "xlsx",
}
SPOILED_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    struct.error,
    NotImplementedError,
    ElementTree.ParseError,
)
SLIDE_PART = OFFICE + "presentationml.slide+xml"
MOVIE_ATOMS = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
STILL_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def open_file(path: Path, name: str) -> Opened:
    """What the file at `path` is; `name` (as its owner calls it) may only agree. Raises Unacceptable.

    Pictures, and videos, may carry each other's endings: `extension` and `mime` tell what is inside.
    """
    with path.open("rb") as stream:
        head = stream.read(1024)
    extension = Path(name).suffix.lower().lstrip(".")[:12]
    if not head:
        raise fault("empty")
    opened = _open_as_first_bytes_say(path, head, extension)
    if extension and EXTENSIONS.get(extension, (None,))[0] != opened.kind:
        raise lie(extension, opened.kind)
    return opened


def _open_as_first_bytes_say(path: Path, head: bytes, extension: str) -> Opened:
    if head.startswith(b"PK\x03\x04"):
        return _open_office(path, extension)
    if head.startswith(b"%PDF-"):
        return _open_pdf(path)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _open_picture(path, "PNG", "png")
    if head.startswith(b"\xff\xd8\xff"):
        return _open_picture(path, "JPEG", "jpg")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _open_picture(path, "WEBP", "webp")
    if head[4:8] in MOVIE_ATOMS:
        return _open_video(path, head, extension)
    if head.startswith(b"\xd0\xcf\x11\xe0") and _is_locked_office(path):
        raise fault("locked")
    for start, code, found, advice in REFUSED:
        if head.startswith(start):
            raise foreign(code, found, advice, extension)
    if b"<" in head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]:
        raise foreign("web_page", _("a web page or a drawing in code (HTML, SVG, XML)"), NEVER, extension)
    raise foreign("unknown_kind", _("of a kind this site does not know"), NEVER, extension)


def _is_locked_office(path: Path) -> bool:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find("EncryptedPackage".encode("utf-16-le")) >= 0


def _open_office(path: Path, extension: str) -> Opened:
    _measure_directory(path)
    try:
        with zipfile.ZipFile(path) as package:
            _measure_package(package, path.stat().st_size)
            types = _content_types(package, extension)
            found = [(part, MAIN_PARTS[kind]) for part, kind in types if kind in MAIN_PARTS]
            words = " ".join([*package.namelist(), *(kind for _part, kind in types)]).lower()
            if "vbaproject" in words or "macroenabled" in words or "macrosheet" in words:
                raise fault("macros")
            if len(found) != 1:
                raise foreign("archive", _("an archive"), UNPACK_IT, extension)
            part, ending = found[0]
            with package.open(part.lstrip("/")) as main:
                while main.read(1 << 20):  # to its end, where the checksum is compared
                    pass
    except SPOILED_PACKAGE:
        raise fault("damaged") from None
    kind, mime = EXTENSIONS[ending]
    slides = sum(kind == SLIDE_PART for _part, kind in types)
    return Opened(kind, mime, ending, pages=slides if kind == Kind.SLIDES else None)


def _measure_directory(path: Path) -> None:
    """Refuse a huge table of contents before the zip library reads it whole into memory."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 65_557))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise fault("damaged")
    entries, size = struct.unpack_from("<HI", tail, at + 10)
    if entries > ENTRIES_MOST or size > DIRECTORY_MOST or tail[max(0, at - 20) :].startswith(b"PK\x06\x07"):
        raise fault("unpacks_too_large")


def _measure_package(package: zipfile.ZipFile, size: int) -> None:
    entries = package.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise fault("locked")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise fault("damaged")
    # Entries that share their packed bytes add up to more than the file holds.
    if sum(entry.compress_size for entry in entries) > size or len(entries) > ENTRIES_MOST:
        raise fault("unpacks_too_large")
    if sum(entry.file_size for entry in entries) > UNPACKED_MOST:
        raise fault("unpacks_too_large")
    large = (entry for entry in entries if entry.file_size > RATIO_FROM)
    if any(entry.file_size > RATIO_MOST * entry.compress_size for entry in large):
        raise fault("unpacks_too_large")


def _content_types(package: zipfile.ZipFile, extension: str) -> list[tuple[str, str]]:
    """Part name and content type of every part the package declares by name or by ending."""
    if "[Content_Types].xml" not in package.namelist():
        raise foreign("archive", _("an archive"), UNPACK_IT, extension)
    if package.getinfo("[Content_Types].xml").file_size > CONTENT_TYPES_MOST:
        raise fault("unpacks_too_large")
    declared = ElementTree.fromstring(package.read("[Content_Types].xml"))
    return [(node.get("PartName", ""), node.get("ContentType", "")) for node in declared]


def _open_pdf(path: Path) -> Opened:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 4096))
        if b"%%EOF" not in stream.read():
            raise fault("damaged")
    try:
        with pikepdf.open(path) as document:
            pages = len(document.pages)
            active = _is_active(document)
    except pikepdf.PasswordError:
        raise fault("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        raise fault("damaged") from None
    if not pages:
        raise fault("damaged")
    if active:
        raise fault("macros")
    return Opened(Kind.PDF, EXTENSIONS["pdf"][1], "pdf", pages=pages)


def _is_active(document: pikepdf.Pdf) -> bool:
    opening: Any = document.Root.get("/OpenAction")
    named: Any = document.Root.get("/Names")
    runs = isinstance(opening, pikepdf.Dictionary) and opening.get("/S") in ("/JavaScript", "/Launch")
    return runs or (isinstance(named, pikepdf.Dictionary) and "/JavaScript" in named)


def _open_picture(path: Path, pillow_format: str, ending: str) -> Opened:
    try:
        with Image.open(path, formats=(pillow_format,)) as picture:
            width, height = picture.size
            if width * height > PIXELS_MOST:
                raise fault("too_many_pixels")
            picture.draft("RGB", (width // 8, height // 8))  # reads all of a JPEG, keeps an eighth in memory
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise fault("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        raise fault("damaged") from None
    return Opened(Kind.IMAGE, EXTENSIONS[ending][1], ending, width=width, height=height)


def _open_video(path: Path, head: bytes, extension: str) -> Opened:
    brand = head[8:12] if head[4:8] == b"ftyp" else b"qt  "
    if brand in STILL_BRANDS:
        raise foreign("picture_kind", _("a HEIC or AVIF picture"), AS_PICTURE, extension)
    if not _is_whole_movie(path):
        raise fault("damaged")
    try:
        # A named format keeps a disguised playlist from any demuxer that would follow its links.
        with av.open(str(path), format="mov") as container:
            streams = container.streams.video
            moving = [stream for stream in streams if not stream.disposition & Disposition.attached_pic]
            if not moving:
                raise foreign("no_picture", _("a sound without moving pictures"), AS_VIDEO, extension)
            width, height = moving[0].width, moving[0].height
            if width * height > PIXELS_MOST:
                raise fault("damaged")
            next(container.decode(moving[0]))
            seconds = (
                container.duration / av.time_base
                if container.duration
                else _last_moment(container, moving[0])
            )
    except (av.FFmpegError, StopIteration, ValueError):
        raise fault("damaged") from None
    if seconds <= 0 or not width or not height:
        raise fault("damaged")
    ending = "mov" if brand == b"qt  " else "mp4"
    return Opened(Kind.VIDEO, EXTENSIONS[ending][1], ending, seconds=seconds, width=width, height=height)


def _last_moment(container: Any, stream: Any) -> float:
    """Seconds until the end of the last picture, for recordings whose header names no length."""
    ends = ((packet.pts or 0) + (packet.duration or 0) for packet in container.demux(stream))
    return float(max(ends, default=0) * stream.time_base)


def _is_whole_movie(path: Path) -> bool:
    """Whether every top-level atom ends inside the file and both index and pictures are there."""
    size, at, seen = path.stat().st_size, 0, set()
    with path.open("rb") as stream:
        while at + 8 <= size:
            stream.seek(at)
            length, atom = struct.unpack(">I4s", stream.read(8))
            if length == 1:
                length = int.from_bytes(stream.read(8), "big")
            length = length or size - at
            if length < 8:
                break
            if at + length > size:
                return False
            seen.add(atom)
            at += length
    return {b"moov", b"mdat"} <= seen
