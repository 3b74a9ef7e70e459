"""What is typed on the pages of certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    """A number as printed, or the code of the verification address."""

    code = forms.CharField(
        label=_("Number or code"),
        max_length=100,
        help_text=_("The number stands on the certificate, such as 341324-2022-A06-000123-X."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
