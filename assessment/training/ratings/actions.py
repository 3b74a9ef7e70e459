"""Rating what one attended: once, and so that nobody can tell who said what."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.training.ratings.models import Rated, Rating
from assessment.training.ratings.queries import Subject, of, was_there
from schools.access.actor import Actor
from schools.clock import today
from schools.refusals import Forbidden, Refused


def rate(*, subject: Subject, content: int, trainer: int, use: int, by: Actor, text: str = "") -> None:
    """Keep a rating; that somebody has rated and what was said stand apart, and no audit joins them."""
    if by.person is None or not was_there(subject, by.person):
        raise Forbidden(_("Only those who were there rate it."), "not-there")
    if not all(1 <= mark <= 5 for mark in (content, trainer, use)):
        raise Refused(_("Please answer each question from 1 to 5."), "mark")
    try:
        with transaction.atomic():
            Rated.objects.create(county_id=subject.county_id, person=by.person, **of(subject))
            Rating.objects.create(
                county_id=subject.county_id,
                day=today(),
                content=content,
                trainer=trainer,
                use=use,
                text=text.strip(),
                **of(subject),
            )
    except IntegrityError:
        raise Refused(_("You have rated this already; thank you."), "rated") from None
