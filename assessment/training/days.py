"""A day's hours of practice: how many one day may hold, and how many are left of it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.programme.models import Participant
from assessment.training.models import Category, ClaimState, HourClaim
from assessment.training.queries import plain
from assessment.workflow import Move
from schools.refusals import Refused


def practised(programme_id: int, person_id: int, day: date, *, besides: Iterable[int] = ()) -> Decimal:
    """Return the hours of practice that stand on the person's day, refused ones left out."""
    rows = HourClaim.objects.filter(
        programme_id=programme_id, person_id=person_id, held_on=day, category=Category.PRACTICE
    ).exclude(state=ClaimState.REFUSED)
    total: Decimal | None = rows.exclude(pk__in=list(besides)).aggregate(sum=Sum("hours"))["sum"]
    return total or Decimal(0)


def refuse_beyond(
    participant: Participant, day: date, hours: Decimal, *, besides: Iterable[int] = ()
) -> None:
    """Refuse hours that the day has no room for, saying how many are left."""
    most = participant.programme.most_hours_a_day
    stands = practised(participant.programme_id, participant.person_id, day, besides=besides)
    if stands + hours <= most:
        return
    values = {
        "most": most,
        "left": plain(max(most - stands, Decimal(0))),
        "day": date_format(day, "MONTH_DAY_FORMAT"),
    }
    sentence = _("A day has at most %(most)s hours of practice; on %(day)s %(left)s are left.")
    raise Refused(sentence % values, "hours")


def day_has_room(call: Move) -> None:
    """A day holds only so many hours of practice."""
    claim = call.subject
    if claim.category == Category.PRACTICE:
        refuse_beyond(claim.participant, claim.held_on, claim.hours, besides=[claim.pk])
