"""The submission's third part: what follows a decision, filing and checking."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.checking.cases.models import CaseState
from assessment.checking.queries import is_frozen, listings, open_cases
from assessment.policies import is_not_own
from assessment.reviewing.steps import decider_is_the_right_one, due_date_is_set, tell_owner
from assessment.submitting.models import SUBMISSION
from assessment.submitting.models import SubmissionState as S
from assessment.submitting.steps import attempts_are_left
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.refusals import Refused


def is_listed(call: Move) -> None:
    """The latest filing of a filed or just accepted return lists the submission as passed."""
    if not listings(call.subject).filter(state=S.PASSED).exists():
        raise Refused(_("No filed return lists this submission as passed."), "not-listed")


def is_not_in_an_open_check(call: Move) -> None:
    if open_cases(call.subject).exists():
        raise Refused(_("A spot check of this submission is still open."), "open-case")


def is_not_filed(call: Move) -> None:
    if is_frozen(call.subject):
        raise Refused(_("A filed return lists this result; it is frozen until the county answers."), "frozen")


def is_overturned_by_a_check(call: Move) -> None:
    if not call.subject.cases.filter(state=CaseState.OVERTURNED).exists():
        raise Refused(_("Only a spot check that was overturned leads here."), "no-verdict")


def its_return_is_rectified(call: Move) -> None:
    """Only together with its return is a result taken back."""
    if not call.details.get("return"):
        raise Refused(_("A result is taken back together with its school return."), "no-return")


def rectification_is_allowed(call: Move) -> None:
    if not call.subject.programme.allows_rectification:
        raise Refused(_("This programme does not allow rectification."), "no-rectification")


SUBMISSION.extend(
    Step(
        "take-back",
        gettext_lazy("Take the decision back"),
        (S.PASSED, S.FAILED),
        S.SUBMITTED,
        (P.DECIDE,),
        policies=(is_not_own, decider_is_the_right_one, is_not_filed),
        tells=(tell_owner(gettext_noop("The decision about %(point)s was taken back: %(note)s")),),
        consequence=gettext_lazy("The decision is kept on record and a new one has to be made."),
        needs_note=True,
    ),
    Step(
        "reopen",
        gettext_lazy("Reopen for another attempt"),
        (S.FAILED,),
        S.RETURNED,
        (P.DECIDE,),
        policies=(is_not_own, is_not_filed, attempts_are_left, due_date_is_set),
        tells=(tell_owner(gettext_noop("%(point)s is open for another attempt: %(note)s")),),
        consequence=gettext_lazy("The teacher may try once more, until the day you set."),
        needs_note=True,
        needs_due=True,
    ),
    Step(
        "accept",
        gettext_lazy("Accept"),
        (S.PASSED,),
        S.ACCEPTED,
        (P.ACCEPT_RETURNS,),
        policies=(is_not_own, is_listed, is_not_in_an_open_check),
        tells=(tell_owner(gettext_noop("%(point)s is accepted by the county.")),),
    ),
    Step(
        "recall",
        gettext_lazy("Taken back for rectification"),
        (S.PASSED, S.ACCEPTED),
        S.SUBMITTED,
        (P.ACCEPT_RETURNS,),
        policies=(is_not_own, its_return_is_rectified),
        tells=(
            tell_owner(
                gettext_noop("The county sent your school's results back; %(point)s is decided anew.")
            ),
        ),
        needs_note=True,
    ),
    Step(
        "overturn",
        gettext_lazy("Overturn"),
        (S.PASSED, S.ACCEPTED),
        S.OVERTURNED,
        (P.RUN_SPOT_CHECKS,),
        policies=(is_not_own, is_overturned_by_a_check),
        tells=(tell_owner(gettext_noop("The spot check overturned %(point)s: %(note)s")),),
        needs_note=True,
    ),
    Step(
        "rectify",
        gettext_lazy("Allow rectification"),
        (S.OVERTURNED,),
        S.RETURNED,
        (P.RUN_SPOT_CHECKS,),
        policies=(is_not_own, rectification_is_allowed, due_date_is_set),
        tells=(tell_owner(gettext_noop("%(point)s may be put right: %(note)s")),),
        consequence=gettext_lazy("The teacher gets one more attempt, until the day you set."),
        needs_note=True,
        needs_due=True,
    ),
    Step(
        "carry",
        gettext_lazy("Carried to another school"),
        (S.DRAFT, S.SUBMITTED, S.RETURNED),
        None,
        (P.COMPLETE_TRANSFERS,),
    ),
)
