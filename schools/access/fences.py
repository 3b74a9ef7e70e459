"""Ring two-and-a-half: database triggers that keep a child in its parent's county, on both databases."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION tenant_fence() RETURNS trigger AS $$
DECLARE parent_id bigint; parent_county bigint; i int := 0;
BEGIN
  WHILE i < TG_NARGS LOOP
    EXECUTE format('SELECT ($1).%I', TG_ARGV[i]) USING NEW INTO parent_id;
    IF parent_id IS NOT NULL THEN
      EXECUTE format('SELECT county_id FROM %I WHERE id = $1', TG_ARGV[i + 1]) USING parent_id INTO parent_county;
      IF parent_county IS DISTINCT FROM NEW.county_id THEN
        RAISE EXCEPTION 'tenant fence: % of %', TG_ARGV[i], TG_TABLE_NAME
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
    END IF;
    i := i + 2;
  END LOOP;
  RETURN NEW;
END $$ LANGUAGE plpgsql
"""


def has_county(model: type[models.Model]) -> bool:
    return any(field.name == "county" for field in model._meta.concrete_fields)


def fenced_models() -> Iterator[tuple[type[models.Model], list[models.ForeignKey]]]:
    """Yield every model with a county, with its foreign keys to models that have one too."""
    for model in apps.get_models():
        if not has_county(model):
            continue
        keys = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and has_county(field.related_model)
        ]
        if keys:
            yield model, keys


def lower_fences(**_kwargs: Any) -> None:
    """Take SQLite's triggers away before a migration: it cannot rename tables that triggers name."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'fence_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def raise_fences(**_kwargs: Any) -> None:
    """Put a trigger on every fenced table; an existing one is replaced."""
    lower_fences()
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for model, keys in fenced_models():
            table = model._meta.db_table
            pairs = [(key.column, key.related_model._meta.db_table) for key in keys]
            if table in tables and {parent for _column, parent in pairs} <= tables:
                for statement in statements(table, pairs):
                    cursor.execute(statement)


def statements(table: str, pairs: list[tuple[str, str]]) -> list[str]:
    """Return the trigger statements of one table for (column, parent table) pairs."""
    if connection.vendor == "postgresql":
        arguments = ", ".join(f"'{column}', '{parent}'" for column, parent in pairs)
        return [
            f'DROP TRIGGER IF EXISTS "fence_{table}" ON "{table}"',
            f'CREATE TRIGGER "fence_{table}" BEFORE INSERT OR UPDATE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION tenant_fence({arguments})",
        ]
    broken = " OR ".join(
        f'(NEW."{column}" IS NOT NULL AND '
        f'(SELECT county_id FROM "{parent}" WHERE id = NEW."{column}") IS NOT NEW.county_id)'
        for column, parent in pairs
    )
    return [
        f'CREATE TRIGGER "fence_{table}_{event.lower()}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN {broken} '
        f"BEGIN SELECT RAISE(ABORT, 'tenant fence: {table}'); END"
        for event in ("INSERT", "UPDATE")
    ]
