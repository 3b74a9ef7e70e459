"""Who may hold reviews of a school, and what waits for reviewers there."""

from django.db.models import Q

from assessment.reviewing.standing import standings, with_newest
from assessment.submitting.models import Submission, SubmissionState
from schools.access.models import SchoolGrant
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person


def candidates(school: School) -> list[Person]:
    """Return all of the school's panel: its reviewers, its managing unit's, and outsiders granted for either."""
    day = today()
    holds_today = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    units = [unit for unit in (school.pk, school.managed_by_id) if unit]
    members = Membership._base_manager.filter(
        holds_today, county_id=school.county_id, role="reviewer", school_id__in=units, starts_on__lte=day
    ).values("person_id")
    outsiders = SchoolGrant.objects.filter(
        holds_today, content_object__in=units, permission__codename="review_school"
    ).values("user_id")
    return list(
        Person.objects.filter(Q(pk__in=members) | Q(user_id__in=outsiders), is_active=True).order_by("pk")
    )


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
