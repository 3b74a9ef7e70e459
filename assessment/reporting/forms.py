"""What is chosen before a report is built."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    """The language of the headings."""

    language = forms.ChoiceField(label=_("Language of the workbook"), choices=settings.LANGUAGES)
