"""Invariants of reviews and decisions."""

from collections.abc import Iterator

from django.db.models import F, Q

from assessment.events import Event
from assessment.reviewing.grading import point_grade
from assessment.reviewing.models import Decision, ItemGrade, Review, ReviewState
from assessment.reviewing.panel import candidates
from assessment.selecting.models import Selection
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.models import HourClaim
from microcapabilities.grades import Grade
from schools.invariants import Found, invariant
from schools.organisations.models import School

OWN_ACTIONS = ("submit", "withdraw", "propose", "claim")


@invariant(5, "A point's grade is the lowest of its item grades, from released reviews only.")
def grades_are_lowest() -> Found:
    decisions = Decision._base_manager.filter(is_taken_back=False).select_related("submission", "attempt")
    broken = [sentence for decision in decisions for sentence in wrong_grades(decision)]
    graded = Submission._base_manager.filter(grade__isnull=False).exclude(
        decisions__is_taken_back=False, decisions__grade=F("grade")
    )
    broken += [f"submission {pk}: a grade without its decision" for pk in graded.values_list("pk", flat=True)]
    return decisions.count(), broken


def wrong_grades(decision: Decision) -> Iterator[str]:
    """Yield what is wrong with a standing decision's grade."""
    found: dict[int, list[Grade]] = {}
    rows = ItemGrade._base_manager.filter(
        review__attempt=decision.attempt,
        review__state=ReviewState.FINISHED,
        review__finished_at__lte=decision.decided_at,
    ).order_by("review_id")
    for item_id, grade in rows.values_list("item_id", "grade"):
        found.setdefault(item_id, []).append(Grade(grade))
    if not found or point_grade(found) != decision.grade:
        yield f"submission {decision.submission_id}: released grade {decision.grade} is not the computed one"


@invariant(8, "A decision has its required number of distinct finished reviews.")
def decisions_rest_on_reviews() -> Found:
    decisions = Decision._base_manager.filter(is_taken_back=False).select_related(
        "submission__programme", "attempt__rules"
    )
    broken = []
    for decision in decisions:
        reviewers = Review._base_manager.filter(attempt=decision.attempt, state=ReviewState.FINISHED).exclude(
            person_id=decision.submission.person_id
        )
        rules = decision.attempt.rules.rules if decision.attempt.rules else {}
        needed = rules.get("reviews_needed", decision.submission.programme.reviews_needed)
        if reviewers.values("person_id").distinct().count() < needed:
            broken.append(f"submission {decision.submission_id}: decided on too few reviews")
    return decisions.count(), broken


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def nobody_judges_themselves() -> Found:
    reviews = Review._base_manager.filter(person_id=F("submission__person_id"))
    broken = [f"review {pk}: of one's own work" for pk in reviews.values_list("pk", flat=True)]
    own = Decision._base_manager.filter(decided_by__person=F("submission__person"))
    broken += [f"decision {pk}: on one's own work" for pk in own.values_list("pk", flat=True)]
    rows = Review._base_manager.count() + Decision._base_manager.count()
    for model in (Submission, Selection, HourClaim):
        owners = dict(model._base_manager.values_list("pk", "person_id"))
        events = (
            Event.objects.filter(workflow=model.workflow.name, actor__person__isnull=False)
            .exclude(action__in=OWN_ACTIONS)
            .values_list("subject_id", "action", "actor__person__pk")
        )
        for subject, action, actor in events.iterator():
            rows += 1
            if owners.get(subject) == actor:
                broken.append(f"{model.workflow.name} {subject}: {action} by its owner")
    return rows, broken


@invariant(15, "A removed role or account holds no open assignment.")
def assignments_rest_on_roles() -> Found:
    reviews = Review._base_manager.filter(state=ReviewState.ASSIGNED).select_related("person__user")
    panels: dict[int, set[int]] = {}
    broken = []
    for review in reviews:
        if review.school_id not in panels:
            school = School._base_manager.get(pk=review.school_id)
            panels[review.school_id] = {person.pk for person in candidates(school)}
        user = review.person.user
        if review.person_id not in panels[review.school_id] or (user is not None and not user.is_active):
            broken.append(f"review {review.pk}: held by somebody who is not on the panel")
    idle = Review._base_manager.filter(Q(state=ReviewState.ASSIGNED)).exclude(
        submission__state=SubmissionState.SUBMITTED
    )
    broken += [f"review {pk}: open although nothing waits" for pk in idle.values_list("pk", flat=True)]
    return Review._base_manager.count(), broken
