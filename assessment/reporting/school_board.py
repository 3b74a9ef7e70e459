"""The school's board: every teacher and stage, who hangs behind, and what waits for the reader."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.checking.lines import Line, lines_of
from assessment.checking.models import Outcome
from assessment.checking.school_lines import Pill, outcome_shown
from assessment.programme.models import Programme
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from schools.organisations.models import School

STANDING = (SelectionState.PROPOSED, SelectionState.ENDORSED, SelectionState.CONFIRMED)
HANDED_IN = (
    SubmissionState.SUBMITTED,
    SubmissionState.PASSED,
    SubmissionState.FAILED,
    SubmissionState.ACCEPTED,
    SubmissionState.OVERTURNED,
)
NO_CHOICE = Pill(gettext_lazy("Not begun"), "quiet", "circle")


@dataclass(frozen=True)
class BoardRow:
    """One teacher: the choice that counts now, submissions by point, hours, outcome."""

    line: Line
    choice: Selection | None

    @property
    def choice_shown(self) -> Selection | Pill:
        return self.choice or NO_CHOICE

    @property
    def outcome(self) -> Pill:
        return outcome_shown(self.line.outcome)


@dataclass(frozen=True)
class Stragglers:
    """People who hang behind at one stage, with a text to copy into a chat group."""

    label: str | Promise
    names: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _(", ").join(self.names)


def board(programme: Programme, school: School, groups: set[int] | None) -> list[BoardRow]:
    """Return a row for every participant whose group is in `groups` (None: all), in six queries."""
    latest: dict[int, Selection] = {}
    every = Selection.objects.filter(programme=programme, school=school).exclude(
        state=SelectionState.SUPERSEDED
    )
    for selection in every.order_by("number"):
        before = latest.get(selection.participant_id)
        if before is None or selection.state != SelectionState.DRAFT:
            latest[selection.participant_id] = selection
    return [
        BoardRow(line, latest.get(line.participant.pk))
        for line in lines_of(programme, school)
        if groups is None or line.participant.person.group_id in groups
    ]


def stragglers(rows: Sequence[BoardRow]) -> list[Stragglers]:
    """Return who chose nothing, handed nothing in, or has work sent back; empty ones are left out."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        name = row.line.participant.person.name
        if row.line.outcome == Outcome.EXCLUDED or row.line.participant.ends_on:
            continue
        states = {submission.state for submission in row.line.submissions}
        if row.choice is None or row.choice.state not in STANDING:
            names["choice"].append(name)
        elif row.choice.state == SelectionState.CONFIRMED and not states & set(HANDED_IN):
            names["work"].append(name)
        if SubmissionState.RETURNED in states:
            names["returned"].append(name)
    labels = {
        "choice": gettext_lazy("No choice proposed"),
        "work": gettext_lazy("Nothing handed in"),
        "returned": gettext_lazy("Work sent back, not handed in again"),
    }
    return [Stragglers(label, names[key]) for key, label in labels.items() if names[key]]


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


def submitted(rows: Sequence[BoardRow]) -> list[Submission]:
    """Return the board's submissions that wait for the school."""
    return [one for row in rows for one in row.line.submissions if one.state == SubmissionState.SUBMITTED]
