"""Making a preview once: claim, convert without holding the database, then files first and rows last."""

import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django_scopes import scope, scopes_disabled

from schools.clock import now
from schools.files.models import Preview, PreviewState, Rendition, StoredFile
from schools.files.previews.asking import FILM, TOLD_FOR
from schools.files.previews.making import make
from schools.files.previews.outcome import Outcome, Unseen
from schools.files.storing import fsync_folder, location, settle

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
MOST_TRIES = 3


class Superseded(Exception):
    """The lease ran out and another worker has the preview."""


def claim(file_id: int) -> Preview | None:
    """Take a waiting preview, or one whose worker is gone; returns None when somebody else has it."""
    moment, token = now(), secrets.token_hex(16)
    free = Q(token="") | Q(lease_until__lt=moment)
    with scopes_disabled():
        if is_film_in_hand(file_id):
            return None
        taken = Preview.objects.filter(free, file_id=file_id, state=PreviewState.WAITING).update(
            token=token, lease_until=moment + LEASE, tries=F("tries") + 1
        )
        return Preview.objects.select_related("county", "file").get(file_id=file_id) if taken else None


def is_film_in_hand(file_id: int) -> bool:
    """Say whether this is a film while another is being copied: long films may not hold every worker."""
    films = Preview.objects.filter(FILM, state=PreviewState.WAITING)
    busy = films.exclude(token="").filter(lease_until__gte=now()).exclude(file_id=file_id)
    return films.filter(file_id=file_id).exists() and busy.exists()


def run(file_id: int) -> None:
    """Make one preview if it is free; what goes wrong is written into its row or tried again."""
    preview = claim(file_id)
    if preview is None:
        return
    with scope(county=preview.county, school=None):
        try:
            if preview.tries > MOST_TRIES:
                raise Unseen("given-up")
            work(preview)
        except Superseded:
            logger.warning("preview of file %s went to another worker", file_id)
        except Unseen as problem:
            close(preview, problem.reason)
        except Exception:
            logger.exception("preview of file %s failed, try %s", file_id, preview.tries)
            let_go(preview)


def work(preview: Preview) -> None:
    """Convert, put the copies into the storage, then write their rows."""
    source = location(preview.file)
    if not source.exists():
        raise Unseen("damaged")
    target = copies_of(preview.file) / preview.token
    with workshop(preview) as folder:
        made, outcome = make(preview.file.kind, source, folder, alive=lambda: stay(preview))
        for path in made.iterdir():
            with path.open("rb+") as stream:
                settle(stream)
        target.parent.mkdir(parents=True, exist_ok=True)
        made.rename(target)
        fsync_folder(target.parent)
    try:
        finish(preview, outcome, target)
    except Exception:
        shutil.rmtree(target, ignore_errors=True)
        raise
    clear_except(target)


def copies_of(file: StoredFile) -> Path:
    """Return the folder beside a file where its copies lie, a folder for each claim."""
    return location(file).with_name(f"{Path(file.path).name}-seen")


@contextmanager
def workshop(preview: Preview) -> Iterator[Path]:
    """Yield a folder on the storage's disk; one that a killed worker left goes first."""
    incoming = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for left in incoming.glob(f"preview-{preview.file_id}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = incoming / f"preview-{preview.file_id}-{preview.token}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def finish(preview: Preview, outcome: Outcome, folder: Path) -> None:
    """Write the copies' rows and the preview's end in one short transaction."""
    rows = [
        Rendition(
            county_id=preview.county_id,
            preview=preview,
            kind=one.kind,
            number=one.number,
            path=str((folder / one.name).relative_to(settings.MEDIA_ROOT)),
            size=(folder / one.name).stat().st_size,
            mime=one.mime,
            width=one.width,
            height=one.height,
        )
        for one in outcome.made
    ]
    with transaction.atomic():
        write(
            preview, state=PreviewState.READY, pages=outcome.pages, made_at=now(), token="", lease_until=None
        )
        Rendition.objects.bulk_create(rows)


def clear_except(folder: Path) -> None:
    """Take away what lost or killed claims left beside the copies that count."""
    for left in folder.parent.iterdir():
        if left != folder:
            shutil.rmtree(left, ignore_errors=True)


def held(preview: Preview) -> QuerySet[Preview]:
    """Return the row as long as this claim holds it."""
    return Preview.objects.filter(pk=preview.pk, token=preview.token, state=PreviewState.WAITING)


def write(preview: Preview, **values: object) -> None:
    """Change the row while this claim holds it."""
    if not held(preview).update(**values):
        raise Superseded


def stay(preview: Preview) -> None:
    """Keep the lease for another two minutes."""
    write(preview, lease_until=now() + LEASE)


def close(preview: Preview, reason: str) -> None:
    """Write down that there is nothing to see; superseded claims say nothing."""
    ended = {"state": PreviewState.NONE, "reason": reason, "made_at": now(), "token": "", "lease_until": None}
    held(preview).update(**ended)


def let_go(preview: Preview) -> None:
    """Leave the preview to a later try."""
    held(preview).update(token="", lease_until=now() + TOLD_FOR)
