"""What a teacher types who objects, and what those write who hear it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AppealForm(forms.Form):
    """The teacher's objection."""

    reason = forms.CharField(
        label=_("What was judged wrongly?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Name the item and the criterion, and where in your evidence one can see it."),
    )


class VoteForm(forms.Form):
    """A vote on an appeal."""

    is_for = forms.TypedChoiceField(
        label=_("Is the appeal right?"),
        choices=(("yes", _("Yes, the result was wrong")), ("no", _("No, the result stands"))),
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Your reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
