"""Invariants of the year, gathered; the engine's own stands here."""

from collections.abc import Iterator
from importlib import import_module
from itertools import groupby

from django.apps import apps

from assessment.events import Event
from assessment.workflow import WORKFLOWS, Stateful, Workflow
from schools.invariants import Found, invariant

STAGES_WITH_CHECKS = (
    "programme",
    "planning",
    "planning.bodies",
    "selecting",
    "training",
    "training.providers",
    "surveying",
    "guiding",
    "submitting",
    "submitting.likeness",
    "reviewing",
    "reviewing.panels",
    "reviewing.honours",
    "reviewing.exemplars",
    "reviewing.group_records",
    "checking",
    "checking.appeals",
    "checking.process",
    "reminding",
    "reporting",
)
for stage in STAGES_WITH_CHECKS:
    import_module(f"assessment.{stage}.checks")


def stateful_models() -> list[type[Stateful]]:
    return [model for model in apps.get_models() if issubclass(model, Stateful)]


@invariant(6, "States move only along published steps; one event per move; versions have no gaps.")
def states_follow_their_events() -> Found:
    broken: list[str] = []
    rows = Event.objects.count()
    for model in stateful_models():
        rows += model._base_manager.count()
        broken += broken_chains(model)
    return rows, broken


def broken_chains(model: type[Stateful]) -> Iterator[str]:
    """Yield subjects whose events do not lead, step by published step, to their present state."""
    workflow = model.workflow
    standing = {
        pk: (state, version)
        for pk, state, version in model._base_manager.values_list("pk", "state", "version")
    }
    events = (
        Event.objects.filter(workflow=workflow.name)
        .order_by("subject_id", "version")
        .values_list("subject_id", "version", "action", "from_state", "to_state")
    )
    reached = {pk: (int(workflow.initial), 0) for pk in standing}
    for subject_id, chain in groupby(events.iterator(), key=lambda event: event[0]):
        state, version = int(workflow.initial), 0
        for _subject, number, action, source, target in chain:
            if number != version + 1 or source != state or not is_published(workflow, action, source, target):
                yield f"{workflow.name} {subject_id}: event {number} {action} {source}→{target} after {state}"
            state, version = target, number
        reached[subject_id] = (state, version)
    for pk, present in reached.items():
        if standing.get(pk) != present:
            yield f"{workflow.name} {pk}: stands at {standing.get(pk)}, its events say {present}"


def is_published(workflow: Workflow, action: str, source: int, target: int) -> bool:
    step = workflow.steps.get(action)
    if step is None or source not in step.sources:
        return False
    return target == (source if step.target is None else step.target)


def workflows_without_model() -> set[str]:
    """Return names of registered workflows that no model carries (there should be none)."""
    return set(WORKFLOWS) - {model.workflow.name for model in stateful_models()}
