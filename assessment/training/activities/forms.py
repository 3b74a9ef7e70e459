"""What a leader fills in: the plan of an activity, its record, a rate of the conversion table."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.training.activities.models import Activity, ActivityKind, Basis
from microcapabilities.models import Point
from schools.clock import SHANGHAI
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Person

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
AREA = forms.Textarea(attrs={"rows": 3})


class ActivityForm(forms.Form):
    """When, where, what for and with whom; `groups` are those that the leader may plan for."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices)
    group = forms.ChoiceField(label=_("Who comes"), required=False)
    title = forms.CharField(label=_("Title"), max_length=100)
    purpose = forms.CharField(
        label=_("Purpose"), widget=AREA, max_length=2000, help_text=_("What shall be there afterwards?")
    )
    problem = forms.CharField(label=_("Teaching problem"), widget=AREA, max_length=2000, required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(label=_("Begins at"), widget=TIME)
    ends = forms.TimeField(label=_("Ends at"), widget=TIME)
    place = forms.CharField(label=_("Venue"), max_length=80)
    leader = forms.ModelChoiceField(label=_("Leader"), queryset=Person._base_manager.none(), empty_label=None)
    partner = forms.ModelChoiceField(
        label=_("Partner school"),
        queryset=School._base_manager.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Its teachers may sign in too."),
    )
    points = forms.ModelMultipleChoiceField(
        label=_("Points"),
        queryset=Point.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        school: School,
        groups: Iterable[TeachingGroup],
        is_for_all: bool,
        catalogue_id: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        whole = [("", _("The whole school"))] if is_for_all else []
        self.fields["group"].choices = [*whole, *((key, group.name) for key, group in self.groups.items())]  # type: ignore[attr-defined]
        self.fields["group"].required = not is_for_all
        people = Person.objects.filter(school=school, is_active=True).order_by("pinyin", "pk")
        self.fields["leader"].queryset = people  # type: ignore[attr-defined]
        schools = School.objects.exclude(pk=school.pk).order_by("pinyin", "pk")
        self.fields["partner"].queryset = schools  # type: ignore[attr-defined]
        points = Point.objects.filter(catalogue_id=catalogue_id, environment__in=list(school.environments))
        self.fields["points"].queryset = points  # type: ignore[attr-defined]
        self.fields["points"].label_from_instance = lambda point: f"{point.code} {point.name}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("begins") and found.get("ends") and found["ends"] <= found["begins"]:
            self.add_error("ends", _("The end has to lie after the beginning."))
        return found

    def facts(self) -> dict[str, Any]:
        """Return what was filled in as the actions take it."""
        found = dict(self.cleaned_data)
        day, begins, ends = found.pop("day"), found.pop("begins"), found.pop("ends")
        found["group"] = self.groups.get(found["group"])
        found["begins_at"] = datetime.combine(day, begins, SHANGHAI)
        found["ends_at"] = datetime.combine(day, ends, SHANGHAI)
        return found


def said_of(activity: Activity) -> dict[str, Any]:
    """Return what an activity's form begins with."""
    begins, ends = activity.begins_at.astimezone(SHANGHAI), activity.ends_at.astimezone(SHANGHAI)
    same = ("kind", "title", "purpose", "problem", "place", "leader", "partner")
    return {name: getattr(activity, name) for name in same} | {
        "group": str(activity.group_id or ""),
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "points": list(activity.points.all()),
    }


class RateForm(forms.Form):
    """How one kind of activity counts."""

    kind = forms.ChoiceField(choices=ActivityKind.choices, widget=forms.HiddenInput)
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0.5,
        max_value=12,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    basis = forms.ChoiceField(label=_("Counted"), choices=Basis.choices)
    most_per_session = forms.DecimalField(
        label=_("Most per session"),
        min_value=0.5,
        max_value=24,
        max_digits=4,
        decimal_places=1,
        required=False,
    )
    most_per_year = forms.DecimalField(
        label=_("Most per year"), min_value=0.5, max_value=200, max_digits=4, decimal_places=1, required=False
    )
