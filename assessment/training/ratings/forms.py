"""The form by which an attendee rates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.training.ratings.queries import QUESTIONS

MARKS = [(5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1")]


class RatingForm(forms.Form):
    """Three questions from 1 (not at all) to 5 (wholly), and a word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=MARKS,
                coerce=int,
                widget=forms.RadioSelect,
                help_text=_("5: wholly, 1: not at all"),
            )
        self.fields["text"] = forms.CharField(
            label=_("In words"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Nobody sees who wrote it; results are shown from five ratings on."),
        )
