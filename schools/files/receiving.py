"""From an upload to a stored file: size, then what it really is, then whether it fits; all before any row."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from schools.files.kinds import EXTENSIONS, LETTERS, Opened, Unacceptable, describe, fits
from schools.files.models import StoredFile
from schools.files.storing import clean_name, digest_of, incoming, keep, placed, record
from schools.organisations.models import County
from schools.people.models import User
from schools.refusals import Refused

MEGABYTE = 1_000_000


def receive(
    upload: UploadedFile,
    *,
    county: County,
    letters: Iterable[str],
    max_megabytes: int,
    max_minutes: int | None = None,
    by: User | None,
) -> StoredFile:
    """Store an upload of one of the kinds in `letters`; raises Refused with what is wrong and what is right."""
    name, letters = clean_name(upload.name or ""), list(letters)
    refuse_size(name, upload.size or 0, max_megabytes)
    with incoming(upload) as (path, sha256):
        opened = examine(path, name, letters=letters, max_minutes=max_minutes)
        return keep(
            path,
            county=county,
            name=name,
            kind=opened.kind,
            mime=opened.mime,
            sha256=sha256,
            seconds=opened.seconds,
            by=by,
        )


@contextmanager
def received(
    path: Path,
    *,
    county: County,
    name: str,
    letters: Iterable[str],
    max_megabytes: int,
    max_minutes: int | None = None,
    by: User | None,
) -> Iterator[StoredFile]:
    """Store the finished file at `path` as `receive` does, without copying it.

    Its row and what the block writes are one transaction; if that fails, nothing of either stays.
    """
    refuse_size(name, path.stat().st_size, max_megabytes)
    opened = examine(path, name, letters=letters, max_minutes=max_minutes)
    sha256 = digest_of(path)
    with placed(path, county=county) as target, transaction.atomic():
        yield record(
            target,
            county=county,
            name=name,
            kind=opened.kind,
            mime=opened.mime,
            sha256=sha256,
            seconds=opened.seconds,
            by=by,
        )


def examine(path: Path, name: str, *, letters: Iterable[str], max_minutes: int | None) -> Opened:
    """Return what the file at `path` is; raises Refused unless it may stand for one of `letters`."""
    letters = list(letters)
    opener = import_module("schools.files.opener")  # Pillow, pikepdf and PyAV load with the first upload
    try:
        opened: Opened = opener.open_file(path, name)
    except Unacceptable as problem:
        raise Refused(problem.sentence, problem.code) from problem
    if not fits(opened, letters):
        raise wrong_kind(name, letters)
    if max_minutes and opened.seconds and opened.seconds > max_minutes * 60 + 5:
        raise Refused(
            _("“%(name)s” runs %(minutes).1f minutes; at most %(limit)d are taken here.")
            % {"name": name, "minutes": opened.seconds / 60, "limit": max_minutes},
            "too-long",
        )
    return opened


def refuse_size(name: str, size: int, max_megabytes: int) -> None:
    """Refuse an empty file and one over the limit, before a byte of it is looked at."""
    if size == 0:
        raise Refused(_("“%s” is empty (0 bytes). Please choose the file again.") % name, "empty")
    if size > max_megabytes * MEGABYTE:
        raise Refused(
            _("“%(name)s” has %(size)d MB; at most %(limit)d MB are taken here.")
            % {"name": name, "size": -(-size // MEGABYTE), "limit": max_megabytes},
            "too-large",
        )


def refuse_ending(name: str, letters: Iterable[str]) -> None:
    """Refuse a name whose ending no file for `letters` may carry, before a byte of it is sent."""
    letters, (_stem, _dot, ending) = list(letters), name.rpartition(".")
    kind = EXTENSIONS[ending.lower()][0] if ending.lower() in EXTENSIONS else None
    if _dot and not any(kind in LETTERS[letter] for letter in letters):
        raise wrong_kind(name, letters)


def wrong_kind(name: str, letters: Iterable[str]) -> Refused:
    """Return the refusal of a file that is in order but not what is asked for."""
    return Refused(
        _("“%(name)s” is of another kind than asked for here: %(kinds)s.")
        % {"name": name, "kinds": describe(letters)},
        "kind",
    )
