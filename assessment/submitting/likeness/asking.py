"""Asking for comparisons: a row with the file, a worker woken after the commit, and a sweep for what was lost."""

import logging
import secrets
from datetime import timedelta

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django_scopes import scopes_disabled
from kombu.exceptions import OperationalError

from assessment.submitting.likeness.models import Fingerprint, PrintStatus
from assessment.submitting.models import Evidence
from schools.clock import now
from schools.files.models import StoredFile

logger = logging.getLogger(__name__)
TASK = "assessment.likeness.compare"
AT_ONCE, ADOPTED_MOST = 16, 500
LEASE = timedelta(minutes=6)
WOKEN_EVERY = 5  # seconds


def ask_for_likeness(file: StoredFile) -> None:
    """Write down that the file is to be compared (again); after the commit a worker is woken.

    A worker that holds it loses its claim, so that its end does not hide what was laid meanwhile.
    """
    asked = Fingerprint(county_id=file.county_id, file_id=file.pk, asked_at=Now())
    Fingerprint.objects.bulk_create(
        [asked],
        update_conflicts=True,
        update_fields=["status", "tries", "asked_at", "token", "lease_until"],
        unique_fields=["file"],
    )
    transaction.on_commit(wake)


def wake() -> None:
    """Tell a worker that something waits; a broker that is away is no error, beat asks once a minute."""
    if not cache.add("likeness-woken", 1, WOKEN_EVERY):
        return
    try:
        current_app.send_task(TASK, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("comparing waits for beat: %s", type(error).__name__)


def free() -> QuerySet[Fingerprint]:
    """Return what waits and is in nobody's hands, in every county, the longest waiting first."""
    is_idle = Q(lease_until__isnull=True) | Q(lease_until__lt=now())
    return Fingerprint.objects.filter(is_idle, status=PrintStatus.WAITING).order_by("asked_at", "pk")


def is_in_hand() -> bool:
    """Say whether a worker is comparing now: a long queue may not hold every worker."""
    with scopes_disabled():
        held = Fingerprint.objects.filter(status=PrintStatus.WAITING, lease_until__gte=now())
        return held.exclude(token="").exists()


def claim() -> list[Fingerprint]:
    """Take up to 16 files that nobody tried yet, else one that was tried in vain; none where nothing waits."""
    token = secrets.token_hex(16)
    with scopes_disabled():
        chosen = list(free().filter(tries=0).values_list("pk", flat=True)[:AT_ONCE])
        chosen = chosen or list(free().values_list("pk", flat=True)[:1])
        if not chosen:
            return []
        taken = {"token": token, "lease_until": now() + LEASE, "tries": F("tries") + 1}
        Fingerprint.objects.filter(pk__in=free().filter(pk__in=chosen).values("pk")).update(**taken)
        held = Fingerprint.objects.filter(token=token).select_related("file", "county")
        return list(held.order_by("pk"))


def adopt() -> None:
    """Ask for files that lie on items and were never asked for: those from before, or of a lost row."""
    with scopes_disabled():
        laid = Evidence.objects.values("file_id")
        bare = StoredFile.objects.filter(pk__in=laid, fingerprint__isnull=True).order_by("-pk")
        rows = bare.values_list("pk", "county_id")[:ADOPTED_MOST]
        asked = [Fingerprint(file_id=file_id, county_id=county_id) for file_id, county_id in rows]
        Fingerprint.objects.bulk_create(asked, ignore_conflicts=True)
