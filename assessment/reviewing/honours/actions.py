"""Putting excellent work forward for honours, within the programme's share, and withdrawing it."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.programme.models import Programme
from assessment.reviewing.honours.models import HonourName
from assessment.submitting.models import Submission, SubmissionState
from assessment.workflow import Move
from microcapabilities.grades import Grade
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused

STANDING = (SubmissionState.PASSED, SubmissionState.ACCEPTED)


def most_names(programme: Programme, school: School) -> tuple[int, int]:
    """Return how many names the school may put forward, and its passed submissions of which that is a share."""
    passed = Submission.objects.filter(programme=programme, school=school, state__in=STANDING).count()
    return passed * programme.honours_percent // 100, passed


def require_school(by: Actor, school: School) -> None:
    if not by.can(Permission.PREPARE_RETURN, school):
        raise Forbidden(_("You may not do this here."), "forbidden")


@transaction.atomic
def put_forward(*, submission: Submission, by: Actor) -> HonourName:
    """Put one passed, excellent submission forward; refused beyond the share, with the figure."""
    require_school(by, submission.school)
    School.objects.select_for_update(no_key=True).get(pk=submission.school_id)
    fresh = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("programme", "school")
        .get(pk=submission.pk)
    )
    if by.person is not None and by.person.pk == fresh.person_id:
        raise Refused(_("This is your own work; somebody else has to do this."), "own-work")
    if fresh.state not in STANDING or fresh.grade != Grade.EXCELLENT:
        raise Refused(_("Only passed work graded excellent is put forward."), "not-excellent")
    names = HonourName.objects.filter(programme=fresh.programme, withdrawn_at__isnull=True)
    if names.filter(submission=fresh).exists():
        raise Refused(_("This one is put forward already."), "twice")
    most, passed = most_names(fresh.programme, fresh.school)
    if names.filter(school=fresh.school).count() >= most:
        sentence = ngettext(
            "The school has %(passed)d passed submissions; %(percent)d percent of them is %(most)d name, "
            "and no more can be put forward.",
            "The school has %(passed)d passed submissions; %(percent)d percent of them are %(most)d names, "
            "and no more can be put forward.",
            most,
        )
        figures = {"passed": passed, "percent": fresh.programme.honours_percent, "most": most}
        raise Refused(sentence % figures, "cap")
    return HonourName.objects.create(
        county_id=fresh.county_id,
        school_id=fresh.school_id,
        programme=fresh.programme,
        submission=fresh,
        put_forward_by=by.user,
    )


def withdraw_name(*, name: HonourName, by: Actor) -> None:
    """Withdraw a name; it stays on record, and another can be put forward in its place."""
    require_school(by, name.school)
    rows = HonourName.objects.filter(pk=name.pk, withdrawn_at__isnull=True)
    if not rows.update(withdrawn_at=now(), withdrawn_by=by.user):
        raise Refused(_("This name is withdrawn already."), "withdrawn")


def drop_fallen(call: Move) -> None:
    """After a move: a submission that has lost its result is no longer put forward."""
    if call.from_state in STANDING and call.subject.state not in STANDING:
        rows = HonourName.objects.filter(submission=call.subject.pk, withdrawn_at__isnull=True)
        rows.update(withdrawn_at=now())
