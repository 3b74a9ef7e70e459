"""Panels with work that waits for them, written as plain rows: many at once."""

from datetime import timedelta

from django_scopes import scopes_disabled

from assessment.programme.models import Programme
from assessment.reviewing.models import ItemGrade, Review
from assessment.reviewing.panels.asking import Asking, ask
from assessment.submitting.models import Attempt, Submission, SubmissionState
from assessment.submitting.queries import items_of
from assessment.workflow import PORTAL
from microcapabilities.grades import Grade
from microcapabilities.models import Point
from schools.access.permissions import Permission
from schools.clock import now
from schools.organisations.models import TeachingGroup
from schools.people.models import Person
from tests import stories
from tests.cast import CountyCast, SchoolCast, acting, give_role, make_person

CODES = ("A1", "A5", "A9", "A11")


def reviewers(cast: SchoolCast, count: int) -> list[Person]:
    """Bring the school's panel to `count` people, each of a group of their own."""
    found = [cast["reviewer"], cast["reviewer2"], cast["reviewer3"]][:count]
    with scopes_disabled():
        for number in range(len(found), count):
            group = TeachingGroup.objects.create(
                county=cast.school.county, school=cast.school, name=f"Group {number}"
            )
            person = make_person(f"Reviewer {number}", cast.school.county, cast.school, group=group)
            give_role(person, "reviewer", cast.school)
            found.append(person)
    return found


def waiting(
    alpha: CountyCast, cast: SchoolCast, people: list[Person], codes: tuple[str, ...] = CODES
) -> list[Submission]:
    """Write one submitted attempt per person and point."""
    programme = stories.programme(alpha)
    place = {"county": alpha.county, "school": cast.school}
    with scopes_disabled():
        points = {point.code: point for point in Point.objects.filter(catalogue=programme.catalogue)}
        rows = []
        for person in people:
            enrolled = programme.participants.filter(person=person, ends_on__isnull=True).first()
            if enrolled is None:
                enrolled = programme.participants.create(
                    **place, person=person, starts_on=programme.starts_on
                )
            rows += [
                Submission(
                    **place, programme=programme, participant=enrolled, person=person, point=points[code],
                    state=SubmissionState.SUBMITTED,
                )
                for code in codes
            ]  # fmt: skip
        Submission.objects.bulk_create(rows)
        Attempt.objects.bulk_create(
            Attempt(**place, submission=row, number=1, submitted_at=now(), is_own_work=True) for row in rows
        )
    return rows


def teachers(cast: SchoolCast, count: int) -> list[Person]:
    return [make_person(f"Teacher {number}", cast.school.county, cast.school) for number in range(count)]


def set_rules(alpha: CountyCast, **rules: object) -> Programme:
    """Change rules of the running programme as they hold for work without frozen rules."""
    programme = stories.programme(alpha)
    with scopes_disabled():
        Programme.objects.filter(pk=programme.pk).update(**rules)
        programme.refresh_from_db()
    return programme


def asked(submission: Submission, person: Person, minutes_ago: int = 0) -> Review:
    """One open review, as the portal asks for it."""
    attempts = {submission.pk: submission.rounds.get(number=1)}
    (review,) = ask([Asking(submission, person)], attempts, PORTAL)
    if minutes_ago:
        Review.objects.filter(pk=review.pk).update(assigned_at=now() - timedelta(minutes=minutes_ago))
    return review


def graded(review: Review, grade: Grade = Grade.PASS) -> None:
    """Somebody has begun a review."""
    ItemGrade.objects.create(
        county_id=review.county_id,
        school_id=review.school_id,
        review=review,
        item=items_of(review.submission)[0],
        grade=grade,
    )


def loads(school_pk: int) -> dict[int, int]:
    """Return how many reviews that are not taken back each person holds at the school."""
    found: dict[int, int] = {}
    for person in (
        Review.objects.filter(school=school_pk).exclude(state=3).values_list("person_id", flat=True)
    ):
        found[person] = found.get(person, 0) + 1
    return found


def officer(cast: SchoolCast):  # type: ignore[no-untyped-def]
    by = acting(cast["cio"])
    assert by.can(Permission.ASSIGN_REVIEWS, cast.school)
    return by
