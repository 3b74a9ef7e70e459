"""When a county reminds of what: its own rules where it set them, else those of the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.programme.models import Programme
from assessment.reminding.duties.pending import Pending
from assessment.reminding.duties.table import DIGEST, TABLE, Duty
from assessment.reminding.look import Look
from assessment.reminding.models import Reminder, ReminderRule

MADE_UP_FOR = 1


@dataclass(frozen=True)
class Rule:
    """How one duty is reminded of."""

    duty: Duty
    days: tuple[int, ...]
    is_on: bool = True
    by_mail: bool = True
    to_chat: bool = False

    def moment(self, offset: int) -> int | None:
        """Return the moment that has come `offset` days after the due day; one missed night is made up for."""
        come = [day for day in self.days if 0 <= offset - day <= MADE_UP_FOR]
        return max(come, default=None)


@dataclass(frozen=True)
class Due:
    """One person who is to be reminded now, and the name of the step."""

    rule: Rule
    pending: Pending
    step: str
    offset: int

    @property
    def key(self) -> tuple[str, str, int]:
        return self.rule.duty.key, self.step, self.pending.person_id

    @property
    def sentence(self) -> str:
        return self.rule.duty.sentence(self.offset)


def rules_of(programme: Programme) -> dict[str, Rule]:
    """Return the rule of every duty, and last that of the week's digest, in one query."""
    own = {row.duty: row for row in ReminderRule.objects.filter(programme=programme)}
    return {duty.key: rule_of(duty, own.get(duty.key)) for duty in (*TABLE, DIGEST)}


def rule_of(duty: Duty, row: ReminderRule | None) -> Rule:
    if row is None:
        return Rule(duty, duty.days)
    return Rule(duty, tuple(row.days), row.is_on, row.by_mail, row.to_chat)


def come_due(look: Look, rule: Rule, rows: Sequence[Pending]) -> list[Due]:
    """Return those of the rows whose moment has come on the day of the look."""
    found = []
    for row in rows if rule.is_on else ():
        moment = rule.moment((look.day - row.due).days)
        if moment is not None:
            step = f"{rule.duty.key}:{row.due.isoformat()}:{moment:+d}"
            found.append(Due(rule, row, step, (look.day - row.due).days))
    return found


def not_told(programme: Programme, found: Sequence[Due]) -> list[Due]:
    """Return those who were not reminded at this very step before, in one query."""
    steps = {due.step for due in found}
    told = set(
        Reminder.objects.filter(programme=programme, step__in=steps).values_list("duty", "step", "person_id")
    )
    return [due for due in found if due.key not in told]
