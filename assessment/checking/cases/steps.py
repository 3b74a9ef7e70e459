"""The table of spot-check cases: given out, judged, upheld or overturned."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.checking.cases.models import CASE, CaseState
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.refusals import Refused


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
    Step("add-experts", gettext_lazy("More experts asked"), (CaseState.ASSIGNED,), None, ()),
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
