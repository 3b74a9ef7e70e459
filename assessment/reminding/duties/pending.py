"""What somebody has not done yet, and how several such things of one person become one."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse

from assessment.reminding.look import Look


@dataclass(frozen=True)
class Pending:
    """One thing that `person_id` has still to do by `due`: where it stands, how many, what the sentence fills in."""

    person_id: int
    school_id: int | None
    due: date
    url: str
    count: int = 1
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def filled(self) -> dict[str, Any]:
        """Return what the sentence's places are filled with."""
        return {"due": self.due.isoformat(), "count": self.count, **self.values}


def gathered(rows: Iterable[Pending]) -> list[Pending]:
    """Return one row per person and due day: counts are added, the place is that of the first."""
    found: dict[tuple[int, date], Pending] = {}
    for row in rows:
        key = (row.person_id, row.due)
        known = found.get(key)
        found[key] = replace(known, count=known.count + row.count) if known else row
    return list(found.values())


def own_page(name: str, *args: int) -> str:
    return reverse(f"assessment:{name}", args=args)


def school_page(look: Look, name: str, school_id: int, query: str = "") -> str:
    """Return the address of a page of a school."""
    school = look.schools[school_id]
    url = reverse(f"assessment:{name}", args=[school.county.slug, school.slug])
    return f"{url}?{query}" if query else url


def county_page(look: Look, name: str) -> str:
    return reverse(f"assessment:{name}", args=[look.programme.county.slug])
