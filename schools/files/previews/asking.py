"""Asking for previews: a row with the file, a worker woken after the commit, and a sweep for what was lost."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled
from kombu.exceptions import OperationalError

from schools.clock import now
from schools.files.kinds import Kind
from schools.files.models import Preview, PreviewState, StoredFile
from schools.files.previews import office

logger = logging.getLogger(__name__)
TOLD_FOR = timedelta(seconds=60)  # the lease of a preview that a worker was told of
TOLD_MOST = 4  # on their way at once; the rest waits in the table, where the newest goes first
ADOPTED_MOST = 500
LOOKED_AT_EVERY = 30  # seconds
KINDS = tuple(kind.value for kind in Kind)
FILM = Q(file__kind=Kind.VIDEO)
Files = Callable[[], QuerySet[Any, Any]]
SHOWN: list[Files] = []


def shown_files(function: Files) -> Files:
    """Register a function that returns ids of files which people look at; only those get previews."""
    SHOWN.append(function)
    return function


def ask_for_preview(file: StoredFile) -> None:
    """Write down that the file is to be seen; after the commit a worker is woken. Asking twice is harmless."""
    if file.kind in KINDS:
        asked = Preview(county_id=file.county_id, file_id=file.pk)
        Preview.objects.bulk_create([asked], ignore_conflicts=True)
        transaction.on_commit(lambda: wake(file.pk))


def waiting() -> QuerySet[Preview]:
    """Return previews that nobody makes and nobody was told of lately, newest first; in every county."""
    is_idle = Q(lease_until__isnull=True) | Q(lease_until__lt=now())
    return Preview.objects.filter(is_idle, state=PreviewState.WAITING).order_by("-asked_at", "-pk")


def wake(file_id: int) -> None:
    """Tell a worker of a waiting preview, unless enough are told of: it then waits for the sweep."""
    with scopes_disabled():
        is_told = room() > 0 and waiting().filter(file_id=file_id).update(lease_until=now() + TOLD_FOR)
    if is_told:
        send(file_id)


def room() -> int:
    """Return how many more previews a worker may be told of."""
    told = Preview.objects.filter(state=PreviewState.WAITING, lease_until__gte=now())
    return TOLD_MOST - told[:TOLD_MOST].count()


def hurry(file_id: int) -> None:
    """Tell a worker, past all that waits, of a preview that somebody is looking for; changes no row."""
    if cache.add(f"preview-looked-for-{file_id}", 1, LOOKED_AT_EVERY):
        send(file_id)


def send(file_id: int) -> None:
    """Put the message; a broker that is away is no error, the sweeper tells again."""
    try:
        current_app.send_task("schools.previews.make", args=[file_id], retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("preview of file %s waits for the sweeper: %s", file_id, type(error).__name__)


def sweep() -> None:
    """Tell workers of previews that nobody was told of, or whose worker is gone; of one film at a time."""
    with scopes_disabled():
        films = Preview.objects.filter(FILM, state=PreviewState.WAITING, lease_until__gte=now())
        overdue = [] if films.exists() else list(waiting().filter(FILM).values_list("file_id", flat=True)[:1])
        overdue += waiting().exclude(FILM).values_list("file_id", flat=True)[:TOLD_MOST]
    for file_id in overdue:
        wake(file_id)


def adopt(file_id: int | None = None) -> None:
    """Ask for files, or for one file, that people look at and that have no preview row."""
    with scopes_disabled():
        shown = Q(pk__in=[])
        for files in SHOWN:
            shown |= Q(pk__in=files())
        bare = StoredFile.objects.filter(shown, kind__in=KINDS, preview__isnull=True).order_by("-pk")
        if file_id is not None:
            bare = bare.filter(pk=file_id)
        rows = bare.values_list("pk", "county_id")[:ADOPTED_MOST]
        asked = [Preview(file_id=file_id, county_id=county_id) for file_id, county_id in rows]
        Preview.objects.bulk_create(asked, ignore_conflicts=True)


def try_again_with_office() -> None:
    """Ask once more for documents that could not be shown while LibreOffice was missing."""
    if office.is_there():
        again = {"state": PreviewState.WAITING, "reason": "", "tries": 0}
        with scopes_disabled():
            Preview.objects.filter(state=PreviewState.NONE, reason="no-office").update(**again)
