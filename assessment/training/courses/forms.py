"""What is written down of a course."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.training.courses.models import Course, CourseKind
from assessment.training.models import Category
from microcapabilities.models import Point
from schools.access.roles import COUNTY, REGION, ROLES
from schools.organisations.models import School
from schools.people.models import Membership, Person

ROLES_TRAINED = [(key, role.label) for key, role in ROLES.items() if role.level not in (COUNTY, REGION)]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CourseForm(forms.Form):
    """A training of the county, or of the school where one is given."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CourseKind.choices)
    title = forms.CharField(label=_("Title"), max_length=100)
    provider = forms.CharField(label=_("Provider"), max_length=100, required=False)
    trainers = forms.ModelMultipleChoiceField(
        label=_("Trainers"),
        queryset=Person._base_manager.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see what the attendees say, from five ratings on."),
    )
    trainers_named = forms.CharField(label=_("Trainers from elsewhere"), max_length=200, required=False)
    begins_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0.5,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    counts = forms.BooleanField(
        label=_("Counts as hours"),
        required=False,
        initial=True,
        help_text=_("Attendees who take part in the programme get the hours; their school attests them."),
    )
    for_roles = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=ROLES_TRAINED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for everybody who takes part."),
    )
    points = forms.ModelMultipleChoiceField(
        label=_("Points"), queryset=Point.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, school: School | None, catalogue_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Membership.objects.filter(ends_on__isnull=True, role="trainer", school__isnull=True)
        if school is not None:
            held = Membership.objects.filter(
                ends_on__isnull=True, role__in=("school-trainer", "team", "cio"), school=school
            )
        trainers = Person.objects.filter(pk__in=held.values("person_id")).order_by("pinyin", "pk")
        self.fields["trainers"].queryset = trainers  # type: ignore[attr-defined]
        points = Point.objects.filter(catalogue_id=catalogue_id)
        self.fields["points"].queryset = points  # type: ignore[attr-defined]
        self.fields["points"].label_from_instance = lambda point: f"{point.code} {point.name}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("begins_on") and found.get("ends_on") and found["ends_on"] < found["begins_on"]:
            self.add_error("ends_on", _("The last day has to lie after the first."))
        return found


def said_of(course: Course) -> dict[str, Any]:
    """Return what a course's form begins with."""
    names = (
        "kind", "title", "provider", "trainers_named", "begins_on", "ends_on", "category", "hours", "counts",
        "for_roles",
    )  # fmt: skip
    said = {name: getattr(course, name) for name in names}
    return said | {"trainers": list(course.trainers.all()), "points": list(course.points.all())}
