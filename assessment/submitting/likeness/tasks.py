"""What the worker listens for: compare what waits, adopt files that were never asked for."""

import contextvars

from celery import shared_task

from assessment.submitting.likeness import asking, running


@shared_task(name=asking.TASK)
def compare_waiting() -> None:
    """Compare in a context of its own, so that no scope stays on the worker."""
    contextvars.copy_context().run(running.run)


@shared_task(name="assessment.likeness.adopt")
def adopt_files() -> None:
    """Ask for files that lie on items and have no fingerprint."""
    asking.adopt()
