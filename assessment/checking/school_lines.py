"""What the school's return page shows: its lines, live or frozen, and what stands against signing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from assessment.checking.lines import Line, lines_of
from assessment.checking.models import RETURN, Outcome, ReturnLine, ReturnState, SchoolReturn
from assessment.submitting.models import SUBMISSION, SubmissionState
from assessment.workflow import Move
from microcapabilities.grades import Grade
from schools.access.actor import Actor
from schools.refusals import Refused

OUTCOME_FACES = {
    Outcome.COMPLETE: ("good", "check"),
    Outcome.INCOMPLETE: ("attention", "dot"),
    Outcome.EXCLUDED: ("final", "lock"),
}


@dataclass(frozen=True)
class Pill:
    """A state of a frozen or live row as the state pill shows it."""

    label: str | Promise
    tone: str
    shape: str


@dataclass(frozen=True)
class PointShown:
    """A point of a line: its code, how its submission stands, the released grade."""

    code: str
    state: Pill
    grade: str | Promise


@dataclass(frozen=True)
class LineShown:
    """One participant as the return lists them."""

    name: str
    points: list[PointShown]
    online_hours: Decimal
    practice_hours: Decimal
    credits: int
    outcome: Pill
    reason: str


def point_shown(code: str, state: int, grade: int | None) -> PointShown:
    face = SUBMISSION.faces[state]
    pill = Pill(SubmissionState(state).label, face.tone, face.shape)
    return PointShown(code, pill, Grade(grade).label if grade else "")


def outcome_shown(outcome: str) -> Pill:
    known = Outcome(outcome)
    return Pill(known.label, *OUTCOME_FACES[known])


def live(line: Line) -> LineShown:
    """Return a line computed at this moment as it is shown."""
    return LineShown(
        line.participant.person.name,
        [point_shown(work.point.code, work.state, work.grade) for work in line.submissions],
        line.online_hours,
        line.practice_hours,
        line.credits,
        outcome_shown(line.outcome),
        line.reason,
    )


def frozen(line: ReturnLine) -> LineShown:
    """Return a filed line as it is shown."""
    return LineShown(
        line.name,
        [point_shown(point.code, point.state, point.grade) for point in line.points.all()],
        line.online_hours,
        line.practice_hours,
        line.credits,
        outcome_shown(line.outcome),
        line.reason,
    )


def lines_shown(school_return: SchoolReturn) -> list[LineShown]:
    """Return the return's lines: the frozen ones once it is filed, else those of this moment."""
    if school_return.state in (ReturnState.FILED, ReturnState.ACCEPTED):
        filed = school_return.lines.filter(filing=school_return.filings).prefetch_related("points")
        return [frozen(line) for line in filed.order_by("participant__person__pinyin", "pk")]
    return [live(line) for line in lines_of(school_return.programme, school_return.school)]


def outcome_counts(lines: Sequence[LineShown]) -> list[tuple[str | Promise, int]]:
    """Return how many lines have each outcome."""
    counts = Counter(str(line.outcome.label) for line in lines)
    return [(outcome.label, counts[str(outcome.label)]) for outcome in Outcome]


def against_signing(school_return: SchoolReturn, by: Actor) -> list[str]:
    """Return every sentence that would refuse the principal's signature now; none for a return not open."""
    if school_return.state != ReturnState.OPEN:
        return []
    step = RETURN.steps["sign"]
    sentences = []
    for policy in step.policies:
        try:
            policy(Move(school_return, step, by, is_trial=True, from_state=school_return.state))
        except Refused as refused:
            sentences.append(str(refused))
    return sentences
