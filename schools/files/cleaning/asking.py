"""Asking for cleaned copies: a row with the file, a worker woken after the commit, a sweep for what was lost."""

import logging
from collections.abc import Callable, Iterable

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled
from kombu.exceptions import OperationalError

from schools.clock import now
from schools.files.cleaning.models import Cleaned, CleaningState

logger = logging.getLogger(__name__)
Needed = tuple[int, int, int | None]  # county, file and person by id
NEEDED: list[Callable[[], Iterable[Needed]]] = []
WOKEN_EVERY = 3  # seconds


def needed_cleaned(function: Callable[[], Iterable[Needed]]) -> Callable[[], Iterable[Needed]]:
    """Register a function that returns (county, file, person) ids of files which have to be served cleaned."""
    NEEDED.append(function)
    return function


def ask_for_cleaning(needed: Iterable[Needed]) -> None:
    """Write down which files have to be cleaned of whom; after the commit a worker is woken.

    Asking twice is harmless.
    """
    rows = [Cleaned(county_id=county, file_id=file, person_id=person) for county, file, person in needed]
    if rows:
        Cleaned.objects.bulk_create(rows, ignore_conflicts=True)
        transaction.on_commit(wake)


def free() -> QuerySet[Cleaned]:
    """Return copies that nobody is making, those asked for longest ago first; in every county."""
    is_idle = Q(token="") | Q(lease_until__lt=now())
    return Cleaned.objects.filter(is_idle, state=CleaningState.WAITING).order_by("asked_at", "pk")


def wake() -> None:
    """Tell a worker that copies wait, now and then at most; the sweeper tells again."""
    if cache.add("cleaning-woken", 1, WOKEN_EVERY):
        send()


def send() -> None:
    """Put the message; a broker that is away is no error."""
    try:
        current_app.send_task("schools.cleaning.make", retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("cleaning waits for the sweeper: %s", type(error).__name__)


def waiting_ids(limit: int) -> list[int]:
    """Return the ids of the files whose copies wait, at most so many."""
    with scopes_disabled():
        return list(free().values_list("file_id", flat=True)[:limit])


def adopt() -> None:
    """Ask for files that have to be served cleaned and of which nobody has asked for a copy yet."""
    with scopes_disabled():
        for files in NEEDED:
            ask_for_cleaning(files())


def sweep() -> None:
    """Adopt, and wake a worker where copies wait."""
    adopt()
    if waiting_ids(1):
        wake()
