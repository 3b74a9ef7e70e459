"""The hours' table: claimed → attested (school) → recognised (county), or refused and claimed again.

What a provider's file shows is vouched for by the import; a correction is recognised with its writing.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.policies import is_not_own, is_own
from assessment.training.days import day_has_room
from assessment.training.models import HOUR_CLAIM, Source
from assessment.training.models import ClaimState as S
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.refusals import Refused


def is_a_providers(call: Move) -> None:
    """Only hours that a provider's file brought in."""
    if call.subject.source != Source.IMPORT:
        raise Refused(_("These hours came by no provider's file; the school attests them."), "source")


def is_a_correction(call: Move) -> None:
    """Only a counter-entry to recognised hours."""
    if call.subject.corrects_id is None:
        raise Refused(
            _("This corrects nothing; the county recognises what the school has attested."), "source"
        )


def is_no_correction(call: Move) -> None:
    """A counter-entry goes its own way."""
    if call.subject.corrects_id is not None:
        raise Refused(_("A correction is recognised with its writing, by the county alone."), "source")


HOUR_CLAIM.extend(
    Step(
        "attest",
        gettext_lazy("Attest"),
        (S.CLAIMED,),
        S.ATTESTED,
        (P.ATTEST_HOURS,),
        policies=(is_not_own, is_no_correction),
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
        policies=(is_own, day_has_room),
        tone="primary",
    ),
    Step(
        "vouch",
        gettext_lazy("Vouch by the file"),
        (S.CLAIMED,),
        S.ATTESTED,
        (P.IMPORT_HOURS,),
        policies=(is_a_providers, is_not_own),
        consequence=gettext_lazy("The provider's file stands for these hours; no school attests them."),
    ),
    Step(
        "amend",
        gettext_lazy("Amend by a newer file"),
        (S.CLAIMED, S.ATTESTED, S.REFUSED),
        S.ATTESTED,
        (P.IMPORT_HOURS,),
        policies=(is_a_providers, is_not_own),
        consequence=gettext_lazy("The hours of the newer file replace those of the older."),
    ),
    Step(
        "recognise-correction",
        gettext_lazy("Correct recognised hours"),
        (S.CLAIMED,),
        S.RECOGNISED,
        (P.RECOGNISE_HOURS,),
        policies=(is_a_correction, is_not_own),
        needs_note=True,
        consequence=gettext_lazy("The hours taken away count no longer; the teacher reads why."),
    ),
    Step(
        "carry",
        gettext_lazy("Carried to the new school"),
        (S.CLAIMED, S.ATTESTED, S.REFUSED),
        None,
        (P.COMPLETE_TRANSFERS,),
    ),
)
