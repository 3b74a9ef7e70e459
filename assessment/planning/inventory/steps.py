"""The inventories' table: draft → stated (school) → confirmed (county) or returned."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.planning.inventory.models import INVENTORY
from assessment.planning.inventory.models import InventoryState as S
from assessment.planning.inventory.thresholds import letters
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.organisations.queries import held_today
from schools.refusals import Refused

CONFIRMED = gettext_noop("The county confirmed the inventory: the school has the environments %(letters)s.")
RETURNED = gettext_noop("The county returned the inventory: %(note)s")
NOTE_SHOWN = 120


def says_why_it_differs(call: Move) -> None:
    """A claim that is not what the thresholds propose has a reason."""
    row = call.subject
    if row.environments != letters(row) and not row.reason.strip():
        raise Refused(
            _("The claim (%(claimed)s) differs from the proposal (%(proposed)s). Please write why.")
            % {"claimed": row.environments, "proposed": letters(row) or _("none")},
            "reason",
        )


def tell_the_school(call: Move) -> None:
    """The school's CIOs, or those of its managing unit, read the answer."""
    school = call.subject.school
    held = held_today().filter(school__in=[school.pk, school.managed_by_id], role="cio")
    people = [row.person for row in held if row.person]
    url = f"/{call.subject.county.slug}/{school.slug}/inventory/"
    if call.step.action == "confirm":
        tell(people, CONFIRMED, url=url, letters=_(", ").join(call.subject.environments))
    else:
        tell(people, RETURNED, url=url, note=call.note[:NOTE_SHOWN])


INVENTORY.extend(
    Step(
        "state",
        gettext_lazy("State to the county"),
        (S.DRAFT, S.RETURNED),
        S.STATED,
        (P.FILE_PLANS,),
        policies=(says_why_it_differs,),
        consequence=gettext_lazy("The county office reads it; you cannot edit it until it answers."),
        tone="primary",
    ),
    Step(
        "confirm",
        gettext_lazy("Confirm"),
        (S.STATED,),
        S.CONFIRMED,
        (P.APPROVE_FILINGS,),
        tells=(tell_the_school,),
        consequence=gettext_lazy(
            "The school has these environments from now on: its teachers choose among their points."
        ),
        tone="primary",
    ),
    Step(
        "return",
        gettext_lazy("Return with remarks"),
        (S.STATED,),
        S.RETURNED,
        (P.APPROVE_FILINGS,),
        tells=(tell_the_school,),
        consequence=gettext_lazy("The school changes the inventory and states it again."),
        needs_note=True,
    ),
)
