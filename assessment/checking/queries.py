"""Reading returns, what they list, and open cases."""

from django.db.models import F, QuerySet

from assessment.checking.cases.models import CaseState, Judgement, SpotCheckCase
from assessment.checking.models import ReturnPoint, ReturnState, SchoolReturn
from assessment.programme.models import Programme
from assessment.reviewing.pace import LOOKED_AT, Progress, progress
from assessment.submitting.models import Submission, SubmissionState
from schools.organisations.models import School
from schools.people.models import Person

OPEN_CASES = (CaseState.DRAWN, CaseState.ASSIGNED, CaseState.JUDGED)


def latest_return(programme: Programme, school: School) -> SchoolReturn | None:
    return (
        SchoolReturn.objects.filter(programme=programme, school=school)
        .select_related("programme__county", "school", "signed_by__person")
        .order_by("-round")
        .first()
    )


def listed_points(school_return: SchoolReturn) -> QuerySet[ReturnPoint]:
    """Return what the latest filing of a return lists."""
    return ReturnPoint.objects.filter(
        line__school_return=school_return, line__filing=school_return.filings
    ).select_related("submission__point", "submission__person", "line")


def listings(submission: Submission) -> QuerySet[ReturnPoint]:
    """Return where the submission is listed: latest filings of returns that are filed or accepted."""
    return ReturnPoint.objects.filter(
        submission=submission,
        line__filing=F("line__school_return__filings"),
        line__school_return__state__in=(ReturnState.FILED, ReturnState.ACCEPTED),
    )


def is_frozen(submission: Submission) -> bool:
    """Say whether a filed return that is not yet accepted lists the submission."""
    return listings(submission).filter(line__school_return__state=ReturnState.FILED).exists()


def open_cases(submission: Submission) -> QuerySet[SpotCheckCase]:
    return SpotCheckCase.objects.filter(submission=submission, state__in=OPEN_CASES)


def undrawn_returns(programme: Programme) -> QuerySet[SchoolReturn]:
    """Return filed returns whose present filing no draw has covered."""
    covered = SchoolReturn.objects.filter(draws__filing=F("filings"), draws__is_dropped=False).values("pk")
    return (
        SchoolReturn.objects.filter(programme=programme, state=ReturnState.FILED)
        .exclude(pk__in=covered)
        .select_related("school")
    )


def drawable(returns: list[SchoolReturn]) -> list[int]:
    """Return ids of passed submissions that the present filings of `returns` list, ascending."""
    return sorted(
        ReturnPoint.objects.filter(
            line__school_return__in=returns,
            line__filing=F("line__school_return__filings"),
            submission__state=SubmissionState.PASSED,
        ).values_list("submission_id", flat=True)
    )


def open_cases_of(expert: Person | None) -> list[int]:
    """Return the ids of the cases that an expert has still to judge, as they were given."""
    rows = Judgement.objects.filter(expert=expert, finished_at__isnull=True).order_by("pk")
    return list(rows.values_list("case_id", flat=True))


def judging_progress(expert: Person | None, waiting: int) -> Progress:
    """Return how far an expert is in the current programme; one or two queries."""
    done = Judgement.objects.filter(
        expert=expert, finished_at__isnull=False, case__draw__programme__is_current=True
    )
    times = list(done.order_by("-finished_at").values_list("finished_at", flat=True)[:LOOKED_AT])
    count = len(times) if len(times) < LOOKED_AT else done.count()
    return progress(finished=times, done=count, waiting=waiting)
