"""A filing as it is read: its fields with labels, texts, rows and points, and the remarks beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessment.planning.content import Content
from assessment.planning.kinds import READ_BY_PORTAL, Column, Field, Kind
from assessment.planning.models import Remark
from microcapabilities.models import Point

Text = str | Promise


@dataclass(frozen=True)
class RowShown:
    """One row: its number for people, its anchor, its cells as pairs of label and text, and its remarks."""

    number: int
    anchor: str
    cells: list[tuple[Text, str]]
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class FieldShown:
    """One field with what stands in it; a missing value is an empty text."""

    anchor: str
    label: Text
    type: str
    text: str
    rows: list[RowShown]
    points: list[Point]
    remarks: list[Remark] = field(default_factory=list)


def shown(
    kind: Kind, content: Content, points: Sequence[Point] = (), remarks: Iterable[Remark] = ()
) -> list[FieldShown]:
    """Return the fields of a content in the order of its kind, each with its remarks."""
    beside = by_anchor(remarks)
    found = []
    for one in kind.fields:
        value = content.get(one.key)
        codes = value if one.type == "points" and value else []
        rows = rows_shown(one, value or [], beside) if one.type == "rows" else []
        standing = {row.anchor for row in rows}
        strays = [
            remark
            for anchor, some in beside.items()
            if anchor.partition(".")[0] == one.key and anchor not in standing
            for remark in some
        ]
        found.append(
            FieldShown(
                one.key,
                one.label,
                one.type,
                text_of(one, value),
                rows,
                [point for point in points if point.code in codes],
                strays,
            )
        )
    return found


def by_anchor(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Return the remarks by the field or row that they stand beside."""
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.field, []).append(remark)
    return found


def rows_shown(one: Field, rows: list[dict[str, str]], beside: dict[str, list[Remark]]) -> list[RowShown]:
    return [
        RowShown(
            number + 1,
            f"{one.key}.{number}",
            [(column.label, cell_text(column, row.get(column.key, ""))) for column in one.columns],
            beside.get(f"{one.key}.{number}", []),
        )
        for number, row in enumerate(rows)
    ]


def cell_text(column: Column, value: str) -> str:
    """Return a cell in words: what the portal reads is named, not keyed."""
    if column.type == "read":
        return str(dict(READ_BY_PORTAL).get(value, ""))
    return value


def text_of(one: Field, value: object) -> str:
    """Return a single field in words."""
    if one.type == "yes":
        return _("yes") if value else _("no")
    if one.type == "points":
        return ", ".join(map(str, value)) if isinstance(value, list) else ""
    return str(value or "") if one.type in ("text", "long") else ""


def row_texts(one: Field, value: object) -> list[str]:
    """Return each row of a field as one text of its labelled cells, the empty ones left out."""
    rows = value if isinstance(value, list) else []
    return [
        _("; ").join(
            f"{column.label}: {cell_text(column, row[column.key])}"
            for column in one.columns
            if row.get(column.key)
        )
        for row in rows
    ]


def anchor_label(kind: Kind, anchor: str) -> str:
    """Return what an anchor is called: “Goals” or “Goals 2”."""
    key, _dot, row = anchor.partition(".")
    one = kind.field(key)
    label = str(one.label) if one else key
    return f"{label} {int(row) + 1}" if row.isdigit() else label


def anchor_text(kind: Kind, content: Content, anchor: str) -> str:
    """Return what stands at an anchor of a content; an empty text where its row is gone."""
    key, _dot, row = anchor.partition(".")
    one = kind.field(key)
    if one is None:
        return ""
    if one.type != "rows":
        return text_of(one, content.get(key))
    texts = row_texts(one, content.get(key))
    if not row.isdigit():
        return "\n".join(texts)
    return texts[int(row)] if int(row) < len(texts) else ""
