"""What beat asks for: the month's small samples of the process."""

import contextvars

from celery import shared_task
from django_scopes import scope, scopes_disabled

from assessment.checking.process.actions import draw_what_is_due
from assessment.programme.models import Programme


@shared_task(name="assessment.sample_process")
def sample_process() -> None:
    """Run through all current programmes in a context of its own."""
    contextvars.copy_context().run(sample_all)


def sample_all() -> int:
    """Draw what is due in every county; safe to run twice. Returns how many samples were drawn."""
    with scopes_disabled():
        programmes = list(Programme.objects.filter(is_current=True).select_related("county"))
    made = 0
    for programme in programmes:
        with scope(county=programme.county, school=None):
            made += len(draw_what_is_due(programme))
    return made
