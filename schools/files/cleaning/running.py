"""Making a cleaned copy once: claim, clean without holding the database, then file and row in one transaction."""

import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django_scopes import scope, scopes_disabled

from schools.clock import now
from schools.files.cleaning.asking import free, waiting_ids
from schools.files.cleaning.making import Made, ending_of, make
from schools.files.cleaning.models import Cleaned, CleaningState
from schools.files.cleaning.naming import patterns_of
from schools.files.cleaning.report import Uncleaned
from schools.files.previews.asking import ask_for_preview
from schools.files.storing import digest_of, placed, record, settle

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
AGAIN = timedelta(seconds=60)
MOST_TRIES = 3
NEUTRAL_NAME = "evidence"
ENDED: dict[str, Any] = {"token": "", "lease_until": None}


class Superseded(Exception):
    """The lease ran out and another worker has the copy."""


def run_waiting(limit: int) -> int:
    """Make the copies that wait, at most so many; returns how many were tried."""
    chosen = waiting_ids(limit)
    for file_id in chosen:
        run(file_id)
    return len(chosen)


def claim(file_id: int) -> Cleaned | None:
    """Take a waiting copy, or one whose worker is gone; returns None when somebody else has it."""
    token = secrets.token_hex(16)
    with scopes_disabled():
        taken = (
            free()
            .filter(file_id=file_id)
            .order_by()
            .update(token=token, lease_until=now() + LEASE, tries=F("tries") + 1)
        )
        rows = Cleaned.objects.select_related("county", "file", "person__user")
        return rows.get(file_id=file_id) if taken else None


def run(file_id: int) -> None:
    """Make one copy if it is free; what goes wrong is written into its row or tried again."""
    cleaned = claim(file_id)
    if cleaned is None:
        return
    with scope(county=cleaned.county, school=None):
        try:
            if cleaned.tries > MOST_TRIES:
                raise Uncleaned("given-up")
            work(cleaned)
        except Superseded:
            logger.warning("cleaning of file %s went to another worker", file_id)
        except Uncleaned as problem:
            close(cleaned, problem.reason)
        except Exception as error:
            # Only the kind of the error is told: its words may hold what the file holds.
            logger.error(
                "cleaning of file %s failed, try %s: %s", file_id, cleaned.tries, type(error).__name__
            )
            held(cleaned).update(lease_until=now() + AGAIN)


def work(cleaned: Cleaned) -> None:
    """Make the copy and put it into the storage with its row."""
    with workshop(cleaned) as folder:
        made = make(cleaned.file, patterns_of(cleaned.person), folder, alive=lambda: stay(cleaned))
        with made.path.open("rb+") as stream:
            settle(stream)
        finish(cleaned, made)


@contextmanager
def workshop(cleaned: Cleaned) -> Iterator[Path]:
    """Yield a folder on the storage's disk; one that a killed worker left goes first."""
    incoming = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for left in incoming.glob(f"cleaning-{cleaned.file_id}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = incoming / f"cleaning-{cleaned.file_id}-{cleaned.token}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def finish(cleaned: Cleaned, made: Made) -> None:
    """Keep the copy as a stored file of its own, ask for its preview, and close the work."""
    file = cleaned.file
    sha256 = digest_of(made.path)
    with placed(made.path, county=cleaned.county) as target, transaction.atomic():
        copy = record(
            target,
            county=cleaned.county,
            name=f"{NEUTRAL_NAME}{ending_of(file)}",
            kind=file.kind,
            mime=file.mime,
            sha256=sha256,
            seconds=file.seconds,
            by=None,
        )
        done = {"state": CleaningState.READY, "copy": copy, "found": made.found, "left": made.left}
        write(cleaned, **done, **ENDED)
        ask_for_preview(copy)


def held(cleaned: Cleaned) -> QuerySet[Cleaned]:
    """Return the row as long as this claim holds it."""
    return Cleaned.objects.filter(pk=cleaned.pk, token=cleaned.token, state=CleaningState.WAITING)


def write(cleaned: Cleaned, **values: Any) -> None:
    """Change the row while this claim holds it."""
    if not held(cleaned).update(**values, made_at=now()):
        raise Superseded


def stay(cleaned: Cleaned) -> None:
    """Keep the lease for another two minutes."""
    if not held(cleaned).update(lease_until=now() + LEASE):
        raise Superseded


def close(cleaned: Cleaned, reason: str) -> None:
    """Write down that there is no copy; superseded claims say nothing."""
    ended = {"state": CleaningState.NONE, "reason": reason, "made_at": now(), **ENDED}
    held(cleaned).update(**ended)
