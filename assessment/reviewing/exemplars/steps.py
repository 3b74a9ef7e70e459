"""The step table of an exemplar: the teacher agrees or declines, then it is opened for practice."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.policies import is_not_own, is_own
from assessment.reviewing.exemplars.models import EXEMPLAR, ExemplarState
from assessment.submitting.queries import items_of
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.refusals import Forbidden, Refused


def keeps_the_exemplar(call: Move) -> None:
    """The office keeps the county's exemplars, the school its own."""
    wanted = P.RUN_SPOT_CHECKS if call.subject.is_for_county else P.ASSIGN_REVIEWS
    if not call.by.can(wanted, call.subject.school):
        raise Forbidden(_("You may not do this here."), "forbidden")


def every_grade_is_agreed(call: Move) -> None:
    """Every required item has an agreed grade, and every grade a comment."""
    grades = call.once("agreed grades", lambda: list(call.subject.grades.all()))
    graded = {grade.item_id for grade in grades if grade.comment.strip()}
    without = {grade.item_id for grade in grades} - graded
    lacking = [
        item.name
        for item in items_of(call.subject.submission)
        if item.pk in without or (item.is_required and item.pk not in graded)
    ]
    if lacking or not grades:
        names = _(", ").join(lacking)
        raise Refused(_("An agreed grade and why it is given are missing: %s") % names, "ungraded")


def tell_teacher(call: Move) -> None:
    """Tell the teacher that the work is open for practice now."""
    tell(
        [call.subject.person],
        gettext_noop("Your work for %(point)s is now shown to reviewers as an exemplar, without your name."),
        url="/me/exemplar-requests/",
        point=call.subject.submission.point.code,
    )


KEEPERS = (P.ASSIGN_REVIEWS, P.RUN_SPOT_CHECKS)

EXEMPLAR.extend(
    Step(
        "agree",
        gettext_lazy("Agree"),
        (ExemplarState.ASKED,),
        ExemplarState.AGREED,
        (P.OWN_WORK,),
        policies=(is_own,),
        consequence=gettext_lazy(
            "Reviewers may see your files, never your name. You can end this at any time."
        ),
        tone="primary",
    ),
    Step(
        "decline",
        gettext_lazy("Say no"),
        (ExemplarState.ASKED, ExemplarState.AGREED, ExemplarState.SHOWN),
        ExemplarState.DECLINED,
        (P.OWN_WORK,),
        policies=(is_own,),
        consequence=gettext_lazy("Nobody sees your work as an exemplar; your result does not depend on it."),
    ),
    Step(
        "show",
        gettext_lazy("Open for practice"),
        (ExemplarState.AGREED,),
        ExemplarState.SHOWN,
        KEEPERS,
        policies=(keeps_the_exemplar, is_not_own, every_grade_is_agreed),
        tells=(tell_teacher,),
        consequence=gettext_lazy("Reviewers see the files without the teacher's name and practise on them."),
        tone="primary",
    ),
    Step(
        "hide",
        gettext_lazy("Close"),
        (ExemplarState.SHOWN,),
        ExemplarState.AGREED,
        KEEPERS,
        policies=(keeps_the_exemplar,),
        consequence=gettext_lazy("Nobody practises on it any more; you can change the agreed grades."),
    ),
)
