"""What the worker listens for: run one job, and sweep up what was lost."""

import contextvars

from celery import shared_task

from schools.jobs import queueing, running


@shared_task(name="schools.jobs.run")
def run_job(job_id: int) -> None:
    """Do the job in a context of its own, so that no scope stays on the worker."""
    contextvars.copy_context().run(running.run, job_id)


@shared_task(name="schools.jobs.sweep")
def sweep_jobs() -> None:
    """Wake every job that nobody was told of, or whose worker died."""
    for job_id in queueing.overdue():
        queueing.wake(job_id)
