"""The calendar as the homes show it: each phase with its dates and the days that are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.programme.calendar import one_of_each, phases_at
from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme
from schools.clock import SHANGHAI, now
from schools.organisations.models import School

TONES = {"open": "waiting", "past": "final", "ahead": "quiet"}


@dataclass(frozen=True)
class DateShown:
    """One phase: past, open or ahead, and how many days until it closes or opens."""

    phase: Phase
    standing: str
    days: int

    @property
    def name(self) -> str:
        return self.phase.get_kind_display()

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def closes_on(self) -> date:
        return local_day(self.phase.closes_at)

    @property
    def left(self) -> str:
        """What the days mean, in words."""
        if self.standing == "past":
            return _("closed")
        if self.standing == "ahead":
            return ngettext("opens in %d day", "opens in %d days", self.days) % self.days
        if self.days == 0:
            return _("closes today")
        return ngettext("%d day left", "%d days left", self.days) % self.days


@dataclass(frozen=True)
class Calendar:
    """All phases in order as they stand on a day."""

    today: date
    dates: tuple[DateShown, ...]

    def of(self, kind: PhaseKind) -> DateShown | None:
        """Return the phase of a kind, or None where it has no dates."""
        return next((row for row in self.dates if row.phase.kind == kind), None)

    @property
    def phases(self) -> list[Phase]:
        return [row.phase for row in self.dates]

    @property
    def pairs(self) -> list[tuple[Phase, str]]:
        return [(row.phase, row.standing) for row in self.dates]


def local_day(moment: datetime) -> date:
    """Return the day in Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def day_text(day: date) -> str:
    """Return a day as the reader's language writes it."""
    return date_format(day, "DATE_FORMAT")


def calendar_of(programme: Programme, school: School | None = None) -> Calendar:
    """Return the calendar of this moment, of a school or over all waves; the database's clock comes along."""
    rows = list(phases_at(programme, school).annotate(moment=Now()))
    moment = rows[0].moment if rows else now()  # type: ignore[attr-defined]
    phases = one_of_each(rows, is_of_a_school=school is not None)
    today = local_day(moment)
    return Calendar(today, tuple(shown(phase, moment, today) for phase in phases))


def closings(
    calendar: Calendar, participant: Participant, kinds: Sequence[PhaseKind]
) -> dict[PhaseKind, datetime]:
    """Return when the phases close for a participant, extensions counted, in one query."""
    closes = {kind: row.phase.closes_at for kind in kinds if (row := calendar.of(kind))}
    granted = Extension.objects.filter(
        Q(participant=participant) | Q(participant__isnull=True),
        programme_id=participant.programme_id,
        school_id=participant.school_id,
        kind__in=list(closes),
    )
    for kind, until in granted.values_list("kind", "until"):
        closes[PhaseKind(kind)] = max(closes[PhaseKind(kind)], until)
    return closes


def shown(phase: Phase, moment: datetime, today: date) -> DateShown:
    if moment < phase.opens_at:
        return DateShown(phase, "ahead", (local_day(phase.opens_at) - today).days)
    standing = "past" if moment > phase.closes_at else "open"
    return DateShown(phase, standing, max(0, (local_day(phase.closes_at) - today).days))
