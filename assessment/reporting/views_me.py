"""The teacher's home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessment.programme.models import Participant, PhaseKind
from assessment.programme.queries import participation_of
from assessment.reporting.around_tasks import own_tasks
from assessment.reporting.dates import Calendar, calendar_of, closings
from assessment.reporting.own_year import WITH_THE_TEACHER, Year, cards_of, next_date, tasks_of
from assessment.reviewing.feedback import latest_advice
from assessment.selecting.enrolment import not_enrolled
from assessment.selecting.models import SelectionState
from assessment.selecting.queries import versions_of
from assessment.submitting.queries import lacking_items, submissions_of
from assessment.training.models import ClaimState
from assessment.training.queries import claims_of, sums_of
from schools.access.doors import allow
from schools.access.permissions import Permission

MOST_ADVICE = 3


@allow(Permission.OWN_WORK)
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """What waits for the teacher, then how far they are, then everything else."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return not_enrolled(request)
    calendar = calendar_of(participant.programme, participant.school)
    year = year_of(participant, calendar)
    context = {
        "participant": participant,
        "programme": participant.programme,
        "year": year,
        "tasks": [*tasks_of(year), *own_tasks(participant)],
        "cards": cards_of(year),
        "calendar": calendar,
        "next_date": next_date(calendar.pairs),
        "advice": latest_advice(year.submissions, MOST_ADVICE),
    }
    return render(request, "assessment/reporting/me.html", context)


def year_of(participant: Participant, calendar: Calendar) -> Year:
    """Read the teacher's year; a fixed number of queries."""
    programme, person = participant.programme, participant.person
    versions = versions_of(participant)
    submissions = list(submissions_of(person).filter(programme=programme).order_by("point__position"))
    return Year(
        participant=participant,
        latest=versions[0] if versions else None,
        confirmed=next((row for row in versions if row.state == SelectionState.CONFIRMED), None),
        submissions=submissions,
        lacking=lacking_items([row for row in submissions if row.state in WITH_THE_TEACHER]),
        sums=sums_of(programme, person),
        refused_claims=claims_of(programme, person).filter(state=ClaimState.REFUSED).count(),
        closings=closings(calendar, participant, (PhaseKind.CHOOSE, PhaseKind.SUBMIT)),
    )
