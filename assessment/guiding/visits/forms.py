"""What is asked for an assignment, and what a trainer writes of a visit."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessment.guiding.enclosures.forms import FilesField, day_field, words_field
from assessment.guiding.visits.models import VisitKind
from schools.organisations.models import School
from schools.people.models import Person


class AssignForm(forms.Form):
    """One trainer, some schools, a time."""

    trainer = forms.TypedChoiceField(label=_("Trainer"), coerce=int)
    schools = forms.TypedMultipleChoiceField(
        label=_("Schools"),
        coerce=int,
        help_text=_("Behind each school stands how many trainers guide it now. Several can be chosen."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    starts_on = day_field(_("First day"))
    last_on = day_field(_("Last day"))
    focus = forms.CharField(label=_("Focus"), max_length=200, required=False)

    def __init__(
        self, *args: Any, trainers: Iterable[Person], schools: Iterable[tuple[School, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainer"].choices = [  # type: ignore[attr-defined]
            (person.pk, f"{person.name} ({schools_counted(person)})") for person in trainers
        ]
        self.fields["schools"].choices = [  # type: ignore[attr-defined]
            (school.pk, f"{school.name} ({count})") for school, count in schools
        ]


def schools_counted(trainer: Any) -> str:
    """Return how many schools a trainer out of `trainers` guides, in words."""
    count = trainer.school_count
    return ngettext("%d school", "%d schools", count) % count


class VisitForm(forms.Form):
    """One visit as the trainer tells of it."""

    day = day_field(_("Day"))
    kind = forms.TypedChoiceField(
        label=_("Kind of visit"), coerce=VisitKind, choices=VisitKind.choices, widget=forms.RadioSelect
    )
    looked_at = forms.CharField(
        label=_("What was looked at"),
        max_length=200,
        help_text=_("For example: two lessons, the group's records, how the panel works."),
    )
    observed = words_field(_("What was seen"))
    advice = words_field(_("Advice to the school"))
    files = FilesField()
