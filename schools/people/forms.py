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
from schools.people.codes import LENGTH, plain
from schools.people.models import ActivationCode, Person, User
from schools.people.queries import roles_to_give
from schools.refusals import Refused

WRONG_CODE = "wrong-code"


class NewPasswordInput(forms.PasswordInput):
    """A password to be chosen; the page's script puts a button beside it that shows what was typed."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "autocomplete": "new-password",
                "minlength": 8,
                "data-show": _("Show"),
                "data-hide": _("Hide"),
            }
        )


class ActivationForm(forms.Form):
    """Code, user name and new password; `found` is the open code, None while it is wrong."""

    code = forms.CharField(
        label=_("Activation code"),
        max_length=40,
        help_text=_("The 12 signs on your slip. Capitals, spaces and dashes do not matter."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "autocorrect": "off",
                "spellcheck": "false",
                "inputmode": "text",
                "class": "code-entry",
                "placeholder": "XXXX-XXXX-XXXX",
                "data-from-fragment": True,
            }
        ),
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Choose one that you will remember. Leave it empty if you already have one."),
        error_messages={"required": _("Please choose a user name.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "autocorrect": "off",
                "spellcheck": "false",
            }
        ),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_(
            "At least 8 signs. Not your user name, and none that many people use, like 12345678 or password1."
        ),
        widget=NewPasswordInput,
    )
    password_again = forms.CharField(
        label=_("New password, once more"),
        strip=False,
        widget=NewPasswordInput,
    )

    found: ActivationCode | None = None

    @property
    def known_user(self) -> User | None:
        """The account that the code belongs to, if there is one already."""
        return self.found.person.user if self.found else None

    def clean_code(self) -> str:
        if (typed := len(plain(self.cleaned_data["code"]))) != LENGTH:
            raise ValidationError(
                _("The code has %(length)d signs; %(typed)d stand here.") % {"length": LENGTH, "typed": typed}
            )
        try:
            self.found = find_code(self.cleaned_data["code"])
        except Refused as refusal:
            raise ValidationError(str(refusal), WRONG_CODE) from refusal
        self.fields["username"].required = self.known_user is None
        return str(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # Without a valid code nothing is said about user names: they could be tried out here.
        if not self.found:
            self.errors.pop("username", None)
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
            return
        try:
            User.username_validator(name)
        except ValidationError as error:
            self.add_error("username", error)
        if User.objects.filter(username__iexact=name).exists():
            self.add_error("username", _("This user name is taken. Please choose another."))


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
