"""Comparing once: claim, read without holding the database, then the slices, then the pairs."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django_scopes import scope

from assessment.submitting.likeness.asking import claim, is_in_hand
from assessment.submitting.likeness.comparing import compare
from assessment.submitting.likeness.making import make
from assessment.submitting.likeness.matching import bands
from assessment.submitting.likeness.models import Band, Fingerprint, PrintStatus
from schools.clock import now

logger = logging.getLogger(__name__)
MOST_TRIES = 3
AGAIN_IN = timedelta(minutes=1)
SECONDS = 120  # a task then leaves the rest to the next
CROWD = 60  # files that share a slice; it is then a form's text, and no further file is found by it


def run() -> int:
    """Compare what waits, a handful at a time, for two minutes; returns how many files. One worker at a time."""
    if is_in_hand():
        return 0
    ends, done = time.monotonic() + SECONDS, 0
    while time.monotonic() < ends and (rows := claim()):
        unread = [row for row in rows if row.read_at is None and row.tries <= MOST_TRIES]
        outcomes = make(unread) if unread else {}
        for row in rows:
            with scope(county=row.county, school=None):
                done += finish(row, outcomes)
    return done


def finish(row: Fingerprint, outcomes: dict[int, dict[str, Any]]) -> bool:
    """Write what was read of one file and compare it; what goes wrong is tried again later."""
    try:
        if row.read_at is None:
            if row.tries > MOST_TRIES:
                keep(row, {"reason": "given-up"})
            elif row.pk not in outcomes:
                return let_go(row)
            else:
                keep(row, outcomes[row.pk])
        with transaction.atomic():
            compare(row)
            close(row)
    except Exception:
        logger.exception("comparing file %s failed, try %s", row.file_id, row.tries)
        return let_go(row)
    return True


@transaction.atomic
def keep(row: Fingerprint, outcome: dict[str, Any]) -> None:
    """Write the fingerprint and its slices; committed before anything is compared.

    Of two files compared at the same moment at least one so finds the other.
    """
    row.signature = bytes.fromhex(outcome.get("signature", ""))
    row.sight, row.text = outcome.get("sight"), outcome.get("text", "")
    row.reason, row.read_at = outcome.get("reason", ""), now()
    row.save(update_fields=["signature", "sight", "text", "reason", "read_at"])
    values = bands(row.signature, row.sight)
    full = crowded(values)
    Band.objects.bulk_create(
        (
            Band(county_id=row.county_id, fingerprint=row, value=value)
            for value in values
            if value not in full
        ),
        ignore_conflicts=True,
    )


def crowded(values: list[int]) -> set[int]:
    """Return the slices that so many files share that they come from a form handed out to all."""
    counted = Band.objects.filter(value__in=values).values("value").annotate(count=Count("pk"))
    return set(counted.filter(count__gte=CROWD).values_list("value", flat=True))


def close(row: Fingerprint) -> None:
    """Write down that the file is compared, unless it was asked for anew meanwhile."""
    held = Fingerprint.objects.filter(pk=row.pk, token=row.token)
    held.update(status=PrintStatus.DONE, token="", lease_until=None)


def let_go(row: Fingerprint) -> bool:
    """Leave the file to a later try."""
    held = Fingerprint.objects.filter(pk=row.pk, token=row.token)
    held.update(token="", lease_until=now() + AGAIN_IN)
    return False
