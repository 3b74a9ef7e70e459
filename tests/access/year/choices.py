"""Who may open what: what the choosing has beside the choice itself."""

from tests.access.lines import Line
from tests.access.stage import Stage

LINES: list[Line] = []


def give(stage: Stage) -> None:
    """Put the things of these lines on the stage."""
