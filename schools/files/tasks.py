"""What beat asks for: files that stopped arriving are forgotten."""

import contextvars

from celery import shared_task

from schools.files import arrivals


@shared_task(name="schools.files.sweep_arrivals")
def sweep_arrivals() -> None:
    """Run in a context of its own, so that no scope stays on the worker."""
    contextvars.copy_context().run(arrivals.sweep)
