"""What the school's board is made of, read in four queries: choices, participants, their work, their hours."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from assessment.checking.lines import COUNTING, Line, line_of
from assessment.programme.models import Participant, Programme
from assessment.reviewing.standing import with_newest
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.queries import recognised_hours
from schools.organisations.models import School

DECIDED = (SubmissionState.PASSED, SubmissionState.FAILED, SubmissionState.ACCEPTED)


@dataclass(frozen=True)
class Choices:
    """By participant: the version that counts now (a draft only where nothing else is), and points confirmed."""

    latest: dict[int, Selection]
    confirmed: dict[int, int]


def choices_of(programme: Programme, school: School) -> Choices:
    """Return the school's choices; each bears `points`, how many it holds."""
    latest: dict[int, Selection] = {}
    confirmed: dict[int, int] = {}
    every = Selection.objects.filter(programme=programme, school=school).exclude(
        state=SelectionState.SUPERSEDED
    )
    for selection in every.annotate(points=Count("chosen")).order_by("number"):
        before = latest.get(selection.participant_id)
        if before is None or selection.state != SelectionState.DRAFT:
            latest[selection.participant_id] = selection
        if selection.state == SelectionState.CONFIRMED:
            confirmed[selection.participant_id] = selection.points  # type: ignore[attr-defined]
    return Choices(latest, confirmed)


def read_lines(programme: Programme, school: School) -> list[Line]:
    """Return what `checking.lines.lines_of` returns, in three queries; submissions bear their newest attempt."""
    participants = participants_of(programme, school)
    people = {participant.person_id for participant in participants}
    work: dict[int, list[Submission]] = defaultdict(list)
    credits: dict[int, int] = defaultdict(int)
    for submission in submissions_of(programme, school, people):
        if submission.school_id == school.pk:
            work[submission.participant_id].append(submission)
        if submission.state in COUNTING:
            credits[submission.person_id] += submission.point.credits
    hours = recognised_hours(programme, people)
    return [
        line_of(programme, row, work[row.pk], hours[row.person_id], credits[row.person_id])
        for row in participants
    ]


def participants_of(programme: Programme, school: School) -> Sequence[Participant]:
    """Return who takes part, by name, then those who left something decided behind."""
    decided = Submission.objects.filter(programme=programme, school=school, state__in=DECIDED)
    rows = (
        Participant.objects.filter(programme=programme, school=school)
        .filter(Q(ends_on__isnull=True) | Q(pk__in=decided.values("participant_id")))
        .select_related("person__group")
        .order_by("person__pinyin", "pk")
    )
    return sorted(rows, key=lambda row: row.ends_on is not None)


def submissions_of(programme: Programme, school: School, people: set[int]) -> Sequence[Submission]:
    """Return the school's submissions and, for their credits, those of its people elsewhere in the county."""
    rows = Submission._base_manager.filter(
        Q(school=school) | Q(person_id__in=people, state__in=COUNTING),
        county_id=programme.county_id,
        programme=programme,
    ).select_related("point")
    found = list(with_newest(rows).order_by("point__position"))
    for submission in found:
        submission.programme = programme
    return found
