"""The columns that put a query's rows in order, and the conditions for what lies before or after a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import DateTimeField, F, Field, Model, Q, QuerySet, TextField, Value
from django.db.models.expressions import OrderBy

NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Key:
    """One column of an order; empty values stand last unless the order says otherwise."""

    path: str
    field: Field  # type: ignore[type-arg]
    is_descending: bool = False
    is_nullable: bool = False
    has_nulls_first: bool = False

    def order(self, is_backward: bool) -> OrderBy:
        """Return the column as `order_by` wants it, the other way round for reading backward."""
        is_descending = self.is_descending != is_backward
        if not self.is_nullable:
            return OrderBy(F(self.path), descending=is_descending)
        if self.has_nulls_first != is_backward:
            return OrderBy(F(self.path), descending=is_descending, nulls_first=True)
        return OrderBy(F(self.path), descending=is_descending, nulls_last=True)

    def same(self, value: Any) -> Q:
        if value is None:
            return Q(**{f"{self.path}__isnull": True})
        low, high = written(self.field, value)
        if low is high:
            return Q(**{self.path: value})
        return Q(**{f"{self.path}__gte": low, f"{self.path}__lte": high})

    def beyond(self, value: Any, is_backward: bool) -> Q:
        """Return the condition for what comes after `value` in the direction of reading."""
        is_empty = f"{self.path}__isnull"
        has_nulls_ahead = self.is_nullable and self.has_nulls_first == is_backward
        if value is None:
            return NOTHING if has_nulls_ahead else Q(**{is_empty: False})
        low, high = written(self.field, value)
        if self.is_descending != is_backward:
            condition = Q(**{f"{self.path}__lt": low})
        else:
            condition = Q(**{f"{self.path}__gt": high})
        return condition | Q(**{is_empty: True}) if has_nulls_ahead else condition

    def reach(self, value: Any, is_backward: bool) -> Q:
        """Return a plain bound that an index can use, where the column is never empty."""
        if self.is_nullable:
            return Q()
        low, high = written(self.field, value)
        if self.is_descending != is_backward:
            return Q(**{f"{self.path}__lte": high})
        return Q(**{f"{self.path}__gte": low})


def written(field: Any, value: Any) -> tuple[Any, Any]:
    """Return the lowest and the highest form in which a database may hold `value`.

    SQLite keeps times as text: with six decimals from Python, three from its own clock, none for whole seconds.
    """
    if not isinstance(value, datetime) or not isinstance(field, DateTimeField):
        return value, value
    if connection.vendor != "sqlite":
        return value, value
    text = f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return tuple(Value(form, TextField()) for form in (text.rstrip("0").rstrip("."), text))  # type: ignore[return-value]


def keys_of(rows: QuerySet[Any]) -> list[Key] | None:
    """Return the columns of the rows' order, ending in a unique one; None where keys cannot be had."""
    query = rows.query
    if query.is_sliced or query.combinator or query.distinct or rows._fields is not None:  # type: ignore[attr-defined]
        return None
    named = query.order_by or (query.get_meta().ordering if query.default_ordering else ())
    keys = [key_of(rows, column) for column in named]
    known = [key for key in keys if key is not None]
    if len(known) < len(keys):
        return None
    if not any(key.field.unique and "__" not in key.path for key in known):
        known.append(Key("pk", rows.model._meta.pk))
    return known


def key_of(rows: QuerySet[Any], column: Any) -> Key | None:
    """Return the key for one entry of `order_by`, a name or F(…).asc(…); None for anything else."""
    if isinstance(column, F):
        column = OrderBy(column)
    if isinstance(column, OrderBy):
        if not isinstance(column.expression, F):
            return None
        path, is_descending = column.expression.name, column.descending
    else:
        path, is_descending = str(column).removeprefix("-"), str(column).startswith("-")
        column = None
    found = field_at(rows, path)
    if found is None:
        return None
    field, is_nullable = found
    return Key(path, field, is_descending, is_nullable, bool(column and column.nulls_first))


def field_at(rows: QuerySet[Any], path: str) -> tuple[Any, bool] | None:
    """Return the field at a path and whether it may be empty there; an annotation always may."""
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field, True
    model: type[Model] | None = rows.model
    field, is_nullable = None, False
    for part in path.split("__"):
        if model is None:
            return None
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        if not getattr(field, "concrete", False):
            return None
        is_nullable = is_nullable or field.null
        model = field.related_model if part == field.name and field.is_relation else None
    return None if model is not None else (field, is_nullable)


def value_at(row: Any, path: str) -> Any:
    """Return what a row, an object or a dictionary, holds at a path; None where the way breaks off."""
    if isinstance(row, dict):
        return row[path]
    for part in path.split("__"):
        row = getattr(row, part, None)
    return row


def ordered(rows: QuerySet[Any], keys: Sequence[Key], is_backward: bool = False) -> QuerySet[Any]:
    return rows.order_by(*[key.order(is_backward) for key in keys])


def beyond(keys: Sequence[Key], values: Sequence[Any], is_backward: bool) -> Q:
    """Return the condition for the rows that come after the row with `values`."""
    condition, same = NOTHING, Q()
    for key, value in zip(keys, values, strict=True):
        condition |= same & key.beyond(value, is_backward)
        same &= key.same(value)
    return keys[0].reach(values[0], is_backward) & condition
