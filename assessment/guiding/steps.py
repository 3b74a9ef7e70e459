"""The issue's table: open → mended (the school, with a proof) → closed (the county), or open again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.guiding.inspections.models import ISSUE
from assessment.guiding.inspections.models import IssueState as S
from assessment.guiding.places import refuse_past
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.refusals import Refused


def mending_is_proved(call: Move) -> None:
    """A file shows that it is mended."""
    if not call.is_trial and call.changes.get("proof") is None:
        raise Refused(_("Please add a photo or a document that shows that it is mended."), "proof")


def did_not_mend_it(call: Move) -> None:
    """Nobody looks at their own mending."""
    if call.by.user is not None and call.by.user.pk == call.subject.mended_by_id:
        raise Refused(_("You have mended this yourself; somebody else looks at it."), "own-work")


def new_day_lies_ahead(call: Move) -> None:
    """A further day until when it is to be mended."""
    if call.is_trial:
        return
    if call.changes.get("due_on") is None:
        raise Refused(_("Please set the day until which it is to be mended now."), "due_on")
    refuse_past(call.changes["due_on"])


ISSUE.extend(
    Step(
        "mend",
        gettext_lazy("Report as mended"),
        (S.OPEN,),
        S.MENDED,
        (P.FILE_PLANS,),
        policies=(mending_is_proved,),
        consequence=gettext_lazy(
            "The county office looks at the proof and closes the issue, or opens it again."
        ),
        tone="primary",
        needs_note=True,
    ),
    Step(
        "close",
        gettext_lazy("Close the issue"),
        (S.MENDED,),
        S.CLOSED,
        (P.INSPECT,),
        policies=(did_not_mend_it,),
        consequence=gettext_lazy("The issue is done with."),
        tone="primary",
    ),
    Step(
        "reopen",
        gettext_lazy("Open again"),
        (S.MENDED, S.CLOSED),
        S.OPEN,
        (P.INSPECT,),
        policies=(did_not_mend_it, new_day_lies_ahead),
        consequence=gettext_lazy("The school reads your words and mends it until the new day."),
        needs_note=True,
        needs_due=True,
    ),
)
