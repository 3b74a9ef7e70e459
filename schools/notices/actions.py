"""Marking notices as read, and as unread again."""

from datetime import datetime

from schools.clock import now
from schools.notices.models import Notice
from schools.notices.queries import own_notices, unread_of
from schools.people.models import Person


def read_all(person: Person | None) -> datetime:
    """Mark everything as read; the moment returned names what was marked, so that it can be undone."""
    moment = now()
    unread_of(person).update(read_at=moment)
    return moment


def unread_since(person: Person | None, moment: datetime) -> int:
    """Mark as unread again what was marked at that very moment; return how many."""
    return own_notices(person).filter(read_at=moment).update(read_at=None)


def read(notice: Notice) -> None:
    """Mark one notice as read; the first reading counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=now())
