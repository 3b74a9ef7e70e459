"""The form of a teacher's choice."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from microcapabilities.models import Point


class SelectionForm(forms.Form):
    """Ticked points by code, the goal and the problem; `version` is the draft's, empty without one."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    points = forms.MultipleChoiceField(
        label=_("Points"),
        required=False,
        error_messages={"invalid_choice": _("There is no point %(value)s in this catalogue.")},
    )
    problem = forms.CharField(
        label=_("Which problem of your teaching do you want to solve?"),
        help_text=_("One or two sentences. The group talks the choice over with this in view."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    goal = forms.CharField(
        label=_("What do you want to be able to do at the end?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    measure = forms.CharField(
        label=_("How will it be seen?"),
        help_text=_("What, how much, until when. For example: two lessons with data on learners, by June."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, points: Iterable[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["points"])
        field.choices = [(point.code, str(point)) for point in points]
