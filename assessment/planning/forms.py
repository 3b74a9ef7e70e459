"""What a school writes into its plan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from microcapabilities.models import Point


class PlanForm(forms.Form):
    """The whole-school plan: its title, the problems, the goals, and the points in focus."""

    title = forms.CharField(label=_("Title"), max_length=120)
    problem = forms.CharField(
        label=_("Teaching problems addressed"),
        help_text=_("What in the lessons of this school should get better?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    goals = forms.CharField(
        label=_("Goals: baseline, target, measure, date"),
        help_text=_(
            "For example: lessons with data on learners, from 30 % to 60 %, counted in open lessons, by June."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    focus = forms.MultipleChoiceField(
        label=_("Focus points"),
        help_text=_(
            "Points of the environments that this school has; teachers see them marked when they choose."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, points: Iterable[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focus"].choices = [
            (point.code, f"{point.code} {point.name} ({point.credits})") for point in points
        ]
