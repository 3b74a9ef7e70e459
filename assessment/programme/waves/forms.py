"""What is typed about waves: which there are, and where the ticked schools go."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Wave
from assessment.programme.waves.actions import WaveWanted
from assessment.programme.waves.models import Tier

MOST_WAVES = 6
STAYS = ""


class WavesForm(forms.Form):
    """Up to six waves in order: name, year, share; empty rows are none."""

    def __init__(self, *args: Any, waves: Sequence[Wave], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_WAVES + 1):
            wave = waves[number - 1] if number <= len(waves) else None
            self.fields[f"name-{number}"] = forms.CharField(
                label=_("Name"), max_length=40, required=False, initial=wave.name if wave else ""
            )
            self.fields[f"year-{number}"] = forms.IntegerField(
                label=_("Year"),
                required=False,
                min_value=2019,
                max_value=2099,
                initial=wave.year if wave else year,
            )
            self.fields[f"share-{number}"] = forms.IntegerField(
                label=_("Share, percent"),
                required=False,
                min_value=1,
                max_value=100,
                initial=wave.share_percent if wave else None,
            )

    def rows(self) -> list[tuple[int, Any, Any, Any]]:
        """Return the fields wave by wave, for the page."""
        return [
            (number, self[f"name-{number}"], self[f"year-{number}"], self[f"share-{number}"])
            for number in range(1, MOST_WAVES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for year and share of each wave that has a name, and for shares of 100 in all."""
        given: dict[str, Any] = super().clean() or {}
        for number in range(1, MOST_WAVES + 1):
            if given.get(f"name-{number}"):
                for part in ("year", "share"):
                    if not given.get(f"{part}-{number}") and f"{part}-{number}" not in self.errors:
                        self.add_error(f"{part}-{number}", _("A wave needs its year and its share."))
            elif given.get(f"share-{number}"):
                self.add_error(f"name-{number}", _("A wave needs a name."))
        if not self.errors and (wanted := self.wanted()) and sum(row.share_percent for row in wanted) != 100:
            raise forms.ValidationError(_("The shares have to make 100 percent together."))
        return given

    def wanted(self) -> list[WaveWanted]:
        """Return the waves that were typed."""
        given = self.cleaned_data
        return [
            WaveWanted(given[f"name-{number}"], given[f"year-{number}"], given[f"share-{number}"])
            for number in range(1, MOST_WAVES + 1)
            if given.get(f"name-{number}")
        ]


class PlaceForm(forms.Form):
    """Where the ticked schools go; what is left as it is stays."""

    wave = forms.ChoiceField(label=_("Wave"), required=False)
    pilot = forms.ChoiceField(
        label=_("Pilot"),
        required=False,
        choices=[(STAYS, _("as it is")), ("yes", _("yes")), ("no", _("no"))],
    )
    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=[(STAYS, _("as it is")), *Tier.choices])

    def __init__(self, *args: Any, waves: Sequence[Wave], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = {str(wave.number): wave for wave in waves}
        numbers = [(number, wave.name) for number, wave in self.by_number.items()]
        self.fields["wave"].choices = [(STAYS, _("as it is")), *numbers, ("0", _("no wave"))]

    def given(self) -> dict[str, Any]:
        """Return what `place` is to set."""
        chosen = self.cleaned_data
        found: dict[str, Any] = {}
        if chosen["wave"]:
            found["wave"] = self.by_number.get(chosen["wave"])
        if chosen["pilot"]:
            found["is_pilot"] = chosen["pilot"] == "yes"
        if chosen["tier"]:
            found["tier"] = chosen["tier"]
        return found
