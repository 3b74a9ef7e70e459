"""What the county office types to grant more time."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.programme.dates.forms import DayInput
from assessment.programme.models import Participant, PhaseKind
from schools.organisations.models import School


class ExtensionForm(forms.Form):
    """More time for a school or, once the school is chosen, for one of its participants."""

    kind = forms.ChoiceField(label=_("Phase"), choices=PhaseKind.choices)
    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    participant = forms.TypedChoiceField(label=_("Only for"), coerce=int, required=False, empty_value=None)
    until = forms.DateField(label=_("Until"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self, *args: Any, schools: Sequence[School], participants: Sequence[Participant], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", "—"), *((school.pk, school.name) for school in schools)]
        whole = ("", _("the whole school"))
        self.fields["participant"].choices = [whole, *((row.pk, row.person.name) for row in participants)]
        if not participants:
            self.fields["participant"].help_text = _("Choose the school above to name one person.")
