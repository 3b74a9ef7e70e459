"""Work whose attempts have come to their end, and who may coach its teacher."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from assessment.guiding.places import holders, trainers
from assessment.programme.models import Programme
from assessment.reviewing.coaching.models import Coach
from assessment.reviewing.standing import rule_of, with_newest
from assessment.submitting.models import Submission, SubmissionState
from schools.organisations.models import School
from schools.people.models import Person


@dataclass(frozen=True)
class CoachRow:
    """A submission at its end, how many attempts were used of how many, and its coach."""

    submission: Submission
    used: int
    allowed: int
    coach: Coach | None


def ended_work(programme: Programme, school: School | None = None) -> QuerySet[Submission]:
    """Return failed and returned work of the programme with its used attempts; most of it is not at its end."""
    rows = Submission.objects.filter(
        programme=programme, state__in=(SubmissionState.FAILED, SubmissionState.RETURNED)
    )
    if school is not None:
        rows = rows.filter(school=school)
    counted = Q(rounds__submitted_at__isnull=False, rounds__is_counted=True)
    return with_newest(
        rows.select_related("person", "point", "school", "programme").annotate(
            used=Count("rounds", filter=counted)
        )
    ).order_by("school__pinyin", "person__pinyin", "person_id", "point__position", "pk")


def allowed_for(submission: Submission) -> int:
    return int(rule_of(submission, "attempts")) + submission.extra_attempts


def is_at_its_end(submission: Submission) -> bool:
    """Say whether the last attempt failed, or the last one is open after the work came back."""
    used: int = submission.used  # type: ignore[attr-defined]
    is_failed = submission.state == SubmissionState.FAILED
    return used >= allowed_for(submission) - (0 if is_failed else 1)


def needing(programme: Programme, school: School | None = None) -> list[CoachRow]:
    """Return the work at its end, with its coach where one is named; two queries."""
    return with_coaches([row for row in ended_work(programme, school) if is_at_its_end(row)])


def with_coaches(submissions: Sequence[Submission]) -> list[CoachRow]:
    rows = Coach.objects.filter(submission__in=submissions, ended_at__isnull=True).select_related("person")
    known = {row.submission_id: row for row in rows}
    return [
        CoachRow(row, row.used, allowed_for(row), known.get(row.pk))  # type: ignore[attr-defined]
        for row in submissions
    ]


def coaches_for(school: School) -> list[Person]:
    """Return who may coach at a school: the county's trainers and the school's own."""
    found = {person.pk: person for person in (*trainers(school.county), *holders(school, "school-trainer"))}
    return list(found.values())


def coach_of(submission: Submission) -> Coach | None:
    """Return the coach of one submission, or None."""
    rows = Coach.objects.filter(submission=submission, ended_at__isnull=True)
    return rows.select_related("person").first()
