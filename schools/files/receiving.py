"""From an upload to a stored file: size, then what it really is, then whether it fits; all before any row."""

from collections.abc import Iterable
from importlib import import_module

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from schools.files.kinds import Unacceptable, describe, fits
from schools.files.models import StoredFile
from schools.files.storing import clean_name, incoming, keep
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
    opener = import_module("schools.files.opener")  # Pillow, pikepdf and PyAV load with the first upload
    with incoming(upload) as (path, sha256):
        try:
            opened = opener.open_file(path, name)
        except Unacceptable as problem:
            raise Refused(problem.sentence, problem.code) from problem
        if not fits(opened, letters):
            raise Refused(
                _("“%(name)s” is of another kind than asked for here: %(kinds)s.")
                % {"name": name, "kinds": describe(letters)},
                "kind",
            )
        if max_minutes and opened.seconds and opened.seconds > max_minutes * 60 + 5:
            raise Refused(
                _("“%(name)s” runs %(minutes).1f minutes; at most %(limit)d are taken here.")
                % {"name": name, "minutes": opened.seconds / 60, "limit": max_minutes},
                "too-long",
            )
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
