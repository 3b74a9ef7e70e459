"""What is written when somebody gets a post, a body is described, or a post is waived."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.bodies.actions import Holder, Term
from assessment.planning.bodies.models import BodyKind, Origin, PostKey
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Person

DAY = {"type": "date"}


class SeatForm(forms.Form):
    """Which post on which body, who gets it, and for how long.

    The post's value is "body:post"; people are those that the page offers.
    """

    place = forms.ChoiceField(label=_("Post"))
    person = forms.TypedChoiceField(label=_("Person"), coerce=int, required=False, empty_value=None)
    name = forms.CharField(
        label=_("Or somebody from outside: name"),
        max_length=50,
        required=False,
        help_text=_("For people who are not in the county's roster."),
    )
    origin = forms.ChoiceField(label=_("Comes from"), choices=[("", "—"), *Origin.choices], required=False)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Term until"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        required=False,
        help_text=_("Empty: until further notice."),
    )
    gives_role = forms.BooleanField(
        label=_("Also give the role that goes with it"),
        required=False,
        help_text=_("A post alone gives no rights in the portal."),
    )

    def __init__(
        self,
        *args: Any,
        posts: Mapping[BodyKind, Iterable[PostKey]],
        people: Iterable[Person],
        offers_role: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [
            (kind.label, [(f"{kind.value}:{post.value}", post.label) for post in keys])
            for kind, keys in posts.items()
        ]
        self.fields["person"].choices = [("", "—"), *((one.pk, said(one)) for one in people)]
        self.fields["starts_on"].initial = today
        if not offers_role:
            del self.fields["gives_role"]

    def facts(self, person: Person | None) -> dict[str, Any]:
        """Return what the action takes, with the person that was chosen."""
        data = self.cleaned_data
        kind, _colon, post = data["place"].partition(":")
        return {
            "kind": kind,
            "post": post,
            "holder": Holder(person, data["name"], data["origin"]),
            "term": Term(data["starts_on"], data["until"]),
            "gives_role": data.get("gives_role", False),
        }


def said(person: Person) -> str:
    """Return a person as a choice names them: with the school of whoever has one."""
    return f"{person.name} · {person.school.name}" if person.school else person.name


class DutiesForm(forms.Form):
    """What a body of the county does, and whether its roster is published to the schools."""

    kind = forms.ChoiceField(choices=BodyKind.choices, widget=forms.HiddenInput)
    duties = forms.CharField(
        label=_("Duties"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_published = forms.BooleanField(label=_("Schools may read who sits on it"), required=False)


class WaiverForm(forms.Form):
    """What is not asked of which school, and why."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    about = forms.ChoiceField(label=_("What is waived"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self,
        *args: Any,
        schools: Iterable[School],
        about: Iterable[tuple[str, str | Promise]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", "—"), *((school.pk, school.name) for school in schools)]
        self.fields["about"].choices = list(about)
