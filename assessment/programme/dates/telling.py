"""Telling those who run the schools' years that their dates have changed."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext_noop

from assessment.programme.dates.queries import Window
from assessment.programme.models import PhaseKind, Programme, SchoolProgress
from assessment.programme.waves.models import Enrolment
from schools.notices.telling import tell
from schools.organisations.models import School
from schools.people.models import Membership, Person

CHANGED: dict[str, str] = {
    PhaseKind.PREPARE: gettext_noop("“Bodies and teams” now runs from %(first)s to %(last)s. %(reason)s"),
    PhaseKind.PLAN: gettext_noop("“Plans and filings” now runs from %(first)s to %(last)s. %(reason)s"),
    PhaseKind.CHOOSE: gettext_noop("“Choosing points” now runs from %(first)s to %(last)s. %(reason)s"),
    PhaseKind.TRAIN: gettext_noop("“Training and hours” now runs from %(first)s to %(last)s. %(reason)s"),
    PhaseKind.SUBMIT: gettext_noop("“Submitting evidence” now runs from %(first)s to %(last)s. %(reason)s"),
    PhaseKind.REVIEW: gettext_noop("“School review” now runs from %(first)s to %(last)s. %(reason)s"),
    PhaseKind.RETURN: gettext_noop("“School returns” now runs from %(first)s to %(last)s. %(reason)s"),
    PhaseKind.CHECK: gettext_noop(
        "“Spot checks and acceptance” now runs from %(first)s to %(last)s. %(reason)s"
    ),
    PhaseKind.SHARE: gettext_noop("“Cases and summary” now runs from %(first)s to %(last)s. %(reason)s"),
}
WITHOUT_DATES = gettext_noop("A phase of the calendar has no dates any more and stays open. %(reason)s")


def tell_of_change(
    programme: Programme,
    kind: PhaseKind,
    before: Mapping[int, Window],
    after: Mapping[int, Window],
    reason: str,
) -> list[int]:
    """Tell every CIO of a school that takes part and whose dates are others now, once; returns the schools."""
    changed = [pk for pk in {*before, *after} if days(before.get(pk)) != days(after.get(pk))]
    changed = sorted(set(changed) & taking_part(programme))
    told: set[int] = set()
    people: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for school_id, officers in officers_of(changed).items():
        for person in officers:
            if person.pk not in told:
                told.add(person.pk)
                people[days(after.get(school_id))].append(person)
    for (first, last), persons in people.items():
        sentence = CHANGED[kind] if first else WITHOUT_DATES
        tell(persons, sentence, url="/me/calendar/", first=first, last=last, reason=reason)
    return changed


def days(window: Window | None) -> tuple[str, str]:
    """Return first and last day as they are told; empty without a window."""
    return (window.opens_on.isoformat(), window.closes_on.isoformat()) if window else ("", "")


def taking_part(programme: Programme) -> set[int]:
    """Return the ids of schools that have teachers or a place in the programme."""
    begun = SchoolProgress.objects.filter(programme=programme).values_list("school_id", flat=True)
    placed = Enrolment.objects.filter(programme=programme).values_list("school_id", flat=True)
    return {*begun, *placed}


def officers_of(school_ids: list[int]) -> dict[int, list[Person]]:
    """Return the CIOs by school: its own and those of the unit that manages it."""
    schools = School.objects.filter(pk__in=school_ids).values_list("pk", "managed_by_id")
    units = {pk: {pk, unit} - {None} for pk, unit in schools}
    rows = Membership.objects.filter(
        role="cio", ends_on__isnull=True, school_id__in=set().union(*units.values())
    ).select_related("person")
    by_unit: dict[int | None, list[Person]] = defaultdict(list)
    for row in rows:
        if row.person is not None:
            by_unit[row.school_id].append(row.person)
    return {pk: [person for unit in theirs for person in by_unit[unit]] for pk, theirs in units.items()}
