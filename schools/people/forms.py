"""What people type on the pages of accounts, roles and rosters."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schools.access.actor import Actor
from schools.access.roles import GROUP, ROLES
from schools.organisations.models import School, TeachingGroup
from schools.people.actions import find_code
from schools.people.models import ActivationCode, Person, User
from schools.people.queries import roles_to_give
from schools.refusals import Refused

WRONG_CODE = "wrong-code"


class ActivationForm(forms.Form):
    """Code, user name and new password; `found` is the open code, None while it is wrong."""

    code = forms.CharField(
        label=_("Activation code"),
        max_length=40,
        help_text=_("The 12 signs on your slip. Capitals and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        required=False,
        help_text=_("Choose one that you will remember. Leave it empty if you already have one."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 8 signs, and nothing that is easy to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("New password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    found: ActivationCode | None = None

    @property
    def known_user(self) -> User | None:
        """The account that the code belongs to, if there is one already."""
        return self.found.person.user if self.found else None

    def clean_code(self) -> str:
        try:
            self.found = find_code(self.cleaned_data["code"])
        except Refused as refusal:
            raise ValidationError(str(refusal), WRONG_CODE) from refusal
        return str(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # Without a valid code nothing is said about user names: they could be tried out here.
        if self.found and not self.known_user:
            self._check_new_name(data.get("username", ""))
        password, again = data.get("password"), data.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        elif password and again:
            try:
                validate_password(password, self.known_user or User(username=data.get("username", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data

    def _check_new_name(self, name: str) -> None:
        name = User.normalize_username(name)
        self.cleaned_data["username"] = name
        if not name:
            self.add_error("username", _("Please choose a user name."))
            return
        try:
            User.username_validator(name)
        except ValidationError as error:
            self.add_error("username", error)
        if User.objects.filter(username__iexact=name).exists():
            self.add_error("username", _("This user name is taken. Please choose another."))


class PeopleFilter(forms.Form):
    """Search and filters of a list of people; `school` only where several are shown."""

    q = forms.CharField(label=_("Name, pinyin, initials or number"), required=False, max_length=60)
    school = forms.TypedChoiceField(label=_("School"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[("", _("Everybody")), ("waiting", _("Without an account"))],
    )

    def __init__(self, *args: Any, schools: Sequence[School] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if schools:
            self.fields["school"].choices = [("", _("All schools")), *((s.pk, s.name) for s in schools)]
        else:
            del self.fields["school"]

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; a value that is none of the choices asks for nothing."""
        self.is_valid()
        return self.cleaned_data


class ReasonForm(forms.Form):
    """Why an identity number has to be seen."""

    reason = forms.CharField(
        label=_("Why do you need it?"),
        max_length=200,
        help_text=_("Your name, the time and this reason are recorded."),
    )


class AppointForm(forms.Form):
    """Who gets which role; for the head of a group also which group."""

    person = forms.IntegerField(label=_("Person"), widget=forms.Select)
    role = forms.ChoiceField(label=_("Role"))
    group = forms.IntegerField(
        label=_("Teaching group"),
        widget=forms.Select,
        required=False,
        help_text=_("For the head of a group only."),
    )

    def __init__(
        self,
        *args: Any,
        school: School,
        actor: Actor,
        people: Sequence[Person],
        groups: Sequence[TeachingGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].widget.choices = [("", "—"), *((p.pk, p.name) for p in people)]
        self.fields["role"].choices = [(role.key, role.label) for role in roles_to_give(school, actor)]
        if groups:
            self.fields["group"].widget.choices = [("", "—"), *((g.pk, g.name) for g in groups)]
        else:
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = ROLES.get(data.get("role", ""))
        if role and role.level != GROUP:
            data["group"] = None
        elif role and not data.get("group"):
            self.add_error("group" if "group" in self.fields else "role", _("Which group is it?"))
        return data


class OutsiderSearch(forms.Form):
    """Whom to look for in other schools, by whole name or number."""

    outsider = forms.CharField(required=False, max_length=60)


class OutsiderForm(forms.Form):
    """Which person of another school is to review here, and why."""

    person = forms.IntegerField(label=_("Person"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
