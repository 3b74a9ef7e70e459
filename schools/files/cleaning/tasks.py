"""What the worker listens for: make the cleaned copies that wait, and sweep up lost ones."""

import contextvars

from celery import shared_task

from schools.files.cleaning import asking, running

AT_ONCE = 20
SECONDS = 4 * 3600


@shared_task(name="schools.cleaning.make", time_limit=SECONDS)
def make_cleaned() -> None:
    """Make waiting copies in a context of its own, so that no scope stays on the worker; then tell of the rest."""
    tried = contextvars.copy_context().run(running.run_waiting, AT_ONCE)
    if tried:
        asking.send()


@shared_task(name="schools.cleaning.sweep")
def sweep_cleaned() -> None:
    """Ask for what has to be served cleaned, and wake a worker where copies wait."""
    asking.sweep()
