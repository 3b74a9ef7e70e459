"""What is typed into the first and the last step of setting a programme up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.programme.presets import presets


class PackForm(forms.Form):
    """Which rule pack in which year; taking another one over a draft has to be meant."""

    preset = forms.ChoiceField(
        label=_("Rule pack"),
        widget=forms.RadioSelect,
        help_text=_("The document whose rules you begin with; every rule can be changed in the next step."),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=2019,
        max_value=2099,
        help_text=_("The year in which the programme begins."),
    )
    starts_anew = forms.BooleanField(
        label=_("Yes, begin the draft anew"),
        required=False,
        help_text=_("Rules, waves and dates of the present draft are lost."),
    )

    def __init__(self, *args: Any, has_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = presets()
        if not has_draft:
            del self.fields["starts_anew"]
