"""What is typed about a flag: who helps, and what was agreed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.people.models import Person


class HelperForm(forms.Form):
    """A colleague of the same school."""

    helper = forms.TypedChoiceField(
        label=_("Who helps"),
        coerce=int,
        help_text=_("Helper and teacher are told. Somebody of the same subject or group helps best."),
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper"].choices = [("", "—"), *((person.pk, said(person)) for person in people)]


def said(person: Person) -> str:
    """Return a name with the group, as namesakes need it."""
    return f"{person.name} · {person.group.name}" if person.group else person.name


class NoteForm(forms.Form):
    """What was agreed with the teacher."""

    note = forms.CharField(
        label=_("What was agreed"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For those who help here; the teacher reads it too."),
    )
