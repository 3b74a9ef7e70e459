"""The form in which a school writes a filing, made from the fields of its kind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from assessment.planning.content import MOST_LETTERS, MOST_ROWS, MOST_SHORT, Content, shaped
from assessment.planning.kinds import READ_BY_PORTAL, Column, Field, Kind
from assessment.planning.models import Remark
from assessment.planning.reading import by_anchor
from microcapabilities.models import Point

SPARE_ROWS = 2


@dataclass(frozen=True)
class RowPart:
    """One row of the form: its number for people, its anchor, its cells, and the remarks beside it."""

    number: int
    anchor: str
    cells: list[BoundField]
    remarks: list[Remark]


@dataclass(frozen=True)
class Part:
    """One field of the form: a single one, or rows, with the remarks beside it."""

    field: Field
    bound: BoundField | None
    rows: list[RowPart]
    remarks: list[Remark]


class FilingForm(forms.Form):
    """Title and the fields of one kind; rows always end with two empty ones, which count for nothing."""

    use_required_attribute = False
    title = forms.CharField(label=_("Title"), max_length=120)

    def __init__(self, *args: Any, kind: Kind, points: Iterable[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.lengths: dict[str, int] = {}
        for field in kind.fields:
            if field.type == "rows":
                self.add_rows(field)
            else:
                self.fields[field.key] = made(field, points)

    def add_rows(self, field: Field) -> None:
        """Add the cells of as many rows as are sent or written, and of two more."""
        length = rows_sent(self.data, field) if self.is_bound else len(self.initial.get(field.key) or [])
        if not self.is_bound:
            length += SPARE_ROWS
        self.lengths[field.key] = length = min(length, MOST_ROWS)
        written = self.initial.get(field.key) or []
        for number in range(length):
            for column in field.columns:
                name = f"{field.key}-{number}-{column.key}"
                self.fields[name] = cell(column)
                if number < len(written):
                    self.initial[name] = written[number].get(column.key, "")

    def parts(self, remarks: Iterable[Remark] = ()) -> list[Part]:
        """Return the fields in order, as the template draws them, each with its remarks."""
        beside = by_anchor(remarks)
        return [self.part(field, beside) for field in self.kind.fields]

    def part(self, field: Field, beside: dict[str, list[Remark]]) -> Part:
        if field.type != "rows":
            self.mark(field.key, field.is_required)
            return Part(field, self[field.key], [], beside.get(field.key, []))
        rows = [self.row(field, number, beside) for number in range(self.lengths[field.key])]
        standing = {row.anchor for row in rows}
        strays = [
            remark
            for anchor, some in beside.items()
            if anchor.partition(".")[0] == field.key and anchor not in standing
            for remark in some
        ]
        return Part(field, None, rows, strays)

    def row(self, field: Field, number: int, beside: dict[str, list[Remark]]) -> RowPart:
        names = {column: f"{field.key}-{number}-{column.key}" for column in field.columns}
        for column, name in names.items():
            self.mark(name, column.is_required)
        anchor = f"{field.key}.{number}"
        return RowPart(number + 1, anchor, [self[name] for name in names.values()], beside.get(anchor, []))

    def mark(self, name: str, is_required: bool) -> None:
        """Tell the page whether a field is optional; a draft may leave out even what filing asks for."""
        self.fields[name].required = is_required

    def content(self) -> Content:
        """Return what is written, in the shape of the kind."""
        said: dict[str, Any] = {}
        for field in self.kind.fields:
            if field.type != "rows":
                said[field.key] = self.cleaned_data[field.key]
                continue
            said[field.key] = [
                {
                    column.key: plain(self.cleaned_data[f"{field.key}-{number}-{column.key}"])
                    for column in field.columns
                }
                for number in range(self.lengths[field.key])
            ]
        return shaped(self.kind, said)


def plain(value: Any) -> str:
    """Return a cell's value as the content keeps it: days as 2026-06-30, numbers without empty decimals."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def rows_sent(data: Mapping[str, Any], field: Field) -> int:
    """Return how many rows a sent form holds."""
    pattern = re.compile(rf"{re.escape(field.key)}-(\d{{1,2}})-")
    numbers = [int(found[1]) for name in data if (found := pattern.match(name))]
    return max(numbers, default=-1) + 1


def made(field: Field, points: Iterable[Point]) -> forms.Field:
    """Return the form's field of a single field; what is missing is only asked for when it is filed."""
    words: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": False}
    if field.type == "points":
        choices = [(point.code, f"{point.code} {point.name} ({point.credits})") for point in points]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **words)
    if field.type == "yes":
        return forms.BooleanField(**words)
    if field.type == "text":
        return forms.CharField(max_length=MOST_SHORT, **words)
    return forms.CharField(max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 5}), **words)


def cell(column: Column) -> forms.Field:
    """Return the form's field of one cell."""
    words: dict[str, Any] = {"label": column.label, "required": False}
    if column.type == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **words)
    if column.type == "hours":
        return forms.DecimalField(min_value=0, max_value=200, max_digits=5, decimal_places=1, **words)
    if column.type == "read":
        return forms.ChoiceField(choices=[("", _("by hand")), *READ_BY_PORTAL], **words)
    return forms.CharField(max_length=MOST_SHORT, **words)
