"""Rule packs as data: read from `fixtures/programmes/`, moved to the year in which a county begins."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings

from assessment.programme.models import PhaseKind
from schools.clock import SHANGHAI


@dataclass(frozen=True)
class Preset:
    """Field values of a programme and its phases as month and day of the first and the last day."""

    slug: str
    year: int
    rules: dict[str, Any]
    phases: dict[str, list[str]]

    def windows(self) -> Iterator[tuple[PhaseKind, datetime, datetime]]:
        """Yield kind, opening and closing moment of each phase."""
        for kind, (first, last) in self.phases.items():
            opens = datetime.combine(date.fromisoformat(f"{self.year}-{first}"), time.min, SHANGHAI)
            closes = datetime.combine(date.fromisoformat(f"{self.year}-{last}"), time.max, SHANGHAI)
            yield PhaseKind(kind), opens, closes


def presets() -> list[tuple[str, str]]:
    """Return slug and source of every preset, for a list to choose from."""
    paths = sorted((settings.BASE_DIR / "fixtures" / "programmes").glob("*.json"))
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))["source"]) for path in paths]


def preset(slug: str, year: int | None = None) -> Preset:
    """Return the preset called `slug`; `year` moves its calendar. Raises FileNotFoundError."""
    path = settings.BASE_DIR / "fixtures" / "programmes" / f"{slug}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    year = year or data["year"]
    rules = {
        **data["rules"],
        "name": data["name"].format(year=year),
        "year": year,
        "starts_on": date(year, *data["starts_on"]),
        "ends_on": date(year, *data["ends_on"]),
    }
    return Preset(slug=slug, year=year, rules=rules, phases=data["phases"])
