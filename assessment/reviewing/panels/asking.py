"""Writing reviews down: many at once, with what their reviewers keep, and one notice for each of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from assessment.reviewing.masking import blindness, prepare
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.redoing.carrying import carry
from assessment.submitting.models import Attempt, Submission
from schools.access.actor import Actor
from schools.notices.telling import tell
from schools.people.models import Person

ASKED_TO_REVIEW = gettext_noop("You are asked to review a submission for %(point)s.")
ASKED_FOR_SEVERAL = gettext_noop("You are asked to review %(count)s submissions.")


@dataclass(frozen=True)
class Asking:
    """One person asked about one submission; `because` says why beyond what the rules ask for."""

    submission: Submission
    person: Person
    is_pinned: bool = False
    is_third: bool = False
    because: str = ""


def ask(askings: Sequence[Asking], attempts: dict[int, Attempt], by: Actor) -> list[Review]:
    """Write the reviews of the attempts (by submission id) and tell the reviewers; the caller holds the locks."""
    reviews = Review.objects.bulk_create(
        Review(
            county_id=one.submission.county_id,
            school_id=one.submission.school_id,
            submission=one.submission,
            attempt=attempts[one.submission.pk],
            person=one.person,
            state=ReviewState.ASSIGNED,
            asked_by=by.user,
            is_pinned=one.is_pinned,
            is_third=one.is_third,
            because=one.because,
            **blindness(one.submission),
        )
        for one in askings
    )
    carry(reviews)
    prepare(reviews)
    tell_reviewers(reviews)
    return reviews


def tell_reviewers(reviews: Sequence[Review]) -> None:
    """Tell each reviewer once: of the one submission, or of how many."""
    by_person: dict[int, list[Review]] = defaultdict(list)
    for review in reviews:
        by_person[review.person_id].append(review)
    for own in by_person.values():
        first = own[0]
        if len(own) == 1:
            url, point = f"/me/reviews/{first.pk}/", first.submission.point.code
            tell([first.person], ASKED_TO_REVIEW, url=url, point=point)
        else:
            tell([first.person], ASKED_FOR_SEVERAL, url="/me/reviews/", count=len(own))
