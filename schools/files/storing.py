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
        raise Refused(
            _("The file could not be stored. Nothing was changed; please try again."), "storage"
        ) from error
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
    key = new_key()
    relative = f"{county.slug}/{secrets.token_hex(1)}/{key}"
    target = Path(settings.MEDIA_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    sha256 = sha256 or digest_of(path)
    size = path.stat().st_size
    path.rename(target)
    fsync_folder(target.parent)
    return StoredFile.objects.create(
        county=county,
        key=key,
        path=relative,
        name=clean_name(name),
        size=size,
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
