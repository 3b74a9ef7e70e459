"""Reading absences, and who is on leave on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from assessment.programme.absences.models import Absence, AbsenceKind, AbsenceState
from assessment.programme.models import Participant, Programme
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person


def on_leave(participants: Iterable[Participant | int], day: date) -> set[int]:
    """Return the ids of those participants who are on an approved leave on a day, in one query."""
    ids = [row if isinstance(row, int) else row.pk for row in participants]
    rows = leaves_on(day).filter(participant__in=ids)
    return set(rows.values_list("participant_id", flat=True))


def leaves_on(day: date) -> QuerySet[Absence]:
    """Return the approved leaves that hold on a day."""
    return Absence.objects.filter(
        kind=AbsenceKind.LEAVE, state=AbsenceState.APPROVED, starts_on__lte=day, ends_on__gte=day
    )


def absences_found(
    programme: Programme, school: School | None = None, *, q: str = "", kind: str = ""
) -> QuerySet[Absence]:
    """Return the absences of a county or a school that the words (of person or school) and the kind leave."""
    rows = Absence.objects.filter(programme=programme)
    rows = rows.select_related("person", "school", "participant", "asked_by__person")
    if school is not None:
        rows = rows.filter(school=school)
    if q:
        people = Q(person__in=Person.objects.named_like(q))
        rows = rows.filter(people if school else people | school_named(q, "school__"))
    return rows.filter(kind=kind) if kind else rows


def candidates(programme: Programme, school: School) -> list[Participant]:
    """Return those for whom an absence can be asked, by name."""
    rows = Participant.objects.filter(programme=programme, school=school, ends_on__isnull=True)
    return list(rows.select_related("person", "school", "county").order_by("person__pinyin", "pk"))
