"""The table of checks of the process: in order, or not and why."""

from django.utils.translation import gettext_lazy

from assessment.checking.process.models import PROCESS_CHECK
from assessment.checking.process.models import ProcessCheckState as S
from assessment.workflow import Step
from schools.access.permissions import Permission as P

PROCESS_CHECK.extend(
    Step(
        "confirm",
        gettext_lazy("In order"),
        (S.OPEN,),
        S.CONFIRMED,
        (P.RUN_SPOT_CHECKS,),
        tone="primary",
    ),
    Step(
        "object",
        gettext_lazy("Not in order"),
        (S.OPEN,),
        S.OBJECTED,
        (P.RUN_SPOT_CHECKS,),
        consequence=gettext_lazy("It counts as bad in this sample. Hours are put right by a counter-entry."),
        tone="danger",
        needs_note=True,
    ),
)
