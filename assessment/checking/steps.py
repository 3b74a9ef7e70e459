"""The tables of returns and cases, and the submission's third part: what follows filing and checking."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.checking.models import CASE, RETURN, CaseState, ReturnState, SpotCheckCase
from assessment.checking.queries import OPEN_CASES, drawable, is_frozen, listings, open_cases
from assessment.policies import is_not_own
from assessment.programme.calendar import require_open
from assessment.programme.models import PhaseKind
from assessment.reviewing.steps import decider_is_the_right_one, due_date_is_set, tell_owner
from assessment.submitting.models import SUBMISSION, Submission
from assessment.submitting.models import SubmissionState as S
from assessment.submitting.steps import attempts_are_left
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.clock import now
from schools.refusals import Refused


def nothing_waits_for_decision(call: Move) -> None:
    waiting = Submission.objects.filter(
        programme=call.subject.programme, school=call.subject.school, state=S.SUBMITTED
    ).count()
    if waiting:
        raise Refused(_("%d submissions still wait for a decision.") % waiting, "undecided")


def is_published_long_enough(call: Move) -> None:
    """Results stood published in the school for the days the programme asks for."""
    published = call.subject.published_at
    if published is None:
        raise Refused(_("Publish the results in the school first."), "unpublished")
    days = call.subject.programme.publication_days
    if now() < published + timedelta(days=days):
        raise Refused(_("The results have to stand published for %d days.") % days, "publication")


def return_phase_is_open(call: Move) -> None:
    require_open(call.subject.programme, PhaseKind.RETURN, call.subject.school)


def no_case_is_open(call: Move) -> None:
    draws = call.subject.draws.filter(filing=call.subject.filings).values("draw")
    waiting = SpotCheckCase.objects.filter(draw__in=draws, school=call.subject.school, state__in=OPEN_CASES)
    if count := waiting.count():
        raise Refused(_("%d spot-check cases of this school are still open.") % count, "open-cases")


def is_covered_by_a_draw(call: Move) -> None:
    covered = call.subject.draws.filter(filing=call.subject.filings).exists()
    if not covered and drawable([call.subject]):
        raise Refused(_("This return has not been part of a draw yet."), "undrawn")


RETURN.extend(
    Step(
        "publish",
        gettext_lazy("Publish in the school"),
        (ReturnState.OPEN,),
        None,
        (P.PREPARE_RETURN,),
        policies=(nothing_waits_for_decision,),
        consequence=gettext_lazy("Every teacher of the school can see the results before they are signed."),
        tone="primary",
    ),
    Step(
        "sign",
        gettext_lazy("Sign as principal"),
        (ReturnState.OPEN,),
        ReturnState.SIGNED,
        (P.SIGN_RETURN,),
        policies=(nothing_waits_for_decision, is_published_long_enough),
        consequence=gettext_lazy("You answer for these results with your name."),
        tone="primary",
    ),
    Step(
        "file",
        gettext_lazy("File with the county"),
        (ReturnState.SIGNED,),
        ReturnState.FILED,
        (P.PREPARE_RETURN, P.SIGN_RETURN),
        policies=(nothing_waits_for_decision, return_phase_is_open),
        consequence=gettext_lazy("All results listed here are frozen; they can't be edited afterwards."),
        tone="primary",
    ),
    Step(
        "accept",
        gettext_lazy("Accept the return"),
        (ReturnState.FILED,),
        ReturnState.ACCEPTED,
        (P.ACCEPT_RETURNS,),
        policies=(is_covered_by_a_draw, no_case_is_open),
        consequence=gettext_lazy(
            "Every listed passed point is accepted, credits count, certificates are issued."
        ),
        tone="primary",
    ),
    Step(
        "send-back",
        gettext_lazy("Send the return back"),
        (ReturnState.FILED,),
        ReturnState.OPEN,
        (P.ACCEPT_RETURNS,),
        policies=(no_case_is_open,),
        consequence=gettext_lazy("The school can change results, and signs and files anew."),
        needs_note=True,
    ),
)


def is_judged_by_all(call: Move) -> None:
    if call.subject.judgements.filter(finished_at__isnull=True).exists():
        raise Refused(_("Not every expert has finished yet."), "unjudged")


def experts_are_asked(call: Move) -> None:
    needed = call.subject.draw.programme.experts_per_case
    if not call.is_trial and call.subject.judgements.count() < needed:
        raise Refused(_("%d experts are needed for this case.") % needed, "experts")


CASE.extend(
    Step(
        "assign",
        gettext_lazy("Give to experts"),
        (CaseState.DRAWN,),
        CaseState.ASSIGNED,
        (P.RUN_SPOT_CHECKS,),
        policies=(experts_are_asked,),
    ),
    Step(
        "judge",
        gettext_lazy("Judged"),
        (CaseState.ASSIGNED,),
        CaseState.JUDGED,
        (),
        policies=(is_judged_by_all,),
    ),
    Step(
        "uphold",
        gettext_lazy("Uphold the school's result"),
        (CaseState.JUDGED,),
        CaseState.UPHELD,
        (P.RUN_SPOT_CHECKS,),
        consequence=gettext_lazy("The school's result stands."),
        tone="primary",
    ),
    Step(
        "overturn",
        gettext_lazy("Overturn the school's result"),
        (CaseState.JUDGED,),
        CaseState.OVERTURNED,
        (P.RUN_SPOT_CHECKS,),
        consequence=gettext_lazy("The submission is overturned and stays out of the acceptance."),
        tone="danger",
        needs_note=True,
    ),
)


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
