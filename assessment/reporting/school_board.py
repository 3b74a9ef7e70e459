"""The school's board: every teacher and stage, where each is stuck, and whom the school waits for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.checking.lines import Line
from assessment.checking.models import Outcome
from assessment.checking.school_lines import Pill, outcome_shown
from assessment.programme.models import Programme
from assessment.reporting.chat import to_teachers
from assessment.reporting.dates import Calendar
from assessment.reporting.figures import Cell, Figures, Whole, cell
from assessment.reporting.school_reading import choices_of, read_lines
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import SubmissionState
from schools.organisations.models import School

STANDING = (SelectionState.PROPOSED, SelectionState.ENDORSED, SelectionState.CONFIRMED)
HANDED_IN = (
    SubmissionState.SUBMITTED,
    SubmissionState.PASSED,
    SubmissionState.FAILED,
    SubmissionState.ACCEPTED,
    SubmissionState.OVERTURNED,
)
LEADING_ON = (SubmissionState.SUBMITTED, SubmissionState.PASSED, SubmissionState.ACCEPTED)
PASSED = (SubmissionState.PASSED, SubmissionState.ACCEPTED)
ACCEPTED = (SubmissionState.ACCEPTED,)
NO_CHOICE = Pill(gettext_lazy("Not begun"), "quiet", "circle")
STUCK_AT: dict[str, str | Promise] = {
    "choose": gettext_lazy("No choice proposed"),
    "confirm": gettext_lazy("Choice to confirm"),
    "redo": gettext_lazy("Work sent back"),
    "work": gettext_lazy("Work to hand in"),
    "review": gettext_lazy("In review"),
    "hours": gettext_lazy("Hours missing"),
    "accept": gettext_lazy("To be accepted"),
    "done": gettext_lazy("Everything done"),
    "apart": gettext_lazy("Not counted"),
}
WAITED_FOR = ("choose", "redo", "work", "hours")


@dataclass(frozen=True)
class BoardRow:
    """One teacher: the choice that counts now, submissions, hours, outcome, and where they are stuck."""

    line: Line
    choice: Selection | None
    points: int
    at: str
    is_confirmed: bool

    @property
    def choice_shown(self) -> Selection | Pill:
        return self.choice or NO_CHOICE

    @property
    def outcome(self) -> Pill:
        return outcome_shown(self.line.outcome)

    @property
    def stuck_at(self) -> str | Promise:
        return STUCK_AT[self.at]

    def reached(self, states: Sequence[int]) -> int:
        """Return how many submissions stand at one of the states."""
        return sum(1 for one in self.line.submissions if one.state in states)

    @property
    def work(self) -> list[Cell]:
        """Points handed in, passed and accepted, of those chosen or begun."""
        whole = max(self.points, len(self.line.submissions))
        return [cell(self.reached(states), whole) for states in (HANDED_IN, PASSED, ACCEPTED)]


@dataclass(frozen=True)
class Stragglers:
    """People whom the school waits for at one stage, with a text to copy into a chat group."""

    key: str
    label: str | Promise
    text: str = ""
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """Everybody of the school, and how many points are confirmed."""

    rows: list[BoardRow]
    confirmed_points: int

    def seen(self, groups: set[int] | None) -> list[BoardRow]:
        """Return the rows of the groups; None means all."""
        return [row for row in self.rows if groups is None or row.line.participant.person.group_id in groups]

    @property
    def whole(self) -> Whole:
        """The school's figures, the same that its counters say."""
        present = [row for row in self.rows if not row.line.participant.ends_on]
        chosen = sum(1 for row in self.rows if row.is_confirmed)
        accepted = [one for row in self.rows for one in row.line.submissions if one.state in ACCEPTED]
        begun = sum(len(row.line.submissions) for row in self.rows)
        figures = Figures(
            len(present),
            chosen,
            begun,
            begun - sum(row.reached((SubmissionState.DRAFT,)) for row in self.rows),
            sum(row.reached(PASSED) for row in self.rows),
            len(accepted),
            sum(one.point.credits for one in accepted),
        )
        return Whole(figures, max(self.confirmed_points, begun))


def board(programme: Programme, school: School) -> Board:
    """Return a row for every participant, in four queries."""
    choices = choices_of(programme, school)
    rows = [
        row_of(
            programme,
            line,
            choices.latest.get(line.participant.pk),
            line.participant.pk in choices.confirmed,
        )
        for line in read_lines(programme, school)
    ]
    present = {row.line.participant.pk for row in rows if not row.line.participant.ends_on}
    return Board(rows, sum(points for pk, points in choices.confirmed.items() if pk in present))


def row_of(programme: Programme, line: Line, choice: Selection | None, is_confirmed: bool) -> BoardRow:
    points = choice.points if choice else 0  # type: ignore[attr-defined]
    return BoardRow(line, choice, points, stuck_at(programme, line, choice, points), is_confirmed)


def stuck_at(programme: Programme, line: Line, choice: Selection | None, points: int) -> str:
    """Return the first stage of the year at which something is still to be done."""
    states = {submission.state for submission in line.submissions}
    has_hours = (
        line.online_hours >= programme.online_hours and line.practice_hours >= programme.practice_hours
    )
    if line.outcome == Outcome.EXCLUDED or line.participant.ends_on:
        return "apart"
    if choice is None or choice.state not in STANDING:
        return "choose"
    if SubmissionState.RETURNED in states:
        return "redo"
    if choice.state != SelectionState.CONFIRMED:
        return "confirm"
    if not suffices(programme, line, points, LEADING_ON):
        return "work"
    if not suffices(programme, line, points, PASSED):
        return "review"
    if not has_hours:
        return "hours"
    return "done" if suffices(programme, line, points, ACCEPTED) else "accept"


def suffices(programme: Programme, line: Line, points: int, states: Sequence[int]) -> bool:
    """Say whether the submissions at `states` make up the credits needed; without credits, all points."""
    there = [one for one in line.submissions if one.state in states]
    if not programme.credits:
        return len(there) >= max(1, points)
    elsewhere = line.credits - sum(one.point.credits for one in line.submissions if one.state in PASSED)
    return sum(one.point.credits for one in there) + elsewhere >= programme.credits


def stragglers(rows: Sequence[BoardRow], calendar: Calendar) -> list[Stragglers]:
    """Return whom the school waits for, by stage; empty stages are left out."""
    found = []
    for key in WAITED_FOR:
        names = [row.line.participant.person.name for row in rows if row.at == key]
        if names:
            found.append(Stragglers(key, STUCK_AT[key], to_teachers(key, names, calendar), names))
    return found


def counts_by_stage(rows: Sequence[BoardRow]) -> list[tuple[str, str | Promise, int]]:
    """Return (key, label, count) for all, then for every stage at which somebody is stuck."""
    counts = Counter(row.at for row in rows)
    stages = [(key, label, counts[key]) for key, label in STUCK_AT.items() if counts[key]]
    return [("", gettext_lazy("All"), len(rows)), *stages]


def summary(rows: Sequence[BoardRow]) -> list[tuple[str, int, int]]:
    """Return (label, how many, of how many) for the stages of the year."""
    counted = [row for row in rows if row.line.outcome != Outcome.EXCLUDED]
    confirmed = sum(1 for row in counted if row.choice and row.choice.state == SelectionState.CONFIRMED)
    handed_in = sum(1 for row in counted if any(one.state in HANDED_IN for one in row.line.submissions))
    complete = sum(1 for row in counted if row.line.outcome == Outcome.COMPLETE)
    return [
        (_("Choice confirmed"), confirmed, len(counted)),
        (_("Work handed in"), handed_in, len(counted)),
        (_("Complete"), complete, len(counted)),
    ]


def hours_cell(hours: Decimal, needed: int) -> Cell:
    """Return hours of those needed, whole ones without a fraction."""
    shown = int(hours) if hours == int(hours) else hours
    level = cell(int(hours * 10), needed * 10).level
    return Cell(level, shown, needed)  # type: ignore[arg-type]
