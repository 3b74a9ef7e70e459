"""What the county office types on the pages of its schools."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.access.roles import ROLES
from schools.organisations.queries import EXPERTS, LEADERS
from schools.people.models import Person


class SearchForm(forms.Form):
    """Words to look for in a list."""

    q = forms.CharField(required=False, max_length=60)


class LeaderForm(forms.Form):
    """Who of the school's people becomes its principal or its CIO."""

    person = forms.IntegerField(label=_("Person"), widget=forms.Select)
    role = forms.ChoiceField(label=_("Role"), choices=[(key, ROLES[key].label) for key in LEADERS])

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].widget.choices = [("", "—"), *((p.pk, p.name) for p in people)]


class ExpertForm(forms.Form):
    """Who of the county's people becomes an expert or a trainer."""

    person = forms.IntegerField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=[(key, ROLES[key].label) for key in EXPERTS])
