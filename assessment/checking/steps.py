"""The table of school returns: published, signed, filed, accepted or sent back."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.models import RETURN, ReturnState, SchoolReturn
from assessment.checking.queries import OPEN_CASES, drawable
from assessment.programme.calendar import require_open
from assessment.programme.models import PhaseKind
from assessment.reviewing.steps import due_date_is_set
from assessment.submitting.models import Submission
from assessment.submitting.models import SubmissionState as S
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
    covered = call.subject.draws.filter(filing=call.subject.filings, draw__drawn_at__isnull=False).exists()
    if not covered and drawable([call.subject]):
        raise Refused(_("This return has not been part of a draw yet."), "undrawn")


def is_in_no_plan(call: Move) -> None:
    """A frozen frame stays as it is: what is planned is drawn or abandoned first."""
    planned = call.subject.draws.filter(
        filing=call.subject.filings, is_dropped=False, draw__drawn_at__isnull=True
    )
    if planned.exists():
        raise Refused(
            _("A spot check of this return is planned and its frame frozen. Draw, or abandon the plan."),
            "planned",
        )


def a_case_is_overturned(call: Move) -> None:
    """Rectification needs a finding in the spot check of this filing."""
    draws = call.subject.draws.filter(filing=call.subject.filings).values("draw")
    overturned = SpotCheckCase.objects.filter(
        draw__in=draws, school=call.subject.school, state=CaseState.OVERTURNED
    )
    if not overturned.exists():
        raise Refused(_("No spot-check case of this return was overturned."), "no-finding")


def is_latest_round(call: Move) -> None:
    """A later round would stand beside it."""
    filed = call.subject
    rounds = SchoolReturn.objects.filter(programme=filed.programme, school=filed.school)
    if rounds.filter(round__gt=filed.round).exists():
        raise Refused(_("A later round is open already; its return can be sent back instead."), "later-round")


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
        policies=(is_in_no_plan, no_case_is_open),
        consequence=gettext_lazy("The school can change results, and signs and files anew."),
        needs_note=True,
    ),
    Step(
        "rectify",
        gettext_lazy("Send the whole return back for rectification"),
        (ReturnState.FILED, ReturnState.ACCEPTED),
        ReturnState.OPEN,
        (P.ACCEPT_RETURNS,),
        policies=(is_in_no_plan, no_case_is_open, a_case_is_overturned, is_latest_round, due_date_is_set),
        consequence=gettext_lazy(
            "Every passed point of this return is taken back and decided anew by other reviewers; "
            "its certificates are suspended until then. The school has until the day you set."
        ),
        tone="danger",
        needs_note=True,
        needs_due=True,
    ),
)
