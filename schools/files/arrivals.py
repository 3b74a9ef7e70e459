"""Files that arrive piece by piece: the bytes of each lie in one file, its row says how many are safe."""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django_scopes import scope

from schools.clock import now
from schools.files.models import Arrival
from schools.files.storing import clean_name, settle, unstored
from schools.organisations.models import County
from schools.people.models import User
from schools.refusals import Refused

MOST_OPEN = 20
KEPT_FOR = timedelta(days=7)
SETTLED_EVERY = 4 << 20  # bytes after which what came is made safe and its row told
SAMPLED = 1 << 18  # bytes compared at either end before somebody goes on with a file
SPARE = 200_000_000  # bytes of the disk that arriving files leave free


@dataclass(frozen=True)
class Checksum:
    """What the sender says its pieces add up to; `algorithm` is a name that hashlib knows."""

    algorithm: str
    digest: bytes


def folder() -> Path:
    """Return where bytes arrive: on the storage's disk, where a finished file needs no copying."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / "arrivals"


def bytes_of(arrival: Arrival) -> Path:
    return folder() / arrival.key


def begin(*, county: County, name: str, size: int, by: User) -> Arrival:
    """Expect a file of `size` bytes; raises Refused where somebody has too many on their way already."""
    if Arrival.objects.filter(begun_by=by, ended_at__isnull=True).count() >= MOST_OPEN:
        raise Refused(
            _("%d of your files are on their way already. Finish or remove one of them first.") % MOST_OPEN,
            "too-many",
        )
    folder().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder()).free < size + SPARE:
        raise Refused(_("There is no room for this file at the moment. Please try again later."), "storage")
    return Arrival.objects.create(county=county, name=clean_name(name), size=size, begun_by=by)


@contextmanager
def held(arrival: Arrival) -> Iterator[BinaryIO]:
    """Open the bytes for one writer; the row is read anew once nobody else writes. Raises Refused."""
    handle = os.open(bytes_of(arrival), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(_("This file is just being sent by another page of yours."), "locked") from error
        arrival.refresh_from_db()
        if arrival.ended_at is not None:
            raise gone()
        have = os.fstat(stream.fileno()).st_size
        if have < arrival.offset:  # the disk was restored from an older day: go on from what is there
            advance(arrival, have)
        yield stream


def append(
    arrival: Arrival, stream: BinaryIO, pieces: Iterable[bytes], checksum: Checksum | None = None
) -> bool:
    """Write `pieces` behind what is safe; say whether the file is whole now.

    Each few megabytes, and what a broken line has brought, are made safe first and told to the row then. Pieces
    with a checksum count together or not at all. The last byte is told by `complete` only, together with what
    the file has become: a server that dies before that is simply sent the end once more.
    """
    at, digest = arrival.offset, hashlib.new(checksum.algorithm) if checksum else None
    try:
        stream.truncate(at)
        stream.seek(at)
        for piece in pieces:
            write(stream, piece)
            at += len(piece)
            if digest:
                digest.update(piece)
            elif at - arrival.offset >= SETTLED_EVERY and at < arrival.size:
                settle(stream)
                advance(arrival, at)
        if checksum and digest and digest.digest() != checksum.digest:
            stream.truncate(arrival.offset)
            raise Refused(_("A part arrived damaged and is sent once more."), "checksum")
        settle(stream)
    except OSError as error:
        raise unstored() from error
    if at < arrival.size:
        advance(arrival, at)
    return at == arrival.size


def write(stream: BinaryIO, piece: bytes) -> None:
    """Write the whole piece: an unbuffered file may take only a part at once, where a disk grows full."""
    left = memoryview(piece)
    while left:
        left = left[stream.write(left) :]


def advance(arrival: Arrival, offset: int) -> None:
    """Tell the row how many bytes are safe, if nobody else has told it anything since it was read."""
    same = Arrival.objects.filter(pk=arrival.pk, offset=arrival.offset, ended_at__isnull=True)
    if not same.update(offset=offset, touched_at=Now()):
        raise gone() if not still_open(arrival).exists() else elsewhere()
    arrival.offset = offset


def still_open(arrival: Arrival):  # type: ignore[no-untyped-def]
    return Arrival.objects.filter(pk=arrival.pk, ended_at__isnull=True)


def complete(arrival: Arrival) -> None:
    """Note the last byte, in the transaction that writes what the file has become; raises Refused if it ended."""
    if not still_open(arrival).update(offset=F("size"), touched_at=Now(), ended_at=Now()):
        raise gone()
    arrival.offset = arrival.size


def end(arrival: Arrival) -> None:
    """Note that the file is not taken."""
    still_open(arrival).update(touched_at=Now(), ended_at=Now())


def drop_bytes(arrival: Arrival) -> None:
    bytes_of(arrival).unlink(missing_ok=True)


def remove(arrival: Arrival) -> None:
    """Forget a file that has not become anything, with its bytes; somebody who still writes it finds it gone."""
    with transaction.atomic():
        row = Arrival.objects.select_for_update().filter(pk=arrival.pk, offset__lt=F("size")).first()
        if row is None:
            raise gone()
        row.delete()
    drop_bytes(arrival)


def sample(arrival: Arrival) -> str:
    """Return the SHA-256 of the first and the last safe bytes (SAMPLED each), which the sender compares."""
    digest = hashlib.sha256()
    try:
        with bytes_of(arrival).open("rb") as stream:
            digest.update(stream.read(min(SAMPLED, arrival.offset)))
            start = max(0, arrival.offset - SAMPLED)
            stream.seek(start)
            digest.update(stream.read(arrival.offset - start))
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def expires_at(arrival: Arrival) -> datetime:
    return arrival.touched_at + KEPT_FOR


def gone() -> Refused:
    return Refused(_("This file is no longer on its way."), "gone")


def elsewhere() -> Refused:
    return Refused(_("Another part of this file is wanted."), "offset")


def sweep() -> int:
    """Forget what nobody has touched for a week, rows and bytes; returns how many rows went."""
    before, swept = now() - KEPT_FOR, 0
    for county in County.objects.all():
        with scope(county=county, school=None):
            for arrival in Arrival.objects.filter(touched_at__lt=before):
                arrival.delete()
                drop_bytes(arrival)
                swept += 1
    for path in folder().glob("*"):  # left by a server that died between the row and the bytes
        if path.stat().st_mtime < time.time() - KEPT_FOR.total_seconds():
            path.unlink(missing_ok=True)
    return swept
