"""Goals of the school's plan that the portal itself can count, with what it reads now."""

from dataclasses import dataclass

from assessment.planning.models import Filing
from assessment.planning.queries import goals_of
from assessment.reporting.school_board import Board
from assessment.submitting.models import SubmissionState

NOT_PASSED = (SubmissionState.FAILED, SubmissionState.OVERTURNED)


@dataclass(frozen=True)
class GoalRead:
    """A goal with the percentage read now; None where there is nothing to count yet."""

    what: str
    target: str
    date: str
    percent: int | None

    @property
    def figure(self) -> str:
        return f"{self.percent} %"


def goals_read(plan: Filing | None, everybody: Board) -> list[GoalRead]:
    """Return the goals that name something the portal counts, read from the school's board. No query."""
    counted = [goal for goal in goals_of(plan) if goal.auto]
    read = percentages(everybody) if counted else {}
    return [GoalRead(goal.what, goal.target, goal.date, read.get(goal.auto)) for goal in counted]


def percentages(everybody: Board) -> dict[str, int | None]:
    """Return the percentages by the keys of `assessment.planning.kinds.READ_BY_PORTAL`."""
    figures = everybody.whole.figures
    failed = sum(row.reached(NOT_PASSED) for row in everybody.rows)
    return {
        "chosen": percent(figures.chosen, figures.participants),
        "handed-in": percent(figures.handed_in, figures.begun),
        "passed": percent(figures.passed, figures.begun),
        "pass-rate": percent(figures.passed, figures.passed + failed),
    }


def percent(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None
