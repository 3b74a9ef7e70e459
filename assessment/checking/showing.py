"""Small rows that these pages share: what happened as the timeline shows it, and the tabs of a list."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from assessment.workflow import Stateful, history
from schools.access.roles import ROLES


@dataclass(frozen=True)
class EventRow:
    """One event as the timeline component wants it."""

    label: str | Promise
    at: datetime
    actor_name: str
    role: str | Promise
    note: str
    tone: str


@dataclass(frozen=True)
class Tab:
    """One filter of a list."""

    label: str | Promise
    url: str
    is_current: bool
    count: int | None


def timeline(subject: Stateful) -> list[EventRow]:
    """Return the subject's events, oldest first, in one query."""
    rows = []
    for event in history(subject):
        step = subject.workflow.steps.get(event.action)
        person = getattr(event.actor, "person", None) if event.actor else None
        role = ROLES.get(event.role)
        rows.append(
            EventRow(
                step.label if step else event.action,
                event.at,
                person.name if person else "",
                role.label if role else "",
                event.note,
                subject.workflow.faces[event.to_state].tone,
            )
        )
    return rows
