"""Who may review for a school, and a balanced proposal of whom to ask."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.standing import standings, with_newest
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import latest_submitted
from schools.access.models import SchoolGrant
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person


def candidates(school: School) -> list[Person]:
    """Return the school's panel: its reviewers, its managing unit's, and outsiders granted for it."""
    day = today()
    holds_today = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    units = [unit for unit in (school.pk, school.managed_by_id) if unit]
    members = Membership._base_manager.filter(
        holds_today, county_id=school.county_id, role="reviewer", school_id__in=units, starts_on__lte=day
    ).values("person_id")
    outsiders = SchoolGrant.objects.filter(
        holds_today, content_object=school, permission__codename="review_school"
    ).values("user_id")
    return list(
        Person.objects.filter(Q(pk__in=members) | Q(user_id__in=outsiders), is_active=True).order_by("pk")
    )


@dataclass(frozen=True)
class Proposal:
    """Whom to ask for which submission, and what could not be assigned and why it is short."""

    pairs: list[tuple[Submission, Person]]
    short: list[tuple[Submission, int]]


def waiting_for_reviewers(school: School) -> list[tuple[Submission, int]]:
    """Return submitted work with how many reviewers it needs, oldest first; a split needs one more."""
    rows = list(
        with_newest(
            Submission.objects.filter(school=school, state=SubmissionState.SUBMITTED)
            .select_related("person", "point", "programme", "school")
            .order_by("pk")
        )
    )
    standing = standings(rows)
    return [(row, standing[row.pk].missing) for row in rows if standing[row.pk].missing]


def propose(school: School, wanted: Iterable[tuple[Submission, int]]) -> Proposal:
    """Spread `wanted` (submission, how many more) over the panel, least loaded first; never the teacher."""
    panel = candidates(school)
    load = Counter(
        Review.objects.filter(person__in=panel, state=ReviewState.ASSIGNED).values_list(
            "person_id", flat=True
        )
    )
    pairs: list[tuple[Submission, Person]] = []
    short: list[tuple[Submission, int]] = []
    for submission, needed in wanted:
        taken = set(
            Review.objects.filter(attempt=latest_submitted(submission))
            .exclude(state=ReviewState.RELEASED)
            .values_list("person_id", flat=True)
        )
        free = [person for person in panel if person.pk != submission.person_id and person.pk not in taken]
        chosen = sorted(free, key=lambda person: (load[person.pk], person.pk))[:needed]
        for person in chosen:
            load[person.pk] += 1
            pairs.append((submission, person))
        if len(chosen) < needed:
            short.append((submission, needed - len(chosen)))
    return Proposal(pairs, short)
