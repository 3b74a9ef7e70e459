"""Asking the panel: all that waits, one by hand, and spreading anew what nobody has begun."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.reviewing.panels.asking import Asking, ask
from assessment.reviewing.panels.members import Member, Panel, panel_of
from assessment.reviewing.panels.proposing import (
    Proposal,
    cases_of,
    propose,
    shortage,
    spreader_for,
)
from assessment.reviewing.panels.spreading import Case, Spreader
from assessment.reviewing.standing import standings, with_newest
from assessment.submitting.models import Attempt, Submission, SubmissionState
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


def require_assigner(by: Actor, school: School) -> None:
    if not by.can(Permission.ASSIGN_REVIEWS, school):
        raise Forbidden(_("You may not do this here."), "forbidden")


def held(submissions: QuerySet[Submission]) -> list[Submission]:
    """Hold submitted work until the commit and return it anew, with attempt and rules at hand."""
    ids = list(
        submissions.filter(state=SubmissionState.SUBMITTED)
        .select_for_update()
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    rows = Submission.objects.filter(pk__in=ids, state=SubmissionState.SUBMITTED)
    return list(with_newest(rows.select_related("person", "point", "programme", "school")).order_by("pk"))


def attempts_of(submissions: Iterable[Submission]) -> dict[int, Attempt]:
    """Return the attempt under review by submission id, in one query."""
    rows = Attempt.objects.in_bulk([row.newest for row in submissions])  # type: ignore[attr-defined]
    return {attempt.submission_id: attempt for attempt in rows.values()}


@transaction.atomic
def assign_waiting(*, school: School, ids: Sequence[int] | None = None, by: Actor) -> Proposal:
    """Ask as many as each waiting submission (or each of `ids`) lacks, in balance; says what stayed short.

    A fixed number of queries for any number; pressed twice, the second time finds nothing left to ask.
    """
    require_assigner(by, school)
    waiting = Submission.objects.filter(school=school)
    rows = held(waiting if ids is None else waiting.filter(pk__in=ids))
    proposal = propose(school, rows)
    askings = [
        Asking(case.submission, member.person, is_third=case.is_third) for case, member in proposal.pairs
    ]
    ask(askings, attempts_of(rows), by)
    return proposal


@transaction.atomic
def assign(*, submission: Submission, reviewer: Person, by: Actor) -> Review:
    """Ask one person by hand to review the submitted attempt; such a choice is never moved."""
    require_assigner(by, submission.school)
    rows = held(Submission.objects.filter(pk=submission.pk))
    if not rows:
        raise Refused(_("Only submitted work can be reviewed."), "not-submitted")
    panel = panel_of(rows[0].school)
    (case,) = cases_of(rows, panel, needed=1)
    member = askable_member(panel, reviewer, case)
    if sentence := shortage(panel, case.submission):
        raise Refused(sentence, "panel-rules")
    refuse_conflict(spreader_for(panel, [case]), member, case)
    asking = Asking(case.submission, reviewer, is_pinned=True, is_third=case.is_third)
    if case.is_third:
        refuse_second_third(case)
    return ask([asking], attempts_of(rows), by)[0]


def askable_member(panel: Panel, reviewer: Person, case: Case) -> Member:
    """Return the reviewer as a member of the panel; raises Refused for the teacher and for strangers."""
    if reviewer.pk == case.teacher:
        raise Refused(_("Nobody reviews their own work."), "own-work")
    found = next((one for one in panel.askable if one.pk == reviewer.pk), None)
    if found is None:
        raise Refused(_("%s is not on this school's panel.") % reviewer.name, "not-on-panel")
    return found


def refuse_conflict(spreader: Spreader, member: Member, case: Case) -> None:
    """Refuse somebody who is asked already, or who is too near to the teacher."""
    why = spreader.why_not(member, case)
    if why == "taken":
        raise Refused(_("%s reviews this one already.") % member.person.name, "twice")
    if why:
        raise Refused(
            _("%(name)s may not review this one: %(why)s.") % {"name": member.person.name, "why": why},
            "conflict",
        )


def refuse_second_third(case: Case) -> None:
    """Beyond those that the rules ask for there is one review, not two."""
    rows = Review.objects.filter(submission=case.submission, is_third=True)
    if rows.filter(attempt=case.submission.newest).exclude(state=ReviewState.RELEASED).exists():  # type: ignore[attr-defined]
        raise Refused(
            _("A further review is asked for already. Please wait for it, or take it back first."), "third"
        )


def unbegun(school: School) -> QuerySet[Review]:
    """Return the school's open reviews in which nothing is written yet and which nobody chose by hand."""
    written = ItemGrade.objects.filter(review=OuterRef("pk"), is_kept=False)
    rows = Review.objects.filter(school=school, state=ReviewState.ASSIGNED, is_pinned=False, advice="")
    return rows.exclude(Exists(written))


@transaction.atomic
def spread_anew(*, school: School, by: Actor) -> int:
    """Move reviews that nobody has begun or chosen by hand to the less loaded; returns how many moved.

    Those come first whose reviewer has meanwhile become too near to the teacher, or has left the panel.
    """
    require_assigner(by, school)
    rows = held(Submission.objects.filter(school=school))
    panel = panel_of(school)
    standing = standings(rows)
    cases = {case.submission.pk: case for case in cases_of(rows, panel, needed=1)}
    if not cases or not standing:
        return 0
    movable = [
        review
        for review in unbegun(school).select_related("person").order_by("pk")
        if review.submission_id in cases
    ]
    spreader = spreader_for(panel, list(cases.values()))
    moves = moved_pairs(spreader, movable, cases)
    for review, _member in moves:
        review.submission = cases[review.submission_id].submission
        move(review, "release", by=by)
    ask(
        [
            Asking(review.submission, member.person, is_third=review.is_third, because=review.because)
            for review, member in moves
        ],
        attempts_of(rows),
        by,
    )
    return len(moves)


def moved_pairs(
    spreader: Spreader, movable: Sequence[Review], cases: dict[int, Case]
) -> list[tuple[Review, Member]]:
    """Return which of the movable reviews goes to whom."""
    known = {one.pk: one for one in spreader.members}
    kept: list[tuple[Review, Member]] = []
    for review in movable:
        case, holder = cases[review.submission_id], known.get(review.person_id)
        case.taken.discard(review.person_id)
        if holder is None or spreader.why_not(holder, case):
            spreader.load[review.person_id] -= 1
            case.needed = 1
            chosen = spreader.choose(case)
            holder = chosen[0] if chosen else holder
            if not chosen:
                spreader.load[review.person_id] += 1
        case.taken.add(review.person_id if holder is None else holder.pk)
        if holder is not None:
            kept.append((review, holder))
    pairs = spreader.even_out([(cases[review.submission_id], holder) for review, holder in kept])
    return [
        (review, member)
        for (review, _before), (_case, member) in zip(kept, pairs, strict=True)
        if member.pk != review.person_id
    ]
