"""Racing: people press at the same moment, the outcome is looked at, and all is put back for the next round."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import models, transaction
from django_scopes import scopes_disabled

from assessment.checking.appeals.models import Appeal, Hearing
from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.drawing.models import Draw, DrawnReturn, Enlargement
from assessment.checking.models import SchoolReturn
from assessment.events import Event
from assessment.programme.models import Extension, SchoolProgress
from assessment.reviewing.models import Decision, Review
from assessment.submitting.models import Attempt, Evidence, Submission
from schools.people.models import Person
from tests.races.conftest import serving

ROUNDS = int(os.environ.get("RACE_ROUNDS", "20"))  # script/races asks for 100
CONTROL_ROUNDS = 40  # without its guard a race goes wrong now and then, not in every round
GUARDED = "portal.wsgi:application"
UNGUARDED = "tests.races.unguarded:application"
CHECKED = (Hearing, Appeal, SpotCheckCase, Enlargement, DrawnReturn, Draw, SchoolReturn)
# Children come before what they belong to.
TABLES: tuple[Any, ...] = (
    *CHECKED, Evidence, Review, Decision, Attempt, Submission, Extension, SchoolProgress,
)  # fmt: skip


@dataclass(frozen=True)
class Press:
    """One person's press of one button: the address and what its form says."""

    person: Person
    path: str
    form: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """What one round did: the last event before it, and how the presses were answered."""

    since: int
    statuses: list[int]

    def events(self, workflow: str, **which: object) -> list[str]:
        """Return the actions that were written in this round."""
        with scopes_disabled():
            rows = Event.objects.filter(pk__gt=self.since, workflow=workflow, **which).order_by("pk")
            return list(rows.values_list("action", flat=True))


class Standing:
    """How the rows stood; versions go on, because events are kept and count them."""

    def __init__(self) -> None:
        self.rows = {table: rows_of(table) for table in TABLES}

    def put_back(self) -> None:
        """Delete what came since, and change back what was changed."""
        with scopes_disabled(), transaction.atomic():
            for table, kept in self.rows.items():
                present = rows_of(table)
                if new := present.keys() - kept.keys():
                    table._base_manager.filter(pk__in=new).delete()
                for pk, row in kept.items():
                    changed = {name: row[name] for name in row if row[name] != present[pk][name]}
                    changed.pop("version", None)
                    if changed:
                        table._base_manager.filter(pk=pk).update(**changed)


def rows_of(table: type[models.Model]) -> dict[int, dict[str, Any]]:
    """Return every row of a table by its id."""
    with scopes_disabled():
        return {row["id"]: row for row in table._base_manager.values()}


def last_event() -> int:
    with scopes_disabled():
        return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def fresh(row: Any) -> Any:
    """Return the row as it now stands in the database."""
    with scopes_disabled():
        return type(row)._base_manager.get(pk=row.pk)


def raced(*presses: Press, application: str = GUARDED, rounds: int = ROUNDS) -> Iterator[Round]:
    """Let everybody press at the same moment, round after round from the same standing, each first by turns.

    A guarded portal never answers with an error of its own: no deadlock, no broken constraint.
    """
    standing = Standing()
    with serving(application) as server:
        for number in range(rounds):
            if number:
                standing.put_back()
            since = last_event()
            turn = number % len(presses)
            in_turn = [
                partial(server.press, press.person, press.path, **press.form)
                for press in (*presses[turn:], *presses[:turn])
            ]
            statuses = server.at_once(*in_turn)
            assert application != GUARDED or max(statuses) < 500, statuses
            yield Round(since, statuses)
