"""Which steps stand open to somebody now: what fills the buttons on a page."""

from dataclasses import dataclass
from typing import Any

from assessment.workflow import Move, Stateful, Step, right_to
from schools.access.actor import Actor
from schools.refusals import Forbidden, Refused


@dataclass(frozen=True)
class Offer:
    """A step that stands open to somebody now, or is shown with the sentence that closes it."""

    step: Step
    refusal: str

    @property
    def is_open(self) -> bool:
        return not self.refusal


def offers(subject: Stateful, by: Actor) -> list[Offer]:
    """Return the steps that the actor has the right to from the present state, with what stands against each."""
    found = []
    facts: dict[str, Any] = {}
    for step in subject.workflow.steps.values():
        if subject.state not in step.sources or not step.permissions:
            continue
        refusal = ""
        try:
            right_to(step, subject, by)
            for policy in step.policies:
                policy(Move(subject, step, by, is_trial=True, from_state=subject.state, facts=facts))
        except Forbidden:
            continue
        except Refused as refused:
            refusal = str(refused)
        found.append(Offer(step, refusal))
    return found
