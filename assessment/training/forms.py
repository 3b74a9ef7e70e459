"""The form by which a teacher claims hours."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessment.training.actions import PROOF_LETTERS, PROOF_MEGABYTES
from assessment.training.models import Category
from schools.files.kinds import accept_attribute


class HourClaimForm(forms.Form):
    """One thing that was done on a day, with its hours and a proof."""

    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What was done"),
        max_length=120,
        help_text=_("For example: open lesson on fractions with the group, watched and talked over."),
    )
    held_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0.5,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy(
            _("A photo, a sign-in sheet or a record (for practice). Picture, PDF or Word, up to {limit} MB."),
            limit=PROOF_MEGABYTES,
        ),
        widget=forms.FileInput(attrs={"accept": accept_attribute(PROOF_LETTERS)}),
    )


class CorrectionForm(forms.Form):
    """Hours to be taken back from a recognised claim, and why."""

    hours = forms.DecimalField(
        label=_("Hours to take back"),
        min_value=0.1,
        max_value=200,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
    )
    because = forms.CharField(
        label=_("Why? The teacher reads this."), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
