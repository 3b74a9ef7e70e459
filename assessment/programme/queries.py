"""Reading the programme."""

from datetime import date

from django.db.models import Q, QuerySet

from assessment.programme.models import Extension, Participant, Phase, Programme
from schools.clock import now
from schools.organisations.models import County
from schools.organisations.queries import school_named
from schools.people.models import Person


def current_programme(county: County) -> Programme | None:
    """Return the county's current programme, with its catalogue."""
    return (
        Programme.objects.select_related("catalogue", "county").filter(county=county, is_current=True).first()
    )


def participation_of(person: Person) -> Participant | None:
    """Return the person's open participation in the current programme, or None."""
    return (
        Participant.objects.select_related("programme__catalogue", "school", "person", "county")
        .filter(person=person, ends_on__isnull=True, programme__is_current=True)
        .first()
    )


def calendar(programme: Programme) -> list[tuple[Phase, str]]:
    """Return the phases in order, each with "past", "open" or "ahead"."""
    moment = now()
    return [
        (phase, "ahead" if moment < phase.opens_at else "past" if moment > phase.closes_at else "open")
        for phase in Phase.objects.filter(programme=programme)
    ]


def extensions_of(programme: Programme) -> QuerySet[Extension]:
    """Return the extensions granted, latest first, with school, person and who granted them."""
    rows = Extension.objects.filter(programme=programme)
    return rows.select_related("school", "participant__person", "granted_by__person").order_by("-pk")


def extensions_found(programme: Programme, *, q: str, phase: str) -> QuerySet[Extension]:
    """Return the extensions that the words (of school or person) and the phase leave."""
    rows = extensions_of(programme)
    if q:
        people = Person.objects.named_like(q)
        rows = rows.filter(school_named(q, "school__") | Q(participant__person__in=people))
    return rows.filter(kind=phase) if phase else rows


def participants_found(programme: Programme, *, q: str, standing: str) -> QuerySet[Participant]:
    """Return the participants that the words (of person or school) and how they stand leave."""
    rows = Participant.objects.filter(programme=programme)
    rows = rows.select_related("person__group", "person__school", "school")
    if q:
        rows = rows.filter(school_named(q, "school__") | Q(person__in=Person.objects.named_like(q)))
    standings = {
        "open": Q(ends_on__isnull=True, excluded_because=""),
        "excluded": Q(ends_on__isnull=True) & ~Q(excluded_because=""),
        "left": Q(ends_on__isnull=False),
    }
    return rows.filter(standings[standing]) if standing else rows


def away(programme: Programme, day: date) -> set[int]:
    """Return the ids of participants who owe nothing on this day: they are excluded or have left."""
    gone = Q(ends_on__lte=day) | ~Q(excluded_because="")
    return set(Participant.objects.filter(gone, programme=programme).values_list("pk", flat=True))
