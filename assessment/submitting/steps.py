"""The submission's table, first part: what the teacher does; reviewing and checking add their rows."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.policies import is_own
from assessment.programme.calendar import require_open
from assessment.programme.models import PhaseKind
from assessment.programme.progress import count
from assessment.selecting.models import SELECTION, Selection
from assessment.selecting.queries import confirmed_codes
from assessment.selecting.steps import REOPENED
from assessment.submitting.models import SUBMISSION, Submission
from assessment.submitting.models import SubmissionState as S
from assessment.submitting.queries import missing_items, open_attempt, ruled
from assessment.workflow import Move, Step
from schools.access.permissions import Permission as P
from schools.clock import now
from schools.refusals import Refused

COUNTED = {state: state.name.lower() for state in S}


def point_is_confirmed(call: Move) -> None:
    if call.subject.point.code not in confirmed_codes(call.subject.participant):
        raise Refused(_("This point is not in your confirmed choice."), "not-chosen")


def participates(call: Move) -> None:
    """The participant is neither excluded nor gone."""
    participant = call.subject.participant
    if participant.excluded_because or participant.ends_on:
        raise Refused(_("You do not take part here at the moment."), "not-participant")


def all_items_present(call: Move) -> None:
    lacking = missing_items(call.subject)
    if lacking:
        names = _(", ").join(item.name for item in lacking)
        raise Refused(_("Still missing: %s") % names, "missing-items")


def is_in_time(call: Move) -> None:
    """The phase is open, or the piece's own due date lies ahead."""
    submission = call.subject
    if submission.due_at is not None and now() <= submission.due_at:
        return
    require_open(submission.programme, PhaseKind.SUBMIT, submission.school, submission.participant)


def attempts_are_left(call: Move) -> None:
    used = attempts_used(call.subject)
    if not used:
        return
    allowed = attempts_allowed(call.subject)
    if used >= allowed:
        raise Refused(_("All %d attempts are used.") % allowed, "attempts")


def attempts_used(submission: Submission) -> int:
    return submission.rounds.filter(submitted_at__isnull=False, is_counted=True).count()


def attempts_allowed(submission: Submission) -> int:
    return ruled(submission, "attempts") + submission.extra_attempts


def authorship_is_stated(call: Move) -> None:
    if call.is_trial:
        return
    attempt = open_attempt(call.subject)
    if attempt is None or not attempt.is_own_work:
        raise Refused(_("Please state that this is your own work."), "authorship")


def is_lost(submission: Submission) -> bool:
    """Say whether the work can come to nothing any more: overturned, or failed with no attempt left."""
    if submission.state == S.OVERTURNED:
        return True
    return submission.state == S.FAILED and attempts_used(submission) >= attempts_allowed(submission)


def begun_before(selection: Selection) -> dict[str, Submission]:
    """Return what the teacher has begun of the confirmed choice that this one would replace, by point."""
    held = confirmed_codes(selection.participant)
    rows = Submission.objects.filter(programme=selection.programme, person=selection.person)
    return {
        row.point.code: row for row in rows.select_related("point", "programme") if row.point.code in held
    }


def keeps_begun_points(call: Move) -> None:
    """Points already begun stay in the new version, unless they are lost for good."""
    chosen = {row.point.code for row in call.subject.chosen.select_related("point")}
    gone = [
        code for code, row in begun_before(call.subject).items() if code not in chosen and not is_lost(row)
    ]
    if gone:
        raise Refused(
            _("%s are begun and stay in the choice. Tick them again.") % _(", ").join(sorted(gone)), "begun"
        )


def replaces_what_is_lost(selection: Selection) -> bool:
    """Say whether the version only puts others in the place of points that are lost for good."""
    held = confirmed_codes(selection.participant)
    dropped = held - {row.point.code for row in selection.chosen.select_related("point")}
    begun = begun_before(selection) if dropped else {}
    return bool(dropped) and all(code in begun and is_lost(begun[code]) for code in dropped)


SELECTION.restrict("propose", keeps_begun_points)
REOPENED.append(replaces_what_is_lost)
SUBMISSION.extend(
    Step(
        "submit",
        gettext_lazy("Submit"),
        (S.DRAFT, S.RETURNED),
        S.SUBMITTED,
        (P.OWN_WORK,),
        policies=(
            is_own,
            participates,
            point_is_confirmed,
            is_in_time,
            attempts_are_left,
            all_items_present,
            authorship_is_stated,
        ),
        consequence=gettext_lazy("The evidence is frozen and goes to the reviewers."),
        tone="primary",
    ),
)


def tally_states(call: Move) -> None:
    """Keep the school's counters: one state less, one more; credits of accepted points."""
    submission = call.subject
    before, after = COUNTED[S(call.from_state)], COUNTED[S(submission.state)]
    if before == after:
        return
    changes = {before: -1, after: 1}
    if S.ACCEPTED in (call.from_state, submission.state):
        sign = 1 if submission.state == S.ACCEPTED else -1
        changes["credits_accepted"] = sign * submission.point.credits
    count(submission.programme_id, submission.school_id, **changes)


SUBMISSION.tallies.append(tally_states)
