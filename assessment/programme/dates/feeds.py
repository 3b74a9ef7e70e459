"""Somebody's calendar for calendar programs, as RFC 5545 has it: whole days, steady names, counted changes."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from assessment.programme.dates.models import CalendarFeed, PhaseChange
from assessment.programme.dates.queries import OwnDate, own_dates
from assessment.programme.models import Extension, Participant, Programme
from assessment.programme.queries import current_programme, participation_of
from assessment.programme.rules.models import RulesVersion
from assessment.programme.waves.models import Enrolment
from schools.access.actor import Actor
from schools.audit.recording import record
from schools.clock import now
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Forbidden

TOKEN_BYTES = 32
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Own:
    """Whose calendar it is: the programme, the school where they work, their participation."""

    programme: Programme
    school: School | None
    participant: Participant | None

    @property
    def dates(self) -> list[OwnDate]:
        return own_dates(self.programme, self.school, self.participant)


def own_of(person: Person) -> Own | None:
    """Return what somebody's calendar is made of; None before the county has a programme."""
    participant = participation_of(person)
    if participant is not None:
        return Own(participant.programme, participant.school, participant)
    programme = current_programme(person.county)
    return Own(programme, person.school, None) if programme else None


@transaction.atomic
def renew(*, person: Person, by: Actor) -> CalendarFeed:
    """Make a secret address of one's own calendar; an earlier one leads nowhere from now on."""
    if by.person is None or by.person.pk != person.pk:
        raise Forbidden(_("This belongs to somebody else."), "own")
    feed, _made = CalendarFeed.objects.update_or_create(
        person=person, defaults={"token": secrets.token_urlsafe(TOKEN_BYTES), "made_at": now()}
    )
    record("calendar-address-made", county=person.county, subject=str(person.pk), by=by)
    return feed


def feed_with(token: str) -> CalendarFeed | None:
    """Return the feed of a token whose person still has a place in the house."""
    if not TOKEN.fullmatch(token):
        return None
    feed = CalendarFeed.objects.select_related("person__county", "person__school", "person__user")
    found = feed.filter(token=token, person__is_active=True).first()
    if found is None or (found.person.user is not None and not found.person.user.is_active):
        return None
    return found


def written(feed: CalendarFeed) -> bytes:
    """Return the calendar of the feed's person; the scope of their county is open."""
    calendar = Calendar()
    calendar.add("prodid", "-//micro-capability-portal//calendar//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", ZONE)
    own = own_of(feed.person)
    if own is not None:
        calendar.add("x-wr-calname", own.programme.name)
        changes = changes_of(own, feed.made_at)
        for row in own.dates:
            calendar.add_component(event_of(own, row, *changes[row.kind]))
    return bytes(calendar.to_ical())


def event_of(own: Own, row: OwnDate, sequence: int, changed_at: datetime) -> Event:
    """Return one phase as an event of whole days; the day after the last ends it."""
    event = Event()
    event.add("uid", f"{row.kind}-{own.programme.pk}@{own.programme.county.slug}.calendar")
    event.add("summary", row.name)
    event.add("dtstart", row.window.opens_on)
    event.add("dtend", row.window.closes_on + timedelta(days=1))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", sequence)
    event.add("transp", "TRANSPARENT")
    if row.window.is_extended:
        event.add("description", _("The last day is extended."))
    return event


def changes_of(own: Own, since: datetime) -> dict[str, tuple[int, datetime]]:
    """Return by kind of phase how often its dates were changed for this person, and when last."""
    begun = RulesVersion.objects.filter(programme=own.programme, number=1).first()
    place = Enrolment.objects.filter(programme=own.programme, school=own.school).first()
    first = max(begun.changed_at if begun else since, place.changed_at if place else since)
    found = {row.kind: [place.changes if place else 0, first] for row in own.dates}
    moved = list(PhaseChange.objects.filter(programme=own.programme).values_list("kind", "changed_at"))
    whose = Q(participant__isnull=True)
    if own.participant is not None:
        whose |= Q(participant=own.participant)
    granted = Extension.objects.filter(whose, programme=own.programme, school=own.school)
    moved += granted.values_list("kind", "granted_at")
    for kind, at in moved:
        if kind in found:
            found[kind] = [found[kind][0] + 1, max(found[kind][1], at)]
    return {kind: (count, at.astimezone(UTC)) for kind, (count, at) in found.items()}
