"""Rule packs as data: read from `fixtures/programmes/`, moved to the year in which a county begins."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.conf import settings

from assessment.programme.models import PhaseKind
from schools.clock import SHANGHAI

Window = tuple[PhaseKind, datetime, datetime]


@dataclass(frozen=True)
class WaveRule:
    """One wave of a preset: its name, the year it begins in, the share of the schools in percent."""

    name: str
    year: int
    share: int


@dataclass(frozen=True)
class Preset:
    """Field values of a programme and its phases as month and day of the first and the last day.

    `phases` hold for everybody in the first year, `wave_phases` for each of the `waves` in its own year.
    """

    slug: str
    year: int
    rules: dict[str, Any]
    phases: dict[str, list[str]]
    waves: tuple[WaveRule, ...] = ()
    wave_phases: dict[str, list[str]] = field(default_factory=dict)

    def windows(self) -> Iterator[Window]:
        """Yield kind, opening and closing moment of each phase that holds for everybody."""
        return windows_in(self.year, self.phases)

    def windows_of(self, wave: WaveRule) -> Iterator[Window]:
        """Yield the same of the phases of one wave."""
        return windows_in(wave.year, self.wave_phases)


def windows_in(year: int, phases: Mapping[str, list[str]]) -> Iterator[Window]:
    """Yield kind, opening and closing moment of phases in a year."""
    for kind, (first, last) in phases.items():
        opens = datetime.combine(date.fromisoformat(f"{year}-{first}"), time.min, SHANGHAI)
        closes = datetime.combine(date.fromisoformat(f"{year}-{last}"), time.max, SHANGHAI)
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
    last = year + data.get("years", 1) - 1
    rules = {
        **data["rules"],
        "name": data["name"].format(year=year, last=last),
        "year": year,
        "starts_on": date(year, *data["starts_on"]),
        "ends_on": date(last, *data["ends_on"]),
    }
    moved = year - data["year"]
    waves = [WaveRule(row["name"], row["year"] + moved, row["share"]) for row in data.get("waves", ())]
    return Preset(slug, year, rules, data["phases"], tuple(waves), data.get("wave_phases", {}))
