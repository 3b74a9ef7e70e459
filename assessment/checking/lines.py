"""What a return says of every participant, computed from the rows of the moment."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessment.checking.models import Outcome
from assessment.programme.models import Participant, Programme
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.models import Category
from assessment.training.queries import has_enough_hours, lacking_hours, recognised_hours
from schools.organisations.models import School

COUNTING = (SubmissionState.PASSED, SubmissionState.ACCEPTED)


@dataclass(frozen=True)
class Line:
    """One participant: points with state and grade, hours, credits of passed points, outcome."""

    participant: Participant
    submissions: list[Submission]
    online_hours: Decimal
    practice_hours: Decimal
    credits: int
    outcome: Outcome
    reason: str


def lines_of(programme: Programme, school: School) -> list[Line]:
    """Return a line for every participant of the school, in the order of names."""
    participants = list(
        Participant.objects.filter(programme=programme, school=school, ends_on__isnull=True)
        .select_related("person__group")
        .order_by("person__pinyin", "pk")
    )
    leavers = (
        Participant.objects.filter(
            programme=programme,
            school=school,
            ends_on__isnull=False,
            submissions__state__in=(SubmissionState.PASSED, SubmissionState.FAILED, SubmissionState.ACCEPTED),
        )
        .select_related("person__group")
        .distinct()
    )
    participants += list(leavers)
    work: dict[int, list[Submission]] = defaultdict(list)
    rows = Submission.objects.filter(programme=programme, school=school).select_related("point")
    for submission in rows.order_by("point__position"):
        work[submission.participant_id].append(submission)
    people = {participant.person_id for participant in participants}
    hours = recognised_hours(programme, people)
    credits = credits_of(programme, people)
    return [
        line_of(
            programme,
            participant,
            work[participant.pk],
            hours[participant.person_id],
            credits[participant.person_id],
        )
        for participant in participants
    ]


def credits_of(programme: Programme, people: set[int]) -> dict[int, int]:
    """Return credits of passed or accepted points by person; a transferred person's count once, all together."""
    found: dict[int, int] = defaultdict(int)
    rows = Submission._base_manager.filter(
        county_id=programme.county_id, programme=programme, person_id__in=people, state__in=COUNTING
    ).values_list("person_id", "point__credits")
    for person_id, credits in rows:
        found[person_id] += credits
    return found


def line_of(
    programme: Programme,
    participant: Participant,
    work: list[Submission],
    hours: dict[str, Decimal],
    credits: int,
) -> Line:
    """Judge one participant: excluded, complete, or what is missing."""
    lacking = []
    if credits < (programme.credits or 0):
        lacking.append(_("%d credits") % (programme.credits - credits))
    lacking += lacking_hours(programme, hours)
    if participant.excluded_because:
        outcome, reason = Outcome.EXCLUDED, participant.excluded_because
    elif lacking:
        outcome, reason = Outcome.INCOMPLETE, _("Missing: %s") % _(", ").join(lacking)
    else:
        assert has_enough_hours(programme, hours)
        outcome, reason = Outcome.COMPLETE, ""
    return Line(
        participant, work, hours[Category.ONLINE], hours[Category.PRACTICE], credits, outcome, reason[:200]
    )
