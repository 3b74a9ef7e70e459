"""What is asked for an inspection, an issue, and its mending."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.guiding.enclosures.forms import FilesField, day_field, words_field
from assessment.guiding.inspections.actions import PROOF_LETTERS
from assessment.guiding.inspections.models import Level, Severity, Topic
from assessment.guiding.places import staff_of
from schools.files.kinds import accept_attribute
from schools.organisations.models import School, TeachingGroup


class InspectionForm(forms.Form):
    """One inspection of one school."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=Level, choices=Level.choices, initial=Level.COUNTY.value
    )
    topic = forms.TypedChoiceField(label=_("What was inspected"), coerce=Topic, choices=Topic.choices)
    day = day_field(_("Day"))
    members = forms.CharField(label=_("Who inspected"), max_length=200, help_text=_("Names, one by one."))
    summary = words_field(_("Summary"))
    files = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.order_by("pinyin", "pk")
        self.fields["school"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((school.pk, school.name) for school in schools),
        ]


class IssueForm(forms.Form):
    """Something to be mended at one school."""

    title = forms.CharField(label=_("What is to be mended"), max_length=300)
    area = forms.ChoiceField(label=_("What it is about"), choices=[("", "—"), *Topic.choices], required=False)
    severity = forms.TypedChoiceField(
        label=_("Severity"),
        coerce=lambda value: Severity(int(value)),
        choices=Severity.choices,
        widget=forms.RadioSelect,
    )
    owner = forms.TypedChoiceField(label=_("Responsible"), coerce=int)
    group = forms.TypedChoiceField(
        label=_("Teaching group"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Its heads are told too."),
    )
    due_on = day_field(_("To be mended until"))

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.pk, person.name) for person in staff_of(school)]
        groups = TeachingGroup.objects.filter(school=school).order_by("name")
        self.fields["owner"].choices = [("", "—"), *people]  # type: ignore[attr-defined]
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((group.pk, group.name) for group in groups),
        ]


class MendForm(forms.Form):
    """What was done, and what shows it."""

    words = words_field(_("What was mended"))
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        allow_empty_file=True,
        help_text=_("A photo or a document that shows that it is mended."),
        widget=forms.FileInput(attrs={"accept": accept_attribute(PROOF_LETTERS)}),
    )
