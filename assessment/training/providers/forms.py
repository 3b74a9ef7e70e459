"""Forms of providers: a name, a sample, the choice of columns, a file, and the confirmation."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.training.providers.models import ColumnMapping, DateOrder, Unit
from assessment.training.providers.reading import CODE_MOST, CONSTANTS, COURSE_MOST, FIELDS

ACCEPT = ".xlsx,.xls,.csv"
# Headings by which platforms often call our fields; only to choose beforehand, the county decides.
OFTEN = {
    "number": ("继教号", "继续教育号", "学员编号", "学号", "账号"),
    "id": ("身份证号", "身份证号码", "证件号码"),
    "name": ("姓名", "学员姓名", "教师姓名"),
    "school": ("单位", "学校", "工作单位", "所在学校"),
    "code": ("课程编号", "课程代码", "课程编码"),
    "course": ("课程名称", "课程"),
    "hours": ("学时", "获得学时", "完成学时", "学习时长"),
    "begun": ("开始时间", "开始日期"),
    "finished": ("完成时间", "完成日期", "结业时间", "结业日期"),
    "status": ("状态", "学习状态", "是否结业", "是否完成"),
}


def file_field(label: Any) -> forms.FileField:
    return forms.FileField(
        label=label,
        allow_empty_file=True,
        help_text=_(".xlsx, .xls or .csv (UTF-8 or GBK), at most 20,000 rows and 20 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class ProviderForm(forms.Form):
    """A new provider."""

    name = forms.CharField(label=_("Name of the provider"), max_length=60)


class SampleForm(forms.Form):
    """A sample of a provider's files, from which a mapping begins."""

    name = forms.CharField(
        label=_("Name of the mapping"), max_length=60, help_text=_("For example: list of finished courses.")
    )
    sample = file_field(_("A file of this provider as sample"))


class ImportForm(forms.Form):
    """A file and the mapping by which it is read."""

    mapping = forms.ModelChoiceField(
        label=_("Mapping"), queryset=ColumnMapping.objects.none(), empty_label=None
    )
    file = file_field(_("File"))

    def __init__(self, *args: Any, mappings: Iterable[ColumnMapping], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mapping"].queryset = mappings  # type: ignore[attr-defined]


class MappingForm(forms.Form):
    """Which heading is which field, what is the same in every row, and how hours and days are written."""

    def __init__(self, *args: Any, headings: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("— not in this file —")), *((heading, heading) for heading in headings)]
        for key, label in FIELDS.items():
            self.fields[f"column_{key}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["constant_course"] = forms.CharField(
            label=_("Course name for all rows"), max_length=COURSE_MOST, required=False
        )
        self.fields["constant_code"] = forms.CharField(
            label=_("Course code for all rows"), max_length=CODE_MOST, required=False
        )
        self.fields["constant_finished"] = forms.DateField(
            label=_("Finished on, for all rows"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        self.fields["unit"] = forms.ChoiceField(label=_("Hours are written as"), choices=Unit.choices)
        self.fields["date_order"] = forms.ChoiceField(
            label=_("Days are written as"), choices=DateOrder.choices
        )
        self.fields["finished_words"] = forms.CharField(
            label=_("Words that mean finished"),
            max_length=200,
            required=False,
            help_text=_("With commas between them; 80% means that share at least. Other rows do not count."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [cleaned[f"column_{key}"] for key in FIELDS if cleaned.get(f"column_{key}")]
        for heading in sorted({one for one in chosen if chosen.count(one) > 1}):
            self.add_error(None, _("“%s” is chosen for two fields. Choose it once.") % heading)
        for field, sentence in self.lacking(cleaned):
            self.add_error(field, sentence)
        return cleaned

    def lacking(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield what a mapping cannot do without."""

        def has(*keys: str) -> bool:
            return any(cleaned.get(f"column_{key}") or cleaned.get(f"constant_{key}") for key in keys)

        if not has("number", "id") and not (has("name") and has("school")):
            yield "column_number", _("Say by what teachers are found: a number, or name and school.")
        if not has("code", "course"):
            yield "column_course", _("Say where the course stands: its code or its name.")
        if not has("hours"):
            yield "column_hours", _("Say in which column the hours stand.")
        if not has("finished"):
            yield "column_finished", _("Say in which column the day stands, or the day for all rows.")
        if has("status") and not cleaned.get("finished_words", "").strip():
            yield "finished_words", _("Say which words in the column mean finished.")

    def settings(self) -> dict[str, Any]:
        """Return the mapping's fields as they were chosen."""
        cleaned = self.cleaned_data
        constants = {key: cleaned[f"constant_{key}"] for key in CONSTANTS if cleaned[f"constant_{key}"]}
        if "finished" in constants:
            constants["finished"] = constants["finished"].isoformat()
        return {
            "columns": {key: cleaned[f"column_{key}"] for key in FIELDS if cleaned[f"column_{key}"]},
            "constants": constants,
            **{name: cleaned[name] for name in ("unit", "date_order", "finished_words")},
        }


def initial_of(mapping: ColumnMapping, headings: Iterable[str]) -> dict[str, Any]:
    """Return what the form of a mapping begins with: what was chosen, or what the headings suggest."""
    columns = mapping.columns or guessed(set(headings))
    return {
        **{f"column_{key}": heading for key, heading in columns.items()},
        **{f"constant_{key}": value for key, value in mapping.constants.items()},
        "unit": mapping.unit,
        "date_order": mapping.date_order,
        "finished_words": mapping.finished_words,
    }


def guessed(headings: set[str]) -> dict[str, str]:
    found = {}
    for key, names in OFTEN.items():
        if name := next((name for name in names if name in headings), ""):
            found[key] = name
    return found
