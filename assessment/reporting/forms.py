"""What is chosen before a report is built, and how the boards are searched, filtered and ordered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import Stage

EVERY = ("", _("All"))


class ReportForm(forms.Form):
    """The language of the headings."""

    language = forms.ChoiceField(label=_("Language of the workbook"), choices=settings.LANGUAGES)


class BoardFilter(forms.Form):
    """Search and order of a board, read from the address; what makes no sense there counts as not asked."""

    q = forms.CharField(
        label=_("Name or pinyin initials"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"type": "search"}),
    )
    sort = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(
        self, data: Any, *, sortings: Iterable[tuple[str, str | Promise]], usual: str, **kwargs: Any
    ) -> None:
        asked = data.copy()
        asked.setdefault("sort", usual)
        super().__init__(asked, auto_id="board-%s", **kwargs)
        self.usual = usual
        self.fields["sort"].choices = list(sortings)  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """Return what was asked for, or an empty text."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    @property
    def sorting(self) -> str:
        return self.chosen("sort") or self.usual


class SchoolsFilter(BoardFilter):
    """The county's board: by stage of school, in the country or not."""

    stage = forms.ChoiceField(label=_("School stage"), required=False, choices=[EVERY, *Stage.choices])
    area = forms.ChoiceField(
        label=_("Area"), required=False, choices=[EVERY, ("rural", _("Rural")), ("other", _("Town"))]
    )
    field_order = ["q", "stage", "area", "sort"]


class TeachersFilter(BoardFilter):
    """The school's board: by teaching group; the stage is chosen by the tabs above and carried along."""

    group = forms.ChoiceField(label=_("Teaching group"), required=False)
    at = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    field_order = ["q", "group", "sort", "at"]

    def __init__(self, data: Any, *, groups: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["group"].choices = [EVERY, *groups]  # type: ignore[attr-defined]
