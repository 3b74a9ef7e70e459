"""What is typed about absences: asked by the school, answered by the county."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.programme.absences.models import AbsenceKind
from assessment.programme.dates.forms import DayInput
from assessment.programme.models import Participant, PhaseKind


class AskForm(forms.Form):
    """An exclusion or a leave of one participant."""

    participant = forms.TypedChoiceField(label=_("Teacher"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=AbsenceKind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Excluded: does not count at all, for example shortly before retirement. Leave: counts, but later."
        ),
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput(), required=False, help_text=_("The last day of a leave.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, participants: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = [
            ("", "—"),
            *((row.pk, row.person.name) for row in participants),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a leave's last day, not before its first."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == AbsenceKind.LEAVE and "ends_on" not in self.errors:
            if not given.get("ends_on"):
                self.add_error("ends_on", _("A leave has a last day."))
            elif given.get("starts_on") and given["ends_on"] < given["starts_on"]:
                self.add_error("ends_on", _("The last day lies before the first. Please exchange them."))
        return given


class MoreTimeForm(forms.Form):
    """More time that comes with the approval of a leave."""

    kinds = forms.MultipleChoiceField(
        label=_("More time for"),
        choices=PhaseKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing if the leave needs no extension."),
    )
    until = forms.DateField(label=_("Until"), widget=DayInput(), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day where phases are ticked."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kinds") and not given.get("until") and "until" not in self.errors:
            self.add_error("until", _("Please say until which day the time is extended."))
        return given
