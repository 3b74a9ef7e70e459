"""What beat asks for: the morning's reminders, Monday's digests, the outboxes, the night's flags."""

import contextvars
import logging
from collections.abc import Callable

from celery import shared_task
from django_scopes import scope

from assessment.programme.models import Programme
from assessment.reminding import mailing, outbox
from assessment.reminding.chats import posting
from assessment.reminding.chats.models import ChatMessage
from assessment.reminding.digests import digest
from assessment.reminding.models import Mail
from assessment.reminding.risks.actions import release_helpers
from assessment.reminding.risks.raising import flag
from assessment.reminding.running import remind
from schools.clock import today
from schools.organisations.models import County

logger = logging.getLogger(__name__)


@shared_task(name="assessment.remind")
def remind_all() -> None:
    """Run the day's reminders; in a context of its own, so that no scope stays on the worker."""
    contextvars.copy_context().run(in_every_county, in_programmes(lambda one: remind(one, today())))


@shared_task(name="assessment.digest")
def digest_all() -> None:
    """Send the week's digests."""
    contextvars.copy_context().run(in_every_county, in_programmes(lambda one: digest(one, today())))


@shared_task(name="assessment.flag")
def flag_all() -> None:
    """Raise and clear flags."""
    contextvars.copy_context().run(in_every_county, in_programmes(lambda one: flag(one, today())))


@shared_task(name="assessment.send_outboxes")
def send_outboxes() -> None:
    """Send what waits to go out, and take helpers who left off their flags."""
    contextvars.copy_context().run(in_every_county, send_of)


def in_every_county(act: Callable[[County], object]) -> None:
    """Do the same for each county in its scope; what goes wrong in one does not hold up the others."""
    for county in County.objects.order_by("pk"):
        with scope(county=county, school=None):
            try:
                act(county)
            except Exception:
                logger.exception("county %s: %s", county.pk, getattr(act, "__name__", "task"))


def in_programmes(act: Callable[[Programme], object]) -> Callable[[County], None]:
    def programmes_of(county: County) -> None:
        current = Programme.objects.filter(county=county, is_current=True).select_related("county")
        for programme in current:
            act(programme)

    return programmes_of


def send_of(county: County) -> None:
    release_helpers()
    outbox.send_all(Mail, county.pk, mailing.send)
    outbox.send_all(ChatMessage, county.pk, posting.send)
