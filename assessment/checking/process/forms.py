"""What the county office types when it samples the process."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.checking.process.models import ProcessKind


class SampleForm(forms.Form):
    """What is sampled, and how many rows."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ProcessKind.choices)
    size = forms.IntegerField(label=_("Rows to draw"), min_value=1, max_value=200)
