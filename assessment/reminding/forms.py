"""What is typed about reminders: the rule of a duty, and what one wants oneself."""

import re
from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LIST = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})


class DaysField(forms.CharField):
    """Numbers of days, divided by commas, enumeration commas or blanks."""

    def clean(self, value: str) -> list[int]:
        words = [word for word in re.split(r"[\s,，、;；]+", super().clean(value)) if word]
        if not all(word.isdecimal() and len(word) <= 3 for word in words):
            raise ValidationError(_("Please write numbers of days, for example 14, 7, 3, 1."))
        return [int(word) for word in words]


class RuleForm(forms.Form):
    """When and how one duty is reminded of."""

    is_on = forms.BooleanField(label=_("Remind"), required=False)
    before = DaysField(
        label=_("Days before the end"),
        max_length=60,
        required=False,
        help_text=_("For example 14, 7, 3, 1. 0 is the last day itself."),
        widget=LIST,
    )
    after = DaysField(label=_("Days after the end"), max_length=60, required=False, widget=LIST)
    by_mail = forms.BooleanField(label=_("By mail too"), required=False)
    to_chat = forms.BooleanField(label=_("Counts to the group chats"), required=False)

    @property
    def days(self) -> list[int]:
        """Return the days counted from the due day, before it negative."""
        before, after = self.cleaned_data.get("before", []), self.cleaned_data.get("after", [])
        return [-day for day in before] + after


def written(days: Iterable[int]) -> tuple[str, str]:
    """Return the days before and after as the form writes them."""
    ordered = sorted(days)
    before = [str(-day) for day in ordered if day <= 0]
    after = [str(day) for day in ordered if day > 0]
    return ", ".join(before), ", ".join(after)


class PreferenceForm(forms.Form):
    """Whether one wants mails, and in which language."""

    by_mail = forms.BooleanField(
        label=_("Remind me by mail too"),
        required=False,
        help_text=_("Notices in the portal come in any case."),
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)
