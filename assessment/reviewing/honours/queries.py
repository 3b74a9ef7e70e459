"""Excellent work of a school, and the names put forward in the county."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from assessment.programme.models import Programme
from assessment.reviewing.honours.actions import STANDING
from assessment.reviewing.honours.models import HonourName
from assessment.submitting.models import Submission
from microcapabilities.grades import Grade
from schools.organisations.models import School
from schools.people.models import Person


@dataclass(frozen=True)
class ExcellentRow:
    """One excellent submission, and its name if it is put forward."""

    submission: Submission
    name: HonourName | None


def excellent_at(programme: Programme, school: School, words: str = "") -> QuerySet[Submission]:
    """Return the school's passed submissions graded excellent."""
    rows = Submission.objects.filter(
        programme=programme, school=school, state__in=STANDING, grade=Grade.EXCELLENT
    )
    if words:
        rows = rows.filter(person__in=Person.objects.named_like(words))
    return rows.select_related("person", "point", "school")


def with_names(submissions: Sequence[Submission]) -> list[ExcellentRow]:
    """Return the submissions with their names, in one query."""
    names = HonourName.objects.filter(submission__in=submissions, withdrawn_at__isnull=True)
    known = {name.submission_id: name for name in names}
    return [ExcellentRow(row, known.get(row.pk)) for row in submissions]


def names_at(programme: Programme, school: School) -> int:
    """Return how many names the school has put forward."""
    rows = HonourName.objects.filter(programme=programme, school=school, withdrawn_at__isnull=True)
    return rows.count()


def names_in(programme: Programme | None, words: str = "") -> QuerySet[HonourName]:
    """Return the names put forward in the county's programme."""
    rows = HonourName.objects.filter(programme=programme, withdrawn_at__isnull=True)
    if words:
        rows = rows.filter(submission__person__in=Person.objects.named_like(words))
    return rows.select_related("submission__person", "submission__point", "school", "put_forward_by__person")
