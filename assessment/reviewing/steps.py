"""The review's own table, and the submission's second part: what the school does after submitting."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.policies import is_not_own, is_own
from assessment.programme.calendar import require_open
from assessment.programme.models import PhaseKind
from assessment.reviewing.grading import finished_reviews, grades_by_item, needs_third, point_grade
from assessment.reviewing.honours.actions import drop_fallen
from assessment.reviewing.models import REVIEW, Review, ReviewState
from assessment.reviewing.panels.conflicts import conflicting_with
from assessment.reviewing.panels.thirds import awaits_third, open_on_split
from assessment.submitting.models import SUBMISSION
from assessment.submitting.models import SubmissionState as S
from assessment.submitting.queries import items_of, ruled
from assessment.workflow import Move, Step
from microcapabilities.grades import Grade
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.people.models import Membership
from schools.refusals import Refused


def every_item_is_graded(call: Move) -> None:
    if call.is_trial:
        return
    graded = set(call.subject.grades.values_list("item_id", flat=True))
    lacking = [
        item.name for item in items_of(call.subject.submission) if item.pk not in graded and item.is_required
    ]
    if lacking:
        raise Refused(_("Not yet graded: %s") % _(", ").join(lacking), "ungraded")


def advice_is_written(call: Move) -> None:
    if not call.is_trial and not call.subject.advice.strip():
        raise Refused(_("Please write advice: the teacher learns from it."), "advice")


def under_review(call: Move) -> None:
    """The submission still waits for this review."""
    if call.subject.submission.state != S.SUBMITTED:
        raise Refused(_("This submission is no longer under review."), "not-submitted")


def is_not_the_teachers(call: Move) -> None:
    if call.subject.person_id == call.subject.submission.person_id:
        raise Refused(_("Nobody reviews their own work."), "own-work")


def is_not_too_near(call: Move) -> None:
    """A relation declared after the asking bars the finish."""
    if call.subject.submission.person_id in conflicting_with(call.subject.person_id):
        raise Refused(
            _("You are declared to be too near to this teacher. Please have the review taken back."),
            "conflict",
        )


REVIEW.extend(
    Step(
        "finish",
        gettext_lazy("Finish review"),
        (ReviewState.ASSIGNED,),
        ReviewState.FINISHED,
        (P.REVIEW,),
        policies=(
            is_own,
            is_not_the_teachers,
            is_not_too_near,
            under_review,
            every_item_is_graded,
            advice_is_written,
        ),
        tells=(open_on_split,),
        consequence=gettext_lazy("Your grades are frozen."),
        tone="primary",
    ),
    Step(
        "release",
        gettext_lazy("Take back"),
        (ReviewState.ASSIGNED,),
        ReviewState.RELEASED,
        (P.ASSIGN_REVIEWS, P.COMPLETE_TRANSFERS),
        consequence=gettext_lazy("Somebody else can be asked."),
    ),
    Step("lapse", gettext_lazy("Lapsed"), (ReviewState.ASSIGNED,), ReviewState.RELEASED, ()),
    Step("set-aside", gettext_lazy("Set aside"), (ReviewState.FINISHED,), ReviewState.SET_ASIDE, ()),
)


def reviews_of(call: Move) -> list[Review]:
    """Return the finished reviews of the attempt under review."""
    found: list[Review] = call.once("reviews", lambda: finished_reviews(call.subject))
    return found


def grade_of(call: Move) -> Grade | None:
    """Return what the reviews add up to, or None without any."""
    grades = call.once("grades", lambda: grades_by_item(reviews_of(call)))
    return point_grade(grades) if grades else None


def no_review_is_finished(call: Move) -> None:
    if reviews_of(call):
        raise Refused(_("A review is finished already; please wait for the decision."), "reviewed")


def review_phase_is_open(call: Move) -> None:
    require_open(call.subject.programme, PhaseKind.REVIEW, call.subject.school)


def decider_is_the_right_one(call: Move) -> None:
    """The CIO decides; a deputy only where the CIO is the teacher or has reviewed."""
    submission, by = call.subject, call.by
    if any(right.key == "cio" and right.reaches(submission.school) for right in by.rights):
        return
    units = [submission.school_id, submission.school.managed_by_id]
    officers = Membership.objects.filter(role="cio", school_id__in=units, ends_on__isnull=True)
    conflicted = {submission.person_id, *(review.person_id for review in reviews_of(call))}
    if officers.exclude(person_id__in=conflicted).exists():
        raise Refused(
            _("The CIO decides this one; a deputy steps in only where the CIO is conflicted."), "deputy"
        )


def decider_did_not_review(call: Move) -> None:
    if call.by.person and call.by.person.pk in {review.person_id for review in reviews_of(call)}:
        raise Refused(
            _("You reviewed this one yourself; somebody else has to decide."), "reviewed-by-decider"
        )


def enough_reviews(call: Move) -> None:
    """The required number of distinct people finished, none of them the teacher; a split has a third."""
    reviews = reviews_of(call)
    people = {review.person_id for review in reviews} - {call.subject.person_id}
    needed = call.once("reviews needed", lambda: ruled(call.subject, "reviews_needed"))
    if len(people) < needed:
        raise Refused(
            _("%(done)d of %(needed)d reviews are finished.") % {"done": len(people), "needed": needed},
            "reviews",
        )
    if needs_third(reviews):
        raise Refused(_("The reviewers disagree about passing: a third review is needed."), "split")
    if awaits_third(call.subject):
        raise Refused(
            _("A further review is asked for. Please wait for it, or take it back first."), "third-open"
        )


def grade_passes(call: Move) -> None:
    if grade_of(call) == Grade.FAIL:
        raise Refused(_("The reviews add up to “Fail”."), "grade")


def grade_fails(call: Move) -> None:
    if grade_of(call) != Grade.FAIL:
        raise Refused(_("The reviews do not add up to “Fail”."), "grade")


def items_to_redo_are_named(call: Move) -> None:
    if not call.is_trial and not call.details.get("items"):
        raise Refused(_("Please tick the items that have to be redone."), "no-items")


def due_date_is_set(call: Move) -> None:
    if not call.is_trial and call.changes.get("due_at") is None:
        raise Refused(_("Please set a day until when it is due."), "no-due")


def tell_owner(sentence: str):  # type: ignore[no-untyped-def]
    """Tell the teacher of the submission; the sentence may use %(point)s and %(note)s."""

    def teller(call: Move) -> None:
        submission = call.subject
        tell(
            [submission.person],
            sentence,
            url=f"/me/submissions/{submission.pk}/",
            point=submission.point.code,
            note=call.note,
        )

    return teller


DECIDING = (is_not_own, review_phase_is_open, decider_is_the_right_one, decider_did_not_review)

SUBMISSION.extend(
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        (S.SUBMITTED,),
        S.DRAFT,
        (P.OWN_WORK,),
        policies=(is_own, no_review_is_finished),
        consequence=gettext_lazy("The attempt does not count; you can go on working on a copy."),
    ),
    Step(
        "send-back",
        gettext_lazy("Send back"),
        (S.SUBMITTED,),
        S.RETURNED,
        (P.DECIDE,),
        policies=(is_not_own, decider_is_the_right_one, items_to_redo_are_named, due_date_is_set),
        tells=(tell_owner(gettext_noop("%(point)s came back to you: %(note)s")),),
        consequence=gettext_lazy("Only the items you tick are opened again, until the day you set."),
        needs_note=True,
        needs_due=True,
    ),
    Step(
        "pass",
        gettext_lazy("Release as passed"),
        (S.SUBMITTED,),
        S.PASSED,
        (P.DECIDE,),
        policies=(*DECIDING, enough_reviews, grade_passes),
        tells=(tell_owner(gettext_noop("%(point)s is passed. Advice: %(note)s")),),
        consequence=gettext_lazy("The result and your advice are released to the teacher."),
        tone="primary",
        needs_note=True,
    ),
    Step(
        "fail",
        gettext_lazy("Release as not passed"),
        (S.SUBMITTED,),
        S.FAILED,
        (P.DECIDE,),
        policies=(*DECIDING, enough_reviews, grade_fails),
        tells=(tell_owner(gettext_noop("%(point)s is not passed. Advice: %(note)s")),),
        consequence=gettext_lazy("The result and your advice are released to the teacher."),
        tone="danger",
        needs_note=True,
    ),
)

SUBMISSION.tallies.append(drop_fallen)
