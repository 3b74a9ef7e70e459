"""Taking the same step with many subjects at once: every rule of `move()`, in a handful of queries."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction

from assessment.events import Event
from assessment.workflow import (
    Move,
    Stateful,
    Step,
    check_note,
    check_standing,
    compare_and_set,
    event_of,
    follow,
    right_to,
    take_over,
    tell_and_tally,
)
from schools.access.actor import Actor
from schools.refusals import Refused

PIECE = 500
Refusals = list[tuple[Any, str]]


def move_each(
    subjects: Iterable[Stateful], action: Callable[[Any], Any]
) -> tuple[list[Stateful], list[tuple[Stateful, str]]]:
    """Do the same for many, each by itself; returns those done and those refused with the sentence."""
    done, refused = [], []
    for subject in subjects:
        try:
            action(subject)
            done.append(subject)
        except Refused as refusal:
            refused.append((subject, str(refusal)))
    return done, refused


def move_all(
    subjects: Iterable[Stateful],
    action: str,
    *,
    by: Actor,
    note: str = "",
    versions: dict[int, int | None] | None = None,
    details: dict[str, Any] | None = None,
) -> tuple[list[Any], Refusals]:
    """Take one step with each, as `move()` does; returns those moved and those refused with the sentence.

    All in one transaction. `versions` by id are those the page was made with. Raises Stale where a row
    changed under the lock; then nothing changed.
    """
    chosen = list({subject.pk: subject for subject in subjects}.values())
    calls: list[tuple[Stateful, Move]] = []
    refused: Refusals = []
    if not chosen:
        return [], []
    batch = Batch(chosen[0].workflow.step(action), by, note.strip(), versions or {}, details or {})
    with transaction.atomic():
        for start in range(0, len(chosen), PIECE):
            moved, kept = batch.move(chosen[start : start + PIECE])
            calls += moved
            refused += kept
    for subject, call in calls:
        follow(subject, call)
    return [subject for subject, _call in calls], refused


class Batch:
    """One step for many: what is the same for all of them is found once."""

    def __init__(
        self, step: Step, by: Actor, note: str, versions: dict[int, int | None], details: dict[str, Any]
    ) -> None:
        self.step, self.by, self.note = step, by, note
        self.versions, self.details = versions, details
        self.roles: dict[int, str | Refused] = {}

    def move(self, subjects: Sequence[Stateful]) -> tuple[list[tuple[Stateful, Move]], Refusals]:
        """Move those that may be moved."""
        moved: list[tuple[Stateful, Move]] = []
        refused: Refusals = []
        events: list[Event] = []
        for subject, fresh in locked(subjects):
            try:
                moved.append((subject, self.checked(fresh)))
            except Refused as refusal:
                refused.append((subject, str(refusal)))
        compare_and_set([call.subject for _subject, call in moved], self.step, {})
        events = [event_of(call, self.role_at(call.subject)) for _subject, call in moved]
        Event.objects.bulk_create(events, batch_size=PIECE)
        for _subject, call in moved:
            tell_and_tally(call)
        return moved, refused

    def checked(self, fresh: Stateful) -> Move:
        """Return the move after every check that `move()` makes."""
        self.role_at(fresh)
        call = Move(fresh, self.step, self.by, self.note, {}, dict(self.details), from_state=fresh.state)
        check_standing(call, self.versions.get(fresh.pk))
        check_note(call)
        for policy in self.step.policies:
            policy(call)
        return call

    def role_at(self, fresh: Stateful) -> str:
        """Return the role in which the step is taken at the subject's school, asked once per school."""
        if fresh.school_id not in self.roles:
            try:
                self.roles[fresh.school_id] = right_to(self.step, fresh, self.by)
            except Refused as refusal:
                self.roles[fresh.school_id] = refusal
        role = self.roles[fresh.school_id]
        if isinstance(role, Refused):
            raise role
        return role


def locked(subjects: Sequence[Stateful]) -> Iterator[tuple[Stateful, Stateful]]:
    """Yield each subject with its row read anew; rows and parents are held until the commit."""
    model, parent = type(subjects[0]), subjects[0].workflow.parent
    if parent:
        above: Any = model._meta.get_field(parent).related_model
        ids = {getattr(subject, f"{parent}_id") for subject in subjects}
        list(above.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    rows = model.objects.select_for_update().order_by("pk").in_bulk([subject.pk for subject in subjects])
    for subject in subjects:
        fresh = rows[subject.pk]
        take_over(fresh, subject)
        yield subject, fresh
