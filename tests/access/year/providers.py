"""Who may open what: online hours brought in."""

from tests.access.lines import Line
from tests.access.stage import Stage

LINES: list[Line] = []


def give(stage: Stage) -> None:
    """Put the things of these lines on the stage."""
