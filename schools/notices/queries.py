"""Reading one's own notices, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from schools.clock import SHANGHAI
from schools.notices.models import Notice
from schools.people.models import Person


@dataclass(frozen=True)
class Day:
    """The notices of one day in Shanghai, newest first."""

    day: date
    notices: list[Notice]


def own_notices(person: Person | None) -> QuerySet[Notice]:
    """Return the person's notices, newest first; nobody has none."""
    return Notice.objects.filter(person=person).order_by("-told_at", "-pk")


def unread_of(person: Person | None) -> QuerySet[Notice]:
    return own_notices(person).filter(read_at__isnull=True)


def by_day(notices: Iterable[Notice]) -> list[Day]:
    """Group notices, newest first, by the day on which they were told."""
    days = groupby(notices, key=lambda notice: notice.told_at.astimezone(SHANGHAI).date())
    return [Day(day, list(told)) for day, told in days]
