"""Goals of the school's plan that the portal itself can count, with what it reads now."""

from dataclasses import dataclass

from assessment.planning.queries import goals_of, plan_for
from assessment.programme.models import Programme, SchoolProgress
from schools.organisations.models import School


@dataclass(frozen=True)
class GoalRead:
    """A goal with the percentage read now; None where there is nothing to count yet."""

    what: str
    target: str
    date: str
    percent: int | None


def goals_read(programme: Programme, school: School) -> list[GoalRead]:
    """Return the goals that name something the portal counts; two queries, one where there are none."""
    counted = [goal for goal in goals_of(plan_for(programme, school)) if goal.auto]
    if not counted:
        return []
    row = SchoolProgress.objects.filter(programme=programme, school=school).first()
    read = percentages(row) if row else {}
    return [GoalRead(goal.what, goal.target, goal.date, read.get(goal.auto)) for goal in counted]


def percentages(row: SchoolProgress) -> dict[str, int | None]:
    """Return what the counters say, by the keys of `assessment.planning.kinds.READ_BY_PORTAL`."""
    passed = row.passed + row.accepted
    decided = passed + row.failed + row.overturned
    handed_in = row.submitted + decided
    begun = handed_in + row.draft + row.returned
    return {
        "chosen": percent(row.chosen, row.participants),
        "handed-in": percent(handed_in, begun),
        "passed": percent(passed, begun),
        "pass-rate": percent(passed, decided),
    }


def percent(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None
