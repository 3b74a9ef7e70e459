"""The calendar as one form: a first and a last day for each phase, for all schools and for each wave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Phase, PhaseKind, Wave
from schools.clock import SHANGHAI


class DayInput(forms.DateInput):
    """A day as the browser's own calendar asks for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


@dataclass(frozen=True)
class Cell:
    """The wanted days of one phase of one wave (or of all); both empty: no dates."""

    kind: PhaseKind
    wave: Wave | None
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Section:
    """The fields of one wave: name, and for each phase its label with both fields."""

    name: str | Promise
    rows: list[tuple[str | Promise, Any, Any]]


class CalendarForm(forms.Form):
    """Two days per phase and wave; a running programme asks for the reason of a change."""

    def __init__(
        self, *args: Any, waves: Sequence[Wave], phases: Sequence[Phase], needs_reason: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: list[Wave | None] = [None, *waves]
        known = {(phase.kind, phase.wave_id): phase for phase in phases}
        for wave in self.places:
            for kind in PhaseKind:
                phase = known.get((kind, wave.pk if wave else None))
                first, last = names_of(kind, wave)
                self.fields[first] = day_field(_("First day"), phase and phase.opens_at)
                self.fields[last] = day_field(_("Last day"), phase and phase.closes_at)
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Why are they changed?"),
                max_length=200,
                help_text=_("The schools whose dates move read it in their notices."),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for both days or none, the first before the last."""
        given: dict[str, Any] = super().clean() or {}
        for wave in self.places:
            for kind in PhaseKind:
                first, last = names_of(kind, wave)
                if first in self.errors or last in self.errors:
                    continue
                if bool(given.get(first)) != bool(given.get(last)):
                    missing = last if given.get(first) else first
                    self.add_error(missing, _("Give both days, or leave both empty."))
                elif given.get(first) and given[last] < given[first]:
                    self.add_error(last, _("The last day lies before the first. Please exchange them."))
        return given

    def cells(self) -> Iterator[Cell]:
        """Yield what was typed, phase by phase."""
        for wave in self.places:
            for kind in PhaseKind:
                first, last = names_of(kind, wave)
                yield Cell(kind, wave, self.cleaned_data[first], self.cleaned_data[last])

    def sections(self) -> list[Section]:
        """Return the fields by wave, for the page."""
        return [
            Section(
                wave.name if wave else _("All schools") if len(self.places) == 1 else _("Schools of no wave"),
                [(kind.label, *(self[name] for name in names_of(kind, wave))) for kind in PhaseKind],
            )
            for wave in self.places
        ]


def names_of(kind: PhaseKind, wave: Wave | None) -> tuple[str, str]:
    """Return the names of both fields of a phase; wave 0 stands for all schools."""
    number = wave.number if wave else 0
    return f"first-{kind}-{number}", f"last-{kind}-{number}"


def day_field(label: str | Promise, moment: Any) -> forms.DateField:
    initial = moment.astimezone(SHANGHAI).date() if moment else None
    return forms.DateField(label=label, required=False, widget=DayInput(), initial=initial)
