"""The plan's table: draft → filed → approved (gets a number) or returned."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.planning.models import FILING
from assessment.planning.models import FilingState as S
from assessment.programme.calendar import require_open
from assessment.programme.models import PhaseKind
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.refusals import Refused


def says_what_it_must(call: Move) -> None:
    """Goals and the problems addressed are written."""
    plan = call.subject
    if not plan.problem.strip() or not plan.goals.strip():
        raise Refused(
            _("Please write the teaching problems addressed and the goals before filing."), "incomplete"
        )


def planning_is_open(call: Move) -> None:
    require_open(call.subject.programme, PhaseKind.PLAN, call.subject.school)


FILING.extend(
    Step(
        "file",
        gettext_lazy("File with the county"),
        (S.DRAFT, S.RETURNED),
        S.FILED,
        (P.FILE_PLANS,),
        policies=(planning_is_open, says_what_it_must),
        consequence=gettext_lazy("The county office reads it; you cannot edit it until it answers."),
        tone="primary",
    ),
    Step(
        "approve",
        gettext_lazy("Approve and number"),
        (S.FILED,),
        S.APPROVED,
        (P.APPROVE_FILINGS,),
        consequence=gettext_lazy("The plan gets its filing number; choices of this school can be confirmed."),
        tone="primary",
    ),
    Step(
        "return",
        gettext_lazy("Return with remarks"),
        (S.FILED,),
        S.RETURNED,
        (P.APPROVE_FILINGS,),
        consequence=gettext_lazy("The school changes the plan and files it again."),
        needs_note=True,
    ),
)
