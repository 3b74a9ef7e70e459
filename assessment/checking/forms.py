"""What the county office types when it draws."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DrawForm(forms.Form):
    """How many cases are drawn from the ticked returns."""

    size = forms.IntegerField(label=_("Cases to draw"), min_value=1)
