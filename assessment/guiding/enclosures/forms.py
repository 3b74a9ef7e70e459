"""A field for several files, and the day's field of every form of guidance."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessment.guiding.enclosures.actions import LETTERS, MOST_FILES, MOST_MEGABYTES
from schools.files.kinds import accept_attribute


class SeveralFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none; cleaned into a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Files"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text",
            format_lazy(
                _(
                    "Word, PDF, PowerPoint, Excel, pictures or videos; at most {count}, each up to {limit} MB."
                ),
                count=MOST_FILES,
                limit=MOST_MEGABYTES,
            ),
        )
        kwargs["allow_empty_file"] = True
        super().__init__(
            *args,
            widget=SeveralFiles(attrs={"accept": accept_attribute(LETTERS), "multiple": True}),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the uploads; each is cleaned by itself."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in sent]


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def words_field(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )
