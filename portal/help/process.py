"""The step tables in words: who may take which step, from where to where, and on what conditions."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from assessment.workflow import WORKFLOWS, Step, Workflow
from portal.help.pages import PAGES, Page
from portal.help.words import CONDITIONS, TURNS, Words
from schools.access.permissions import Permission
from schools.access.roles import ROLES, Role

TOPICS: dict[str, Words] = {
    "nomination": _("A school proposes somebody for the county's training team; the county selects or declines."),
    "inventory": _("A school says what it has to teach with; the county confirms which environments follow."),
    "filing": _("The school files its bodies, plan and schemes; the county reads, remarks, approves and numbers them."),
    "selection": _("A teacher chooses points, the group talks them over, the school confirms."),
    "absence": _("A school asks that somebody be excluded or noted as on leave; the county decides."),
    "hour-claim": _("Practice hours are claimed with a proof, attested by the school, recognised by the county."),
    "issue": _("What is to be mended at a school: reported with a proof, then closed by the county or opened again."),
    "activity": _("A group or the school meets: planned, signed in by a code, recorded, counted as practice hours."),
    "submission": _("A teacher's work for one point: evidence, attempts, the school's decision, the county's word."),
    "review": _("A reviewer grades every item and writes advice; the grades are then frozen."),
    "exemplar": _("Released work on which reviewers practise: its teacher agrees first, and is never named."),
    "group-record": _("A topic plan or activity of a group is judged by somebody who does not belong to it."),
    "return": _("A school's results: published, signed by the principal, filed, accepted by the county."),
    "case": _("A drawn submission is judged again by experts who know neither school nor teacher."),
    "appeal": _("A teacher objects to a result; people without a part in it vote; the county answers."),
    "process-check": _("Hours and activities are drawn during the year; the county says whether they are in order."),
    "certificate": _("An accepted point brings a certificate that anybody can verify."),
}  # fmt: skip


@dataclass(frozen=True)
class StateShown:
    """A state as the pill shows it, and whose turn it is."""

    label: Words
    tone: str
    shape: str
    turn: Words


@dataclass(frozen=True)
class StepShown:
    """One row of a step table in words; no roles means that the portal itself takes it."""

    action: str
    label: Words
    consequence: Words
    sources: list[StateShown]
    target: StateShown | None
    roles: list[type[Role]]
    conditions: list[Words]
    needs_note: bool
    needs_due: bool
    pages: list[Page]


def topics() -> list[tuple[str, Words, Words]]:
    """Return key, title and sentence of every workflow, in the order of the year."""
    return [(key, WORKFLOWS[key].title, sentence) for key, sentence in TOPICS.items()]


def states_of(workflow: Workflow) -> list[StateShown]:
    return [state_shown(workflow, state) for state in workflow.states.values]


def state_shown(workflow: Workflow, state: int) -> StateShown:
    face = workflow.faces[state]
    return StateShown(workflow.states(state).label, face.tone, face.shape, TURNS[face.owner])


def steps_of(workflow: Workflow) -> list[StepShown]:
    """Return the workflow's steps in words."""
    return [step_shown(workflow, step) for step in workflow.steps.values()]


def step_shown(workflow: Workflow, step: Step) -> StepShown:
    return StepShown(
        action=step.action,
        label=step.label,
        consequence=step.consequence,
        sources=[state_shown(workflow, state) for state in step.sources],
        target=None if step.target is None else state_shown(workflow, step.target),
        roles=roles_with(step.permissions),
        conditions=[CONDITIONS[name] for name in names_of(step) if name in CONDITIONS],
        needs_note=step.needs_note,
        needs_due=step.needs_due,
        pages=[one for one in PAGES if one.topic == workflow.name and one.acts & set(step.permissions)]
        or pages_with(step.permissions),
    )


def pages_with(permissions: tuple[Permission, ...]) -> list[Page]:
    return [one for one in PAGES if one.acts & set(permissions)]


def names_of(step: Step) -> list[str]:
    """Return the names of the step's policies."""
    return [policy.__name__ for policy in step.policies]


def roles_with(permissions: tuple[Permission, ...]) -> list[type[Role]]:
    """Return the roles that hold one of `permissions`."""
    return [role for role in ROLES.values() if role.permissions & set(permissions)]


def steps_for(permissions: frozenset[Permission], topic: str) -> list[Words]:
    """Return the labels of the steps of one workflow that these rights open."""
    if topic not in WORKFLOWS:
        return []
    return [step.label for step in WORKFLOWS[topic].steps.values() if permissions & set(step.permissions)]


def appointed_by(role: type[Role]) -> list[type[Role]]:
    """Return the roles that appoint `role`; none means the administration."""
    return [other for other in ROLES.values() if role.key in other.appoints]
