"""Reading appeals: what may be appealed against, who may hear it, and how the votes stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from assessment.checking.appeals.models import Against, Appeal, AppealState, Hearing
from assessment.checking.cases.models import Judgement
from assessment.events import Event
from assessment.programme.models import Programme
from assessment.reviewing.models import Decision, Review
from assessment.reviewing.panels.conflicts import conflicting_with
from assessment.submitting.models import Submission, SubmissionState
from schools.organisations.queries import experts_held
from schools.people.models import Membership, Person

FEWEST_HEARERS = 2
OPEN = (AppealState.LODGED, AppealState.HEARD)


@dataclass(frozen=True)
class Result:
    """The result that now stands against a teacher, and until when one may object."""

    against: Against
    released_at: datetime
    until: datetime
    words: str


def result_of(submission: Submission) -> Result | None:
    """Return the failing or overturning result of a submission; None where there is none to object to."""
    days = timedelta(days=submission.programme.appeal_days)
    if submission.state == SubmissionState.FAILED:
        decision = Decision.objects.filter(submission=submission, is_taken_back=False).first()
        if decision is None:
            return None
        return Result(Against.DECISION, decision.decided_at, decision.decided_at + days, decision.advice)
    if submission.state != SubmissionState.OVERTURNED:
        return None
    event = (
        Event.objects.filter(workflow="submission", subject_id=submission.pk, action="overturn")
        .order_by("-version")
        .first()
    )
    return Result(Against.VERDICT, event.at, event.at + days, event.note) if event else None


def appeals_of(submission: Submission) -> QuerySet[Appeal]:
    """Return the appeals about one submission, latest first."""
    return Appeal.objects.filter(submission=submission).order_by("-pk")


def is_open_on(submission: Submission) -> bool:
    """Say whether an appeal about the submission is not answered yet."""
    return appeals_of(submission).filter(state__in=OPEN).exists()


def open_at_school(programme: Programme, school_id: int) -> QuerySet[Appeal]:
    """Return the unanswered appeals of a school."""
    return Appeal.objects.filter(submission__programme=programme, school_id=school_id, state__in=OPEN)


def judged_before(submission: Submission) -> set[int]:
    """Return everybody who had a part in the first judgement: reviewers, deciders, experts of its cases."""
    reviewers = Review.objects.filter(submission=submission).values_list("person_id", flat=True)
    deciders = Decision.objects.filter(submission=submission, decided_by__person__isnull=False)
    experts = Judgement.objects.filter(case__submission=submission).values_list("expert_id", flat=True)
    return {*reviewers, *experts, *deciders.values_list("decided_by__person", flat=True)}


def eligible_hearers(submission: Submission) -> list[Person]:
    """Return the county's experts and trainers who neither judged the work nor are near to its teacher or school."""
    places = [pk for pk in (submission.school_id, submission.school.managed_by_id) if pk]
    related = Membership.objects.filter(school_id__in=places).values("person_id")
    held = experts_held().order_by().values("person_id")
    barred = {*conflicting_with(submission.person_id), *judged_before(submission)}
    people = Person.objects.filter(pk__in=held, is_active=True, user__isnull=False, user__is_active=True)
    people = people.exclude(pk__in=barred).exclude(pk__in=related)
    return list(people.exclude(school_id__in=places).select_related("school").order_by("pinyin", "pk"))


def suggested(people: Sequence[Person]) -> list[Person]:
    """Return up to three whom one would ask, those with the fewest open hearings first."""
    held = Hearing.objects.filter(person__in=people, voted_at__isnull=True)
    load = Counter(held.values_list("person_id", flat=True))
    return sorted(people, key=lambda person: (load[person.pk], person.pk))[:3]


def is_for_the_teacher(votes: Sequence[Hearing]) -> bool:
    """Say whether the votes grant the appeal: the majority's, and where they are equal the teacher's."""
    return 2 * sum(bool(vote.is_for) for vote in votes) >= len(votes)


def hearings_of(person: Person | None) -> QuerySet[Hearing]:
    """Return what somebody is asked to hear, with all that their page shows."""
    return Hearing.objects.filter(person=person).select_related(
        "appeal__submission__point",
        "appeal__submission__school",
        "appeal__submission__person",
        "appeal__attempt",
    )


def appeals_listed(programme: Programme) -> QuerySet[Appeal]:
    """Return the county's appeals of a programme, unanswered ones first."""
    is_open = Q(state__in=OPEN)
    rows = Appeal.objects.filter(submission__programme=programme)
    rows = rows.select_related("school", "submission__person", "submission__point")
    return rows.annotate(is_done=~is_open).order_by("is_done", "-pk")
