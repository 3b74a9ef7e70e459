"""What is asked for a circular."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.guiding.circulars.actions import Letter
from assessment.guiding.circulars.addressees import ROLES_ADDRESSED
from assessment.guiding.circulars.models import Circular
from assessment.guiding.enclosures.forms import FilesField, day_field
from assessment.guiding.enclosures.models import Enclosure
from schools.clock import today
from schools.organisations.models import School


class CircularForm(forms.Form):
    """Title, text, to whom, until when, with which files."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    roles = forms.MultipleChoiceField(
        label=_("To whom"), choices=ROLES_ADDRESSED, widget=forms.CheckboxSelectMultiple
    )
    schools = forms.TypedMultipleChoiceField(
        label=_("Schools"),
        coerce=int,
        required=False,
        help_text=_("Without a choice it goes to all schools."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    needs_receipt = forms.BooleanField(
        label=_("Everybody confirms having read it"), required=False, initial=True
    )
    due_on = day_field(_("To be read until"), required=False)
    files = FilesField()
    without = forms.TypedMultipleChoiceField(
        label=_("Take off"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, enclosed: Iterable[Enclosure] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.order_by("pinyin", "pk")
        self.fields["schools"].choices = [  # type: ignore[attr-defined]
            (school.pk, school.name) for school in schools
        ]
        files = [(row.pk, row.file.name) for row in enclosed]
        self.fields["without"].choices = files  # type: ignore[attr-defined]
        if not files:
            del self.fields["without"]

    def clean_due_on(self) -> Any:
        """Refuse a day that has gone by."""
        day = self.cleaned_data["due_on"]
        if day and day < today():
            raise forms.ValidationError(gettext("This day has gone by. Choose today or a later day."))
        return day

    def letter(self) -> Letter:
        """Return what a filled form says."""
        asked = self.cleaned_data
        schools = list(School.objects.filter(pk__in=asked["schools"]))
        return Letter(
            title=asked["title"],
            text=asked["text"],
            roles=asked["roles"],
            schools=schools,
            is_to_all_schools=not schools,
            needs_receipt=asked["needs_receipt"],
            due_on=asked["due_on"],
            uploads=asked["files"],
            without=asked.get("without", ()),
        )


def said(circular: Circular) -> dict[str, Any]:
    """Return what a draft says so far, as the form shows it."""
    return {
        "title": circular.title,
        "text": circular.text,
        "roles": circular.roles,
        "schools": list(circular.targets.values_list("school_id", flat=True)),
        "needs_receipt": circular.needs_receipt,
        "due_on": circular.due_on,
    }
