"""The table of appeals, what a granted one does to its submission and case, and what an open one holds up."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.checking.appeals.models import APPEAL, Appeal
from assessment.checking.appeals.models import AppealState as A
from assessment.checking.appeals.queries import is_for_the_teacher, is_open_on, open_at_school
from assessment.checking.cases.models import CASE, CaseState
from assessment.checking.models import RETURN
from assessment.policies import is_not_own
from assessment.reviewing.steps import tell_owner
from assessment.submitting.models import SUBMISSION
from assessment.submitting.models import SubmissionState as S
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.refusals import Forbidden, Refused


def is_own_appeal(call: Move) -> None:
    person = call.by.person
    if person is None or person.pk != call.subject.submission.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")


def is_not_own_appeal(call: Move) -> None:
    person = call.by.person
    if person is not None and person.pk == call.subject.submission.person_id:
        raise Refused(_("Nobody decides about their own work."), "own-work")


def is_not_heard_yet(call: Move) -> None:
    if call.subject.hearings.filter(voted_at__isnull=False).exists():
        raise Refused(_("A vote is given already; please wait for the answer."), "heard")


def votes_grant_it(call: Move) -> None:
    if not is_for_the_teacher(list(call.subject.hearings.all())):
        raise Refused(_("The votes dismiss this appeal."), "votes")


def votes_dismiss_it(call: Move) -> None:
    if is_for_the_teacher(list(call.subject.hearings.all())):
        raise Refused(_("The votes grant this appeal."), "votes")


def tell_teacher(sentence: str) -> Callable[[Move], None]:
    """Tell the teacher; the sentence may use %(point)s and %(note)s."""

    def teller(call: Move) -> None:
        submission = call.subject.submission
        tell(
            [submission.person],
            sentence,
            url=f"/me/submissions/{submission.pk}/appeal/",
            point=submission.point.code,
            note=call.note,
        )

    return teller


APPEAL.extend(
    Step(
        "withdraw",
        gettext_lazy("Withdraw the appeal"),
        (A.LODGED,),
        A.WITHDRAWN,
        (P.OWN_WORK,),
        policies=(is_own_appeal, is_not_heard_yet),
        consequence=gettext_lazy("The result stands as it was released."),
    ),
    Step("hear", gettext_lazy("Heard"), (A.LODGED,), A.HEARD, ()),
    Step(
        "grant",
        gettext_lazy("Grant the appeal"),
        (A.HEARD,),
        A.GRANTED,
        (P.RUN_SPOT_CHECKS,),
        policies=(is_not_own_appeal, votes_grant_it),
        tells=(tell_teacher(gettext_noop("Your appeal about %(point)s is granted: %(note)s")),),
        consequence=gettext_lazy(
            "A decision of the school is made anew by other reviewers; a spot check that was overturned stands "
            "as the school had graded it."
        ),
        tone="primary",
        needs_note=True,
    ),
    Step(
        "dismiss",
        gettext_lazy("Dismiss the appeal"),
        (A.HEARD,),
        A.DISMISSED,
        (P.RUN_SPOT_CHECKS,),
        policies=(is_not_own_appeal, votes_dismiss_it),
        tells=(tell_teacher(gettext_noop("Your appeal about %(point)s is dismissed: %(note)s")),),
        consequence=gettext_lazy("The result stands; the teacher reads your words."),
        needs_note=True,
    ),
)


def its_appeal_is_granted(call: Move) -> None:
    """Only a granted appeal about this submission leads here."""
    granted = Appeal.objects.filter(
        pk=call.details.get("appeal", 0), submission=call.subject, state=A.GRANTED
    )
    if not granted.exists():
        raise Refused(_("Only a granted appeal leads here."), "no-appeal")


SUBMISSION.extend(
    Step(
        "hear-anew",
        gettext_lazy("To be decided anew after an appeal"),
        (S.FAILED,),
        S.SUBMITTED,
        (P.RUN_SPOT_CHECKS,),
        policies=(is_not_own, its_appeal_is_granted),
        tells=(tell_owner(gettext_noop("%(point)s is decided anew by other reviewers.")),),
        needs_note=True,
    ),
    Step(
        "restore",
        gettext_lazy("Restored after an appeal"),
        (S.OVERTURNED,),
        S.PASSED,
        (P.RUN_SPOT_CHECKS,),
        policies=(is_not_own, its_appeal_is_granted),
        needs_note=True,
    ),
)
CASE.extend(
    Step("restore", gettext_lazy("Restored after an appeal"), (CaseState.OVERTURNED,), CaseState.UPHELD, ())
)


def no_appeal_is_open(call: Move) -> None:
    """A result that is objected to is neither signed nor filed."""
    waiting = open_at_school(call.subject.programme, call.subject.school_id).count()
    if waiting:
        raise Refused(_("%d appeals are not answered yet.") % waiting, "appeals")


def is_not_appealed(call: Move) -> None:
    if is_open_on(call.subject):
        raise Refused(_("An appeal about this is not answered yet."), "appealed")


RETURN.restrict("sign", no_appeal_is_open)
RETURN.restrict("file", no_appeal_is_open)
SUBMISSION.restrict("reopen", is_not_appealed)
SUBMISSION.restrict("rectify", is_not_appealed)
