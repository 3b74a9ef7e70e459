"""What is asked for a document and for a version."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessment.guiding.enclosures.forms import day_field
from assessment.guiding.library.actions import LETTERS, MOST_MEGABYTES
from assessment.guiding.library.models import DocumentKind
from schools.files.kinds import accept_attribute


class VersionForm(forms.Form):
    """One version of a document."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy(_("Word, PDF, Excel or PowerPoint, up to {limit} MB."), limit=MOST_MEGABYTES),
        widget=forms.FileInput(attrs={"accept": accept_attribute(LETTERS)}),
    )
    effective_from = day_field(_("In force from"))
    note = forms.CharField(label=_("What is new"), max_length=200, required=False)


class DocumentForm(VersionForm):
    """A document with its first version."""

    name = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.TypedChoiceField(label=_("Kind"), coerce=DocumentKind, choices=DocumentKind.choices)
    tags = forms.CharField(
        label=_("Key words"), max_length=120, required=False, help_text=_("Words by which it is found.")
    )
    field_order = ("name", "kind", "tags", "file", "effective_from", "note")
