"""The dates of all schools at once: the common phases, their waves' own, and extensions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessment.programme.calendar import one_of_each, phases_at
from assessment.programme.dates.models import PhaseChange
from assessment.programme.models import Extension, Participant, Phase, PhaseKind, Programme, Wave
from assessment.programme.waves.models import Enrolment
from schools.clock import SHANGHAI, now
from schools.organisations.models import School
from schools.organisations.queries import school_named

FACES = {
    "past": (_("Past"), "final", "lock"),
    "open": (_("Open now"), "good", "dot"),
    "ahead": (_("Ahead"), "quiet", "circle"),
}


@dataclass(frozen=True)
class Window:
    """When a phase is open for a school; an extension may have moved its end."""

    opens_at: datetime
    closes_at: datetime
    is_extended: bool = False

    @property
    def opens_on(self) -> date:
        return self.opens_at.astimezone(SHANGHAI).date()

    @property
    def closes_on(self) -> date:
        return self.closes_at.astimezone(SHANGHAI).date()

    def standing(self, moment: datetime) -> str:
        """Return "ahead", "open" or "past"."""
        return "ahead" if moment < self.opens_at else "past" if moment > self.closes_at else "open"


@dataclass(frozen=True)
class SchoolDates:
    """One school with its wave and its windows by kind of phase."""

    school: School
    wave: Wave | None
    windows: dict[str, Window]

    @property
    def wave_number(self) -> int | None:
        return self.wave.number if self.wave else None

    @property
    def cells(self) -> list[tuple[str, Window | None]]:
        """Return label and window of every kind of phase, in the order of the year."""
        return [(str(kind.label), self.windows.get(kind)) for kind in PhaseKind]

    def __getattr__(self, name: str) -> date | None:
        """Return as `until_<kind>` the last day of a phase, by which the list is sorted; None without dates."""
        kind = name.removeprefix("until_")
        if kind == name or kind not in PhaseKind.values:
            raise AttributeError(name)
        window = self.windows.get(kind)
        return window.closes_on if window else None


def dates_of_schools(
    programme: Programme, *, kind: PhaseKind | None = None, words: str = "", wave: str = ""
) -> list[SchoolDates]:
    """Return every school by name with its windows, in four queries whatever their number."""
    schools = School.objects.filter(county=programme.county).order_by("pinyin", "pk")
    if words:
        schools = schools.filter(school_named(words))
    rows = Enrolment.objects.filter(programme=programme, wave__isnull=False).select_related("wave")
    waves = {row.school_id: row.wave for row in rows}
    phases = Phase.objects.filter(programme=programme)
    granted = Extension.objects.filter(programme=programme, participant__isnull=True)
    if kind is not None:
        phases, granted = phases.filter(kind=kind), granted.filter(kind=kind)
    by_wave: dict[int | None, dict[str, Phase]] = defaultdict(dict)
    for phase in phases:
        by_wave[phase.wave_id][phase.kind] = phase
    ends: dict[tuple[int, str], datetime] = {}
    for school_id, of_kind, until in granted.values_list("school_id", "kind", "until"):
        ends[school_id, of_kind] = max(until, ends.get((school_id, of_kind), until))
    found = []
    for school in schools:
        theirs = waves.get(school.pk)
        if wave and str(theirs.number if theirs else 0) != wave:
            continue
        held = {**by_wave[None], **(by_wave[theirs.pk] if theirs else {})}
        windows = {name: window_of(phase, ends.get((school.pk, name))) for name, phase in held.items()}
        found.append(SchoolDates(school, theirs, windows))
    return found


def window_of(phase: Phase, until: datetime | None) -> Window:
    """Return a phase's window, with its end moved where an extension reaches further."""
    is_extended = until is not None and until > phase.closes_at
    return Window(phase.opens_at, until if until and is_extended else phase.closes_at, is_extended)


@dataclass(frozen=True)
class OwnDate:
    """One phase as somebody's calendar shows it: `reason` says why it was extended."""

    kind: PhaseKind
    window: Window
    standing: str
    reason: str

    @property
    def name(self) -> str:
        return str(self.kind.label)

    @property
    def face(self) -> dict[str, Any]:
        """Return label, tone and shape of its state, for the pill."""
        label, tone, shape = FACES[self.standing]
        return {"label": label, "tone": tone, "shape": shape}


def own_dates(
    programme: Programme, school: School | None, participant: Participant | None = None
) -> list[OwnDate]:
    """Return the phases of a school, or of one of its participants, by their first day; in three queries.

    Without a school they reach over all waves.
    """
    phases = one_of_each(phases_at(programme, school), is_of_a_school=school is not None)
    whose = Q(participant__isnull=True)
    if participant is not None:
        whose |= Q(participant=participant)
    granted: dict[str, Extension] = {}
    for row in Extension.objects.filter(whose, programme=programme, school=school).order_by("until"):
        granted[row.kind] = row
    moment = now()
    found = []
    for phase in phases:
        more = granted.get(phase.kind)
        window = window_of(phase, more.until if more else None)
        reason = more.reason if more and window.is_extended else ""
        found.append(OwnDate(PhaseKind(phase.kind), window, window.standing(moment), reason))
    return found


def windows_by_school(programme: Programme, kind: PhaseKind) -> dict[int, Window]:
    """Return the window of one kind of phase by school id; schools without one are left out."""
    rows = dates_of_schools(programme, kind=kind)
    return {row.school.pk: row.windows[kind] for row in rows if kind in row.windows}


def changes_of(programme: Programme) -> QuerySet[PhaseChange]:
    """Return the changes of the calendar, newest first, with who made them."""
    return PhaseChange.objects.filter(programme=programme).select_related("wave", "changed_by__person")
