"""What schools write into a nomination, and the county into quotas and terms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.planning.bodies.models import Employment
from schools.organisations.models import School
from schools.people.models import Person

DAY = {"type": "date"}


class NominationForm(forms.Form):
    """Whom the school proposes, for which subject, and why."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    subject = forms.CharField(label=_("Subject"), max_length=40)
    employment = forms.ChoiceField(
        label=_("Employment"), choices=Employment.choices, initial=Employment.PART, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why this person?"),
        help_text=_("What they do well in class, what they have shown to others, what they can guide."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(person.pk, f"{person.name} {person.subject}".strip()) for person in people]
        self.fields["person"].choices = [("", "—"), *named]


class QuotaForm(forms.Form):
    """How many places a school, a subject, or a school in one subject has."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int, required=False, empty_value=None)
    subject = forms.CharField(
        label=_("Subject"), max_length=40, required=False, help_text=_("Empty: all subjects together.")
    )
    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=999)

    def __init__(self, *args: Any, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(school.pk, school.name) for school in schools]
        self.fields["school"].choices = [("", _("the whole county")), *named]


class RenewForm(forms.Form):
    """Until when a term is renewed, and why."""

    until = forms.DateField(label=_("New term until"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class RetireForm(forms.Form):
    """Why a term ends."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
