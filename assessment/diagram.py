"""Step tables as Mermaid state diagrams, for README."""

import re

from assessment.workflow import WORKFLOWS, Workflow

BEGIN, END = "<!-- workflow_diagram: begin -->", "<!-- workflow_diagram: end -->"


def name_of(workflow: Workflow, state: int) -> str:
    return workflow.states(state).name.lower()


def diagram(workflow: Workflow) -> str:
    """Return one workflow as a Mermaid block; steps that keep the state are loops."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {name_of(workflow, workflow.initial)}"]
    for step in workflow.steps.values():
        for source in step.sources:
            target = source if step.target is None else step.target
            lines.append(f"    {name_of(workflow, source)} --> {name_of(workflow, target)}: {step.action}")
    return "\n".join([*lines, "```"])


def block(names: list[str]) -> str:
    """Return README's block for the workflows called `names`, markers included."""
    parts = [f"**{name}**\n\n{diagram(WORKFLOWS[name])}" for name in names]
    return "\n\n".join([BEGIN, *parts, END])


def refreshed(readme: str, names: list[str]) -> str:
    """Return README's text with its block drawn anew; raises ValueError when the markers are gone."""
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if not pattern.search(readme):
        raise ValueError("README has no workflow_diagram block.")
    return pattern.sub(lambda _match: block(names), readme)
