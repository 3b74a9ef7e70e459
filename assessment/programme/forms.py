"""What the county office types into its programme: rules, phases, extensions, the setting up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, PhaseKind
from assessment.programme.presets import presets
from schools.organisations.models import School


class DayInput(forms.DateInput):
    """A day as the browser's own calendar asks for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RulesForm(forms.Form):
    """The rules that may change while the programme runs."""

    reviews_needed = forms.IntegerField(
        label=_("Reviews per submission"),
        min_value=1,
        max_value=9,
        help_text=_("How many people of the school's panel judge each submission before it is decided."),
    )
    attempts = forms.IntegerField(
        label=_("Attempts"),
        min_value=1,
        max_value=9,
        help_text=_("How often a teacher may hand in the same point."),
    )
    sample_percent = forms.IntegerField(
        label=_("Share drawn, percent"),
        min_value=1,
        max_value=100,
        help_text=_("The share of passed submissions that a spot check proposes to draw."),
    )
    experts_per_case = forms.IntegerField(
        label=_("Experts per case"),
        min_value=1,
        max_value=9,
        help_text=_("How many experts judge each drawn submission, without knowing whose it is."),
    )
    publication_days = forms.IntegerField(
        label=_("Days of publication before signing"),
        min_value=0,
        max_value=60,
        help_text=_("How long results stand published in the school before the principal signs."),
    )
    allows_rectification = forms.BooleanField(
        label=_("Rectification after overturning"),
        required=False,
        help_text=_("Whether overturned work may be put right in one more attempt."),
    )


class PhaseForm(forms.Form):
    """One window of the calendar."""

    kind = forms.ChoiceField(label=_("Phase"), choices=PhaseKind.choices)
    opens_on = forms.DateField(label=_("First day"), widget=DayInput)
    closes_on = forms.DateField(label=_("Last day"), widget=DayInput)


class ExtensionForm(forms.Form):
    """More time for a school or, once the school is chosen, for one of its participants."""

    kind = forms.ChoiceField(label=_("Phase"), choices=PhaseKind.choices)
    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    participant = forms.TypedChoiceField(label=_("Only for"), coerce=int, required=False, empty_value=None)
    until = forms.DateField(label=_("Until"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self, *args: Any, schools: Sequence[School], participants: Sequence[Participant], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", "—"), *((school.pk, school.name) for school in schools)]
        whole = ("", _("the whole school"))
        self.fields["participant"].choices = [whole, *((row.pk, row.person.name) for row in participants)]
        if not participants:
            self.fields["participant"].help_text = _("Choose the school above to name one person.")


class SetUpForm(forms.Form):
    """Which rule pack in which year; replacing a current programme has to be meant."""

    preset = forms.ChoiceField(label=_("Rule pack"))
    year = forms.IntegerField(label=_("Year"), min_value=2019, max_value=2099)
    replaces = forms.BooleanField(
        label=_("Yes, replace the current programme"),
        required=False,
        help_text=_("It stays on record, but nobody works in it any more."),
    )

    def __init__(self, *args: Any, has_current: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = presets()
        if not has_current:
            del self.fields["replaces"]
