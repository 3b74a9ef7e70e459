"""The engine: step tables and `move()`, the only code in the house that assigns a state."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.events import Event
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import SchoolModel
from schools.refusals import Forbidden, Refused, Stale

Policy = Callable[["Move"], None]
PORTAL = Actor(user=None)


@dataclass(frozen=True)
class Face:
    """How a state is shown (tone, shape) and whose turn it is."""

    tone: str
    shape: str
    owner: str


@dataclass(frozen=True)
class Step:
    """One row of a table: who may take a subject from which states to which, and when not.

    No target means that the state stays. No permission at all means that the portal itself takes the step.
    `consequence` is said before it happens; `asks` is what the note is asked for.
    """

    action: str
    label: str | Promise
    sources: tuple[int, ...]
    target: int | None
    permissions: tuple[Permission, ...]
    policies: tuple[Policy, ...] = ()
    tells: tuple[Callable[["Move"], None], ...] = ()
    consequence: str | Promise = ""
    tone: str = "plain"
    needs_note: bool = False
    needs_due: bool = False
    asks: str | Promise = ""


@dataclass
class Workflow:
    """A step table for one model; later stages add rows to it with `extend`."""

    name: str
    title: str | Promise
    states: type[models.IntegerChoices]
    faces: dict[int, Face]
    initial: int
    parent: str = ""
    steps: dict[str, Step] = field(default_factory=dict)
    tallies: list[Callable[["Move"], None]] = field(default_factory=list)

    def extend(self, *steps: Step) -> None:
        for step in steps:
            if step.action in self.steps:
                raise ValueError(f"{self.name} has two steps called {step.action}.")
            self.steps[step.action] = step

    def restrict(self, action: str, *policies: Policy) -> None:
        """Put further policies on a step: what only a later stage knows."""
        step = self.steps[action]
        self.steps[action] = replace(step, policies=(*step.policies, *policies))

    def step(self, action: str) -> Step:
        if action not in self.steps:
            raise Refused(_("There is no such step."), "unknown-step")
        return self.steps[action]


class Stateful(SchoolModel):
    """A row with a state: `state` and `version` change by `move()` alone, a plain save leaves them out."""

    state = models.PositiveSmallIntegerField(gettext_lazy("state"))
    version = models.PositiveIntegerField(default=0, editable=False)

    workflow: ClassVar[Workflow]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.state, self.version = self.workflow.initial, 0
        elif kwargs.get("update_fields") is None:
            guarded = {"id", "state", "version"}
            kwargs["update_fields"] = [f.name for f in self._meta.concrete_fields if f.name not in guarded]
        elif {"state", "version"} & set(kwargs["update_fields"]):
            raise TypeError("States change by move() alone.")
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        return str(self.workflow.states(self.state).label)

    @property
    def tone(self) -> str:
        return self.workflow.faces[self.state].tone

    @property
    def shape(self) -> str:
        return self.workflow.faces[self.state].shape


@dataclass
class Move:
    """What policies and tellers look at; a trial only asks whether a button should be open."""

    subject: Any
    step: Step
    by: Actor
    note: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    is_trial: bool = False
    from_state: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """Return a fact that several policies ask for, read once per move."""
        if name not in self.facts:
            self.facts[name] = read()
        return self.facts[name]


WORKFLOWS: dict[str, Workflow] = {}
# What a subject belongs to for good: already read, it need not be read again under the lock.
STEADY = ("county", "school", "programme", "person", "point")


def register(workflow: Workflow) -> Workflow:
    """Make a workflow known to the diagram, the checks and the tests."""
    WORKFLOWS[workflow.name] = workflow
    return workflow


def move(
    subject: Stateful,
    action: str,
    *,
    by: Actor,
    note: str = "",
    version: int | None = None,
    changes: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> Event:
    """Take one step: right, state and policies are checked and state and event written in one transaction.

    `version` is the one the page was made with; `changes` are further fields set together with the state.
    Raises Forbidden (right), Stale (state or version), Refused (a policy's sentence); then nothing changed.
    """
    step = subject.workflow.step(action)
    with transaction.atomic():
        fresh = lock(subject)
        role = right_to(step, fresh, by)
        call = Move(
            fresh, step, by, note.strip(), dict(changes or {}), dict(details or {}), from_state=fresh.state
        )
        check_standing(call, version)
        check_note(call)
        for policy in step.policies:
            policy(call)
        compare_and_set([fresh], step, call.changes)
        event = event_of(call, role)
        event.save()
        tell_and_tally(call)
    follow(subject, call)
    return event


def lock(subject: Stateful) -> Stateful:
    """Read the subject anew, holding it (and its parent, whose judgement it belongs to) until the commit."""
    if subject.workflow.parent:
        parent = getattr(subject, subject.workflow.parent)
        type(parent).objects.select_for_update().get(pk=parent.pk)
    fresh = type(subject).objects.select_for_update().get(pk=subject.pk)
    take_over(fresh, subject)
    return fresh


def take_over(fresh: Stateful, subject: Stateful) -> None:
    """Give the row read anew what it belongs to for good, where the caller has read that already."""
    names = {key.name for key in fresh._meta.fields}
    for name in STEADY:
        if name in names and subject._meta.get_field(name).is_cached(subject):
            known = getattr(subject, name)
            if known is not None and known.pk == getattr(fresh, f"{name}_id"):
                setattr(fresh, name, known)


def right_to(step: Step, subject: Stateful, by: Actor) -> str:
    """Return the role in which the actor may take the step; raises Forbidden."""
    if not step.permissions:
        if by is PORTAL:
            return "portal"
        raise Forbidden(_("Only the portal itself takes this step."), "forbidden")
    for permission in step.permissions:
        if role := by.role_for(permission, subject.school):
            return role
    raise Forbidden(_("You may not do this here."), "forbidden")


def check_standing(call: Move, version: int | None) -> None:
    """Refuse a page that is older than the subject, and a step that does not begin at its state."""
    if version is not None and version != call.subject.version:
        raise Stale(_("Somebody was quicker. The page now shows how things stand."), "stale")
    if call.subject.state not in call.step.sources:
        raise Stale(
            _("This is not possible while it stands at “%s”. The page now shows how things stand.")
            % call.subject.label,
            "state",
        )


def check_note(call: Move) -> None:
    """Refuse a step without the words it needs."""
    if call.step.needs_note and not call.is_trial and not call.note:
        raise Refused(_("Please write a sentence: what is good, what is missing, what to do next."), "note")


def compare_and_set(subjects: Sequence[Stateful], step: Step, changes: dict[str, Any]) -> None:
    """Write the new state only where every row is still as it was read; raises Stale otherwise."""
    alike: dict[tuple[int, int], list[Stateful]] = defaultdict(list)
    for subject in subjects:
        alike[subject.state, subject.version].append(subject)
    for (state, version), rows in alike.items():
        unchanged = type(rows[0]).objects.filter(
            pk__in=[row.pk for row in rows], state=state, version=version
        )
        target = state if step.target is None else step.target
        if unchanged.update(state=target, version=version + 1, **changes) != len(rows):
            raise Stale(_("Somebody was quicker. The page now shows how things stand."), "stale")
        for row in rows:
            row.state, row.version = target, version + 1
            for name, value in changes.items():
                setattr(row, name, value)


def event_of(call: Move, role: str) -> Event:
    """Return the one event of a move, to be written with it."""
    return Event(
        county_id=call.subject.county_id,
        school_id=call.subject.school_id,
        workflow=call.subject.workflow.name,
        subject_id=call.subject.pk,
        version=call.subject.version,
        action=call.step.action,
        from_state=call.from_state,
        to_state=call.subject.state,
        actor=call.by.user,
        role=role,
        note=call.note,
        details=call.details,
    )


def tell_and_tally(call: Move) -> None:
    """Do what follows from a move, the counters last."""
    for tell in call.step.tells:
        tell(call)
    for tally in call.subject.workflow.tallies:
        tally(call)


def follow(subject: Stateful, call: Move) -> None:
    """Let the caller's row say what was written."""
    for name in ("state", "version", *call.changes):
        setattr(subject, name, getattr(call.subject, name))


def history(subject: Stateful) -> Sequence[Event]:
    """Return the subject's events, oldest first."""
    return (
        Event.objects.filter(workflow=subject.workflow.name, subject_id=subject.pk)
        .select_related("actor__person")
        .order_by("version")
    )
