"""Reading the programme."""

from datetime import date

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Now

from assessment.programme.absences.queries import leaves_on
from assessment.programme.calendar import one_of_each, phases_at
from assessment.programme.models import Extension, Participant, Phase, Programme
from schools.clock import now, today
from schools.organisations.models import County, School
from schools.organisations.queries import school_named
from schools.people.models import Person, Transfer


def current_programme(county: County) -> Programme | None:
    """Return the county's current programme, with its catalogue."""
    return (
        Programme.objects.select_related("catalogue", "county").filter(county=county, is_current=True).first()
    )


def programme_and_draft(county: County) -> tuple[Programme | None, Programme | None]:
    """Return the county's current programme and the one that is being set up, in one query."""
    rows = Programme.objects.select_related("catalogue", "county").filter(county=county)
    found = list(rows.filter(Q(is_current=True) | Q(is_draft=True)))
    current = next((row for row in found if row.is_current), None)
    return current, next((row for row in found if row.is_draft), None)


def phases_of(programme: Programme) -> QuerySet[Phase]:
    """Return the phases with their waves, each with `standing`: past, open or ahead by the database's clock."""
    standing = Case(
        When(opens_at__gt=Now(), then=Value("ahead")),
        When(closes_at__lt=Now(), then=Value("past")),
        default=Value("open"),
    )
    return Phase.objects.filter(programme=programme).select_related("wave").annotate(standing=standing)


def participation_of(person: Person) -> Participant | None:
    """Return the person's open participation in the current programme, or None."""
    return (
        Participant.objects.select_related("programme__catalogue", "school", "person", "county")
        .filter(person=person, ends_on__isnull=True, programme__is_current=True)
        .first()
    )


def calendar(programme: Programme, school: School | None = None) -> list[tuple[Phase, str]]:
    """Return the phases in order, each with "past", "open" or "ahead"; without a school over all waves."""
    moment = now()
    rows = one_of_each(phases_at(programme, school), is_of_a_school=school is not None)
    return [
        (phase, "ahead" if moment < phase.opens_at else "past" if moment > phase.closes_at else "open")
        for phase in rows
    ]


def not_enrolled(programme: Programme, school: School) -> QuerySet[Person]:
    """Return the school's teachers who take no part in the programme, here or at another school."""
    enrolled = Participant.objects.filter(programme=programme, ends_on__isnull=True).values("person_id")
    return (
        Person.objects.filter(
            school=school,
            is_active=True,
            memberships__role="teacher",
            memberships__ends_on__isnull=True,
            memberships__school=school,
        )
        .exclude(pk__in=enrolled)
        .order_by("pinyin", "pk")
        .distinct()
    )


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
    """Return the participants that the words (of person or school) and how they stand leave.

    Each has `leave_until`, where they are on leave today, and `moving_to`, where a transfer waits.
    """
    rows = Participant.objects.filter(programme=programme)
    rows = rows.select_related("person__group", "person__school", "school").annotate(
        leave_until=Subquery(leaves_on(today()).filter(participant=OuterRef("pk")).values("ends_on")[:1]),
        moving_to=Subquery(open_transfers().filter(person=OuterRef("person")).values("school__name")[:1]),
    )
    if q:
        rows = rows.filter(school_named(q, "school__") | Q(person__in=Person.objects.named_like(q)))
    standings = {
        "open": Q(ends_on__isnull=True, excluded_because=""),
        "excluded": Q(ends_on__isnull=True) & ~Q(excluded_because=""),
        "leave": Q(ends_on__isnull=True, leave_until__isnull=False),
        "moving": Q(ends_on__isnull=True, moving_to__isnull=False),
        "left": Q(ends_on__isnull=False),
    }
    return rows.filter(standings[standing]) if standing else rows


def open_transfers() -> QuerySet[Transfer]:
    """Return the transfers that the county has neither completed nor refused."""
    return Transfer.objects.filter(completed_at__isnull=True, refused_at__isnull=True)


def away(programme: Programme, day: date) -> set[int]:
    """Return the ids of participants who owe nothing on this day: excluded, gone, or on an approved leave."""
    resting = leaves_on(day).filter(programme=programme).values("participant_id")
    gone = Q(ends_on__lte=day) | ~Q(excluded_because="") | Q(pk__in=resting)
    return set(Participant.objects.filter(gone, programme=programme).values_list("pk", flat=True))
