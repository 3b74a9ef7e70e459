"""The table of absences: asked for by the school, approved or refused by the county, ended by the county."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.policies import is_not_own
from assessment.programme.absences.models import ABSENCE
from assessment.programme.absences.models import AbsenceState as S
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.refusals import Refused


def is_not_asked_by_oneself(call: Move) -> None:
    """Whoever asked does not answer."""
    if call.by.user is not None and call.by.user.pk == call.subject.asked_by_id:
        raise Refused(_("You asked for this yourself; somebody else has to answer."), "own-asking")


def takes_part_still(call: Move) -> None:
    if call.subject.participant.ends_on is not None:
        raise Refused(_("This person does not take part at this school any more."), "left")


def tell_who_asked(sentence: str):  # type: ignore[no-untyped-def]
    """Tell whoever asked, and the one whom it is about; the sentence may use %(note)s."""

    def teller(call: Move) -> None:
        absence = call.subject
        asker = getattr(absence.asked_by, "person", None)
        url = f"/{absence.county.slug}/{absence.school.slug}/absences/"
        if asker is not None and asker.pk != absence.person_id:
            tell([asker], sentence, url=url, note=call.note)
        tell([absence.person], sentence, url="/me/calendar/", note=call.note)

    return teller


ABSENCE.extend(
    Step(
        "approve",
        gettext_lazy("Approve"),
        (S.ASKED,),
        S.APPROVED,
        (P.SET_RULES,),
        policies=(is_not_own, is_not_asked_by_oneself, takes_part_still),
        tells=(tell_who_asked(gettext_noop("The county approved the absence that was asked for.")),),
        consequence=gettext_lazy(
            "An excluded person is out of the count and stands in the return with the reason; "
            "a person on leave stays in the count and is marked."
        ),
        tone="primary",
    ),
    Step(
        "refuse",
        gettext_lazy("Refuse"),
        (S.ASKED,),
        S.REFUSED,
        (P.SET_RULES,),
        policies=(is_not_own, is_not_asked_by_oneself),
        tells=(tell_who_asked(gettext_noop("The county refused the absence that was asked for: %(note)s")),),
        consequence=gettext_lazy("The person takes part as before; the school may ask again."),
        needs_note=True,
    ),
    Step(
        "end",
        gettext_lazy("End it today"),
        (S.APPROVED,),
        S.ENDED,
        (P.SET_RULES,),
        policies=(is_not_own,),
        tells=(tell_who_asked(gettext_noop("The absence has ended.")),),
        consequence=gettext_lazy("A leave ends today; somebody who was excluded is counted again."),
    ),
)
