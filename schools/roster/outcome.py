"""What a roster would do, or has done: a line per person, the refusals, and the counts of both."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import School
from schools.people.models import Person
from schools.roster.faults import Refusal
from schools.roster.tables import Table


class RowOutcome(models.TextChoices):
    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    TRANSFERRED = "transferred", _("Transfer asked for")
    UNCHANGED = "unchanged", _("Unchanged")


REFUSED = "refused"


@dataclass
class Line:
    """One row that can be taken; `changes` are the headings of changed columns, `name` is the file's."""

    number: int
    outcome: RowOutcome
    person: Person
    name: str
    school: School
    changes: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """The result of a roster; `refused_rows` counts rows, `refusals` cells (or the one of the whole file)."""

    table: Table | None = None
    lines: list[Line] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    refused_rows: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome: added, changed, transferred, unchanged, refused."""
        found = Counter(line.outcome.value for line in self.lines)
        return {key: found[key] for key in RowOutcome.values} | {REFUSED: self.refused_rows}

    @property
    def digest(self) -> str:
        """A short mark of what would be done, by which a commit knows whether that was what was seen."""
        rows = [f"{line.number}:{line.outcome}:{','.join(line.changes)}" for line in self.lines]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:20]

    def of(self, outcome: str) -> list[Line]:
        return [line for line in self.lines if line.outcome == outcome]
