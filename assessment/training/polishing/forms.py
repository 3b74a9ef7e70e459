"""What a teacher fills in to begin a piece."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessment.training.polishing.actions import DRAFT_LETTERS, DRAFT_MEGABYTES
from microcapabilities.models import Point
from schools.files.kinds import accept_attribute


class DraftForm(forms.Form):
    """The next version of the piece."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=format_lazy(
            _("A lesson plan, slides, a recording; up to {limit} MB."), limit=DRAFT_MEGABYTES
        ),
        widget=forms.FileInput(attrs={"accept": accept_attribute(DRAFT_LETTERS)}),
    )
    note = forms.CharField(
        label=_("What was changed, and why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PolishForm(DraftForm):
    """A new piece with its first draft."""

    topic = forms.CharField(label=_("Topic"), max_length=100)
    point = forms.ModelChoiceField(
        label=_("Point"), queryset=Point.objects.none(), required=False, empty_label=_("none")
    )
    field_order = ("topic", "point", "file", "note")

    def __init__(self, *args: Any, catalogue_id: int, environments: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = Point.objects.filter(catalogue_id=catalogue_id, environment__in=list(environments))
        self.fields["point"].queryset = points  # type: ignore[attr-defined]
        self.fields["point"].label_from_instance = lambda point: f"{point.code} {point.name}"  # type: ignore[attr-defined]
