"""The hours' table: claimed → attested (school) → recognised (county), or refused and claimed again."""

from django.utils.translation import gettext_lazy

from assessment.policies import is_not_own, is_own
from assessment.training.models import HOUR_CLAIM
from assessment.training.models import ClaimState as S
from assessment.workflow import Step
from schools.access.permissions import Permission as P

HOUR_CLAIM.extend(
    Step(
        "attest",
        gettext_lazy("Attest"),
        (S.CLAIMED,),
        S.ATTESTED,
        (P.ATTEST_HOURS,),
        policies=(is_not_own,),
        consequence=gettext_lazy("The school vouches for these hours."),
        tone="primary",
    ),
    Step(
        "recognise",
        gettext_lazy("Recognise"),
        (S.ATTESTED,),
        S.RECOGNISED,
        (P.RECOGNISE_HOURS,),
        policies=(is_not_own,),
        consequence=gettext_lazy("The hours count and are locked."),
        tone="primary",
    ),
    Step(
        "refuse",
        gettext_lazy("Refuse"),
        (S.CLAIMED, S.ATTESTED),
        S.REFUSED,
        (P.ATTEST_HOURS, P.RECOGNISE_HOURS),
        policies=(is_not_own,),
        needs_note=True,
        consequence=gettext_lazy("The teacher reads why and may claim again."),
    ),
    Step(
        "claim",
        gettext_lazy("Claim again"),
        (S.REFUSED,),
        S.CLAIMED,
        (P.OWN_WORK,),
        policies=(is_own,),
        tone="primary",
    ),
)
