"""The form by which a roster comes in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RosterForm(forms.Form):
    """One file; what it holds is judged by `importing.receive`."""

    file = forms.FileField(label=_("Roster"), allow_empty_file=True)
