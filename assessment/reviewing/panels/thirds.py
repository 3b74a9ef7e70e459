"""One further review: opened by the portal where two disagree about passing, or asked for with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.guiding.places import holders
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panels.asking import Asking, ask
from assessment.reviewing.panels.assigning import (
    attempts_of,
    held,
    refuse_second_third,
    require_assigner,
)
from assessment.reviewing.panels.members import panel_of
from assessment.reviewing.panels.proposing import cases_of, lacking, spreader_for
from assessment.reviewing.standing import standings
from assessment.submitting.models import Submission
from assessment.workflow import PORTAL, Move
from schools.access.actor import Actor
from schools.notices.telling import tell
from schools.people.models import Person
from schools.refusals import Refused

SPLIT = gettext_noop("The reviewers disagree about passing.")
NOBODY_FREE = gettext_noop(
    "The reviewers of %(teacher)s, %(point)s disagree about passing, and nobody of the panel is free for a "
    "third review. Please call somebody."
)


def open_on_split(call: Move) -> None:
    """After a finish: where the needed reviews disagree about passing, ask a third person at once.

    It happens in the transaction of the finish, under the submission's lock, so that it happens once.
    """
    rows = held(Submission.objects.filter(pk=call.subject.submission_id))
    if not rows:
        return
    standing = standings(rows)[rows[0].pk]
    if not standing.needs_third or standing.done < standing.needed or standing.asked != standing.finished:
        return
    if choose_and_ask(rows[0], because=SPLIT, by=PORTAL) is None:
        school = rows[0].school
        tell(
            holders(school, "cio"),
            NOBODY_FREE,
            url=f"/{school.county.slug}/{school.slug}/panel/",
            teacher=rows[0].person.name,
            point=rows[0].point.code,
        )


def choose_and_ask(submission: Submission, *, because: str, by: Actor) -> Review | None:
    """Ask the least loaded who is free for one further review; None where nobody is. The caller holds the lock."""
    panel = panel_of(submission.school)
    (case,) = cases_of([submission], panel, needed=1)
    chosen = spreader_for(panel, [case]).choose(case)
    if not chosen:
        return None
    asking = Asking(submission, chosen[0].person, is_third=True, because=because)
    return ask([asking], attempts_of([submission]), by)[0]


@transaction.atomic
def ask_third(*, submission: Submission, because: str, by: Actor, reviewer: Person | None = None) -> Review:
    """Ask for one further review with the reason, of whom the balance proposes or of `reviewer`."""
    require_assigner(by, submission.school)
    if not because.strip():
        raise Refused(_("Please write why a further review is needed."), "note")
    rows = held(Submission.objects.filter(pk=submission.pk))
    if not rows:
        raise Refused(_("Only submitted work can be reviewed."), "not-submitted")
    panel = panel_of(rows[0].school)
    (case,) = cases_of(rows, panel, needed=1)
    if not case.is_third:
        raise Refused(
            _("Not all reviewers that the rules ask for are asked yet. Please ask them first."), "first"
        )
    refuse_second_third(case)
    spreader = spreader_for(panel, [case])
    if reviewer is not None:
        spreader.members = [one for one in spreader.members if one.pk == reviewer.pk]
    whys = [why for one in panel.askable if (why := spreader.why_not(one, case))]
    chosen = spreader.choose(case)
    if not chosen:
        raise Refused(lacking(1, whys), "nobody-free")
    asking = Asking(
        rows[0],
        chosen[0].person,
        is_pinned=reviewer is not None,
        is_third=True,
        because=because.strip()[:200],
    )
    return ask([asking], attempts_of(rows), by)[0]


def awaits_third(submission: Submission) -> bool:
    """Say whether a further review is asked for and not yet finished."""
    rows = Review.objects.filter(submission=submission, is_third=True, state=ReviewState.ASSIGNED)
    return rows.exists()
