"""What beat asks for: the figures of the days are counted again, lately often, the whole year at night."""

import contextvars
from datetime import timedelta

from celery import shared_task
from django_scopes import scope

from assessment.programme.models import Programme
from assessment.reporting.days import EVER, Span, recount
from schools.clock import today
from schools.organisations.models import County

LATELY = 2


@shared_task(name="assessment.recount_lately")
def recount_lately() -> None:
    """Count today and yesterday again; in a context of its own, so that no scope stays on the worker."""
    contextvars.copy_context().run(recount_everywhere, LATELY)


@shared_task(name="assessment.recount_year")
def recount_year() -> None:
    """Count every day of the current programmes again."""
    contextvars.copy_context().run(recount_everywhere)


def recount_everywhere(days: int | None = None) -> int:
    """Count the last `days` (None: all) of every county's current programme again; returns rows written."""
    span = Span(today() - timedelta(days=days - 1)) if days else EVER
    written = 0
    for county in County.objects.order_by("pk"):
        with scope(county=county, school=None):
            for programme in Programme.objects.filter(county=county, is_current=True):
                written += recount(programme, span)
    return written
