"""Reading the programme."""

from django.db.models import QuerySet

from assessment.programme.models import Extension, Participant, Phase, Programme
from schools.clock import now
from schools.organisations.models import County
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
    return (
        Extension.objects.filter(programme=programme)
        .select_related("school", "participant__person", "granted_by__person")
        .order_by("-granted_at", "-pk")
    )
