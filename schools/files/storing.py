"""Taking files in: hash, fsync, rename, then the row; and what is written by the portal itself."""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from schools.files.models import StoredFile, new_key
from schools.organisations.models import County
from schools.people.models import User
from schools.refusals import Refused

PIECE = 1 << 20


def clean_name(name: str) -> str:
    """Return the last part of a client's file name as harmless text of at most 150 signs."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:140]}{dot}{ending[:9]}" if dot else (name[:150] or "file")


@contextmanager
def incoming(upload: UploadedFile) -> Iterator[tuple[Path, str]]:
    """Write an upload to a path of its own on the storage's disk; yields path and SHA-256, then cleans up."""
    path = Path(settings.FILE_UPLOAD_TEMP_DIR) / f"upload-{secrets.token_hex(16)}"
    digest = hashlib.sha256()
    try:
        with path.open("xb") as stream:
            for piece in upload.chunks(PIECE):
                digest.update(piece)
                stream.write(piece)
            settle(stream)
        yield path, digest.hexdigest()
    except OSError as error:
        raise unstored() from error
    finally:
        path.unlink(missing_ok=True)


def keep(
    path: Path,
    *,
    county: County,
    name: str,
    kind: str,
    mime: str,
    sha256: str = "",
    seconds: float | None = None,
    by: User | None = None,
) -> StoredFile:
    """Move the finished file at `path` into the storage and write its row."""
    target = fresh_place(county)
    sha256 = sha256 or digest_of(path)
    path.rename(target)
    fsync_folder(target.parent)
    return record(
        target, county=county, name=name, kind=kind, mime=mime, sha256=sha256, seconds=seconds, by=by
    )


@contextmanager
def placed(path: Path, *, county: County) -> Iterator[Path]:
    """Give the bytes at `path` a second name in the storage; it goes again if the block does not end well.

    The first name stays, so that a server that dies on the way leaves all that another try needs.
    """
    try:
        target = fresh_place(county)
        os.link(path, target)
        fsync_folder(target.parent)
    except OSError as error:
        raise unstored() from error
    try:
        yield target
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def fresh_place(county: County) -> Path:
    """Return a place in the storage that nothing has; its name becomes the file's key."""
    target = Path(settings.MEDIA_ROOT) / county.slug / secrets.token_hex(1) / new_key()
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def record(
    target: Path,
    *,
    county: County,
    name: str,
    kind: str,
    mime: str,
    sha256: str,
    seconds: float | None,
    by: User | None,
) -> StoredFile:
    """Write the row of the bytes that lie in the storage at `target`."""
    return StoredFile.objects.create(
        county=county,
        key=target.name,
        path=str(target.relative_to(settings.MEDIA_ROOT)),
        name=clean_name(name),
        size=target.stat().st_size,
        sha256=sha256,
        kind=kind,
        mime=mime,
        seconds=seconds,
        stored_by=by,
    )


def keep_bytes(
    content: bytes, *, county: County, name: str, kind: str, mime: str, by: User | None
) -> StoredFile:
    """Store `content`, made by the portal itself, as a file."""
    path = Path(settings.FILE_UPLOAD_TEMP_DIR) / f"made-{secrets.token_hex(16)}"
    with path.open("xb") as stream:
        stream.write(content)
        settle(stream)
    return keep(path, county=county, name=name, kind=kind, mime=mime, by=by)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex signs."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def unstored() -> Refused:
    """Return the refusal for a disk that is full or does not answer."""
    return Refused(_("The file could not be stored. Nothing was changed; please try again."), "storage")


def settle(stream: BinaryIO) -> None:
    """Make what was written survive a power cut."""
    stream.flush()
    if settings.FSYNC_FILES:
        os.fsync(stream.fileno())


def fsync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    if not settings.FSYNC_FILES:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def location(stored: StoredFile) -> Path:
    """Return where the bytes of `stored` lie."""
    return Path(settings.MEDIA_ROOT) / stored.path
