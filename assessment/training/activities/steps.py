"""Step tables of activities: planned → open (sign-in) → closed (hours entered), or cancelled."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.training.activities.models import ACTIVITY
from assessment.training.activities.models import ActivityState as S
from assessment.training.activities.queries import expected, may_lead
from assessment.training.activities.signing import opening, said_at
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.clock import now
from schools.notices.telling import tell
from schools.refusals import Forbidden, Refused


def leads_the_group(call: Move) -> None:
    """A head leads the own group's activities; those of the whole school the CIO, the team or a trainer."""
    if not may_lead(call.by, call.subject.school, call.subject.group_id):
        raise Forbidden(
            _("A group head leads the activities of the own group; this one is led by somebody else."),
            "not-leader",
        )


def has_begun(call: Move) -> None:
    """An activity is closed once it has begun."""
    begins = opening(call.subject)
    if now() < begins:
        raise Refused(_("It has not begun yet; it can be closed from %s on.") % said_at(begins), "not-begun")


def brought_something(call: Move) -> None:
    """There is a record or a file of what the activity brought."""
    if not call.subject.record.strip() and not call.subject.outputs.exists():
        raise Refused(
            _("Write the record or add a photo or the minutes first: they are the proof of the hours."),
            "no-output",
        )


def tell_that_it_is_off(call: Move) -> None:
    people = [row.person for row in expected(call.subject)]
    tell(people, gettext_noop("Cancelled: %(title)s"), url="/me/activities/", title=call.subject.title)


ACTIVITY.extend(
    Step(
        "open",
        gettext_lazy("Open the sign-in"),
        (S.PLANNED,),
        S.OPEN,
        (P.LEAD_ACTIVITIES,),
        policies=(leads_the_group,),
        consequence=gettext_lazy("The code on the screen is taken from 30 minutes before until 15 after."),
        tone="primary",
    ),
    Step(
        "close",
        gettext_lazy("Close and enter the hours"),
        (S.OPEN,),
        S.CLOSED,
        (P.LEAD_ACTIVITIES,),
        policies=(leads_the_group, has_begun, brought_something),
        consequence=gettext_lazy("Everybody who signed in gets the hours by the conversion table."),
        tone="primary",
    ),
    Step(
        "cancel",
        gettext_lazy("Cancel"),
        (S.PLANNED,),
        S.CANCELLED,
        (P.LEAD_ACTIVITIES,),
        policies=(leads_the_group,),
        tells=(tell_that_it_is_off,),
        needs_note=True,
        consequence=gettext_lazy("It does not take place; those who are expected are told."),
        tone="danger",
    ),
)
