"""The nominations' table: nominated → selected or declined by the county, or withdrawn by the school."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.planning.nominations.models import NOMINATION
from assessment.planning.nominations.models import NominationState as S
from assessment.planning.nominations.quotas import require_place, trainers
from assessment.policies import is_not_own
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.organisations.queries import held_today
from schools.people.models import Person
from schools.refusals import Refused

SELECTED = gettext_noop("You were selected for the county's training team (%(subject)s).")
DECLINED = gettext_noop("The county declined the nomination of %(name)s for the training team: %(note)s")
NOTE_SHOWN = 120


def place_is_free(call: Move) -> None:
    """A place of every quota that the nomination falls under is free."""
    row = call.subject
    require_place(row.programme, row.school, row.subject, counts_waiting=False)


def is_no_trainer_yet(call: Move) -> None:
    """Whoever sits on the training team is not selected once more."""
    if trainers().filter(person_id=call.subject.person_id).exists():
        raise Refused(_("This person sits on the training team already."), "trainer")


def is_of_the_school(call: Move) -> None:
    """The person is still active and of the school that nominated them."""
    person = call.subject.person
    still = Person.objects.filter(pk=person.pk, is_active=True, school_id=call.subject.school_id)
    if not still.exists():
        raise Refused(_("%(name)s is no longer of this school.") % {"name": person.name}, "left")


def tell_the_selected(call: Move) -> None:
    tell([call.subject.person], SELECTED, url="/me/", subject=call.subject.subject)


def tell_the_school(call: Move) -> None:
    """The school's CIOs read why the county declined."""
    school = call.subject.school
    held = held_today().filter(school__in=[school.pk, school.managed_by_id], role="cio")
    url = f"/{call.subject.county.slug}/{school.slug}/nominations/"
    name, note = call.subject.person.name, call.note[:NOTE_SHOWN]
    tell([row.person for row in held if row.person], DECLINED, url=url, name=name, note=note)


NOMINATION.extend(
    Step(
        "select",
        gettext_lazy("Select for the team"),
        (S.NOMINATED,),
        S.SELECTED,
        (P.APPOINT_LEADERS,),
        policies=(is_not_own, is_of_the_school, is_no_trainer_yet, place_is_free),
        tells=(tell_the_selected,),
        consequence=gettext_lazy(
            "They get a seat on the training team until the day you name, and the role of trainer."
        ),
        tone="primary",
        needs_due=True,
    ),
    Step(
        "decline",
        gettext_lazy("Decline"),
        (S.NOMINATED,),
        S.DECLINED,
        (P.APPOINT_LEADERS,),
        policies=(is_not_own,),
        tells=(tell_the_school,),
        consequence=gettext_lazy("The school reads why; it may nominate somebody else."),
        needs_note=True,
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw the nomination"),
        (S.NOMINATED,),
        S.WITHDRAWN,
        (P.APPOINT_STAFF,),
        consequence=gettext_lazy("The county no longer considers it."),
    ),
)
