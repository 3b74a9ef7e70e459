"""Doing long work once: claim, keep the lease, finish; every room registers its own kinds here."""

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from schools.clock import now
from schools.files.models import StoredFile
from schools.jobs.models import Job, JobKind, JobStatus
from schools.refusals import Refused

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
MOST_TRIES = 3
WORK: dict[JobKind, Callable[["Run"], None]] = {}


class Superseded(Exception):
    """The lease ran out and another worker has the job."""


def work(kind: JobKind) -> Callable[[Callable[["Run"], None]], Callable[["Run"], None]]:
    """Register the function that does jobs of `kind`."""

    def register(function: Callable[["Run"], None]) -> Callable[["Run"], None]:
        WORK[kind] = function
        return function

    return register


class Run:
    """One worker's hold on one job; every write is guarded by the token of the claim."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def _write(self, **values: object) -> None:
        held = Job.objects.filter(pk=self.job.pk, token=self.job.token, status=JobStatus.RUNNING)
        if not held.update(**values):
            raise Superseded

    def advance(self, done: int, total: int) -> None:
        """Say how far the work is, and keep the lease for another two minutes."""
        self._write(done=done, total=total, lease_until=now() + LEASE)

    def finish(self, message: str = "", result: StoredFile | None = None) -> None:
        """Close the job; call it in the same transaction as the last effect."""
        self._write(
            status=JobStatus.DONE,
            message=message,
            result=result,
            finished_at=now(),
            done=F("total"),
            lease_until=None,
        )


def claim(job_id: int) -> Job | None:
    """Take a waiting job, or one whose worker is gone; returns None when somebody else has it."""
    moment, token = now(), secrets.token_hex(16)
    free = Q(status=JobStatus.WAITING) | Q(status=JobStatus.RUNNING, lease_until__lt=moment)
    with scopes_disabled():
        taken = Job.objects.filter(free, pk=job_id).update(
            status=JobStatus.RUNNING, token=token, lease_until=moment + LEASE, tries=F("tries") + 1
        )
        return Job.objects.select_related("county", "school", "asked_by").get(pk=job_id) if taken else None


def run(job_id: int) -> None:
    """Do one job if it is free; what goes wrong is written into its row."""
    job = claim(job_id)
    if job is None:
        return
    with scope(county=job.county, school=None):
        try:
            if job.tries > MOST_TRIES:
                raise Refused(_("Given up after several tries."))
            WORK[JobKind(job.kind)](Run(job))
        except Superseded:
            logger.warning("job %s went to another worker", job.pk)
        except Refused as refusal:
            fail(job, str(refusal))
        except Exception:
            reference = secrets.token_hex(4)
            logger.exception("job %s failed, reference %s", job.pk, reference)
            fail(job, _("Something went wrong. Reference: %s") % reference)


def fail(job: Job, message: str) -> None:
    """Close the job as failed with a sentence for the person who asked."""
    held = Job.objects.filter(pk=job.pk, token=job.token, status=JobStatus.RUNNING)
    held.update(status=JobStatus.FAILED, message=message, finished_at=now(), lease_until=None)
