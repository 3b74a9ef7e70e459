"""What the worker listens for: make one preview, sweep up lost ones, adopt files that have none."""

import contextvars

from celery import shared_task

from schools.files.previews import asking, running

FILM_SECONDS = 4 * 3600  # a long lesson on a slow machine; shorter work is ended by its own process


@shared_task(name="schools.previews.make", time_limit=FILM_SECONDS)
def make_preview(file_id: int) -> None:
    """Make the preview in a context of its own, so that no scope stays on the worker; then tell of the next."""
    asking.adopt(file_id)
    contextvars.copy_context().run(running.run, file_id)
    asking.sweep()


@shared_task(name="schools.previews.sweep")
def sweep_previews() -> None:
    """Wake previews that nobody was told of, or whose worker died."""
    asking.sweep()


@shared_task(name="schools.previews.adopt")
def adopt_previews() -> None:
    """Ask for previews of shown files that have none yet, and of documents that LibreOffice can now open."""
    asking.adopt()
    asking.try_again_with_office()
