"""Asking for long work: the fact goes into the database first, the queue only wakes a worker."""

import logging
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django_scopes import scopes_disabled
from kombu.exceptions import OperationalError

from schools.access.actor import Actor
from schools.clock import now
from schools.jobs.models import Job, JobKind
from schools.organisations.models import County, School

logger = logging.getLogger(__name__)
WAKE_AGAIN_AFTER = timedelta(seconds=60)


def ask_for(kind: JobKind, *, county: County, school: School | None = None, by: Actor, **params: Any) -> Job:
    """Write a job row; after the commit a worker is woken."""
    job = Job.objects.create(kind=kind, county=county, school=school, params=params, asked_by=by.user)
    transaction.on_commit(lambda: wake(job.pk))
    return job


def wake(job_id: int) -> None:
    """Tell a worker of a job; a broker that is away is no error, the sweeper tells again."""
    with scopes_disabled():
        Job.objects.filter(pk=job_id).update(woken_at=now())
    try:
        current_app.send_task("schools.jobs.run", args=[job_id], retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("job %s waits for the sweeper: %s", job_id, type(error).__name__)


def overdue() -> list[int]:
    """Return ids of jobs that wait without having been told of lately, or whose worker is gone."""
    moment = now()
    with scopes_disabled():
        waiting = Job.objects.filter(status="waiting").exclude(woken_at__gt=moment - WAKE_AGAIN_AFTER)
        lost = Job.objects.filter(status="running", lease_until__lt=moment)
        return [*waiting.values_list("pk", flat=True), *lost.values_list("pk", flat=True)]
