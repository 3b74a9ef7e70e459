"""What a school's people have not done yet: talk over, confirm, plan, attest, review, decide, sign, file."""

from collections.abc import Iterator

from assessment.checking.models import ReturnState, SchoolReturn
from assessment.planning.models import Filing, FilingKind, FilingState
from assessment.programme.models import PhaseKind
from assessment.reminding.duties.pending import Pending, own_page, school_page
from assessment.reminding.look import Look
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.standing import Standing, standings, with_newest
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.models import ClaimState, HourClaim


def choices_at(look: Look, state: SelectionState) -> list[int]:
    """Return the participants whose choice stands at a state, oldest choice first."""
    rows = Selection.objects.filter(programme=look.programme, state=state).order_by("pk")
    return [pk for pk in rows.values_list("participant_id", flat=True) if pk in look.participants]


def to_endorse(look: Look) -> Iterator[Pending]:
    """Yield the proposed choices for the head of each teacher's group."""
    for pk in choices_at(look, SelectionState.PROPOSED):
        row = look.participants[pk]
        due = look.due(PhaseKind.CHOOSE, row.school_id, pk)
        for head in look.heads_of(row) if due else ():
            url = school_page(look, "school-selections", row.school_id, "state=proposed")
            yield Pending(head, row.school_id, due, url)


def to_confirm(look: Look) -> Iterator[Pending]:
    """Yield the endorsed choices for the CIO; the CIO's own for the deputy."""
    for pk in choices_at(look, SelectionState.ENDORSED):
        row = look.participants[pk]
        due = look.due(PhaseKind.CHOOSE, row.school_id, pk)
        for one in look.answering(row.school_id, ("cio", "deputy"), [row.person_id]) if due else ():
            url = school_page(look, "school-selections", row.school_id, "state=endorsed")
            yield Pending(one, row.school_id, due, url)


def plan_to_file(look: Look) -> Iterator[Pending]:
    """Yield the units without a filed plan; a managed school without one of its own stands under its unit's."""
    plans = Filing.objects.filter(programme=look.programme, kind=FilingKind.PLAN)
    states = dict(plans.values_list("school_id", "state"))
    units = {
        school if school in states else look.schools[school].managed_by_id or school
        for school in look.enrolled_schools
    }
    for school in sorted(units):
        due = look.due(PhaseKind.PLAN, school)
        if due and states.get(school) not in (FilingState.FILED, FilingState.APPROVED):
            for cio in look.officers("cio", school):
                yield Pending(cio, school, due, school_page(look, "school-plan", school))


def to_attest(look: Look) -> Iterator[Pending]:
    """Yield the claims of hours for the CIO; the CIO's own for the team."""
    claims = HourClaim.objects.filter(programme=look.programme, state=ClaimState.CLAIMED).order_by("pk")
    for school, person in claims.values_list("school_id", "person_id"):
        due = look.due(PhaseKind.TRAIN, school)
        for one in look.answering(school, ("cio", "team", "school-trainer"), [person]) if due else ():
            yield Pending(one, school, due, school_page(look, "school-hours", school))


def under_review(look: Look) -> list[tuple[Submission, Standing]]:
    """Return submitted work with how far its reviews are, in three queries."""
    found: list[tuple[Submission, Standing]] = look.once("under review", lambda: read_reviews(look))
    return found


def read_reviews(look: Look) -> list[tuple[Submission, Standing]]:
    waiting = Submission.objects.filter(programme=look.programme, state=SubmissionState.SUBMITTED)
    rows = list(with_newest(waiting.select_related("programme").order_by("pk")))
    standing = standings(rows)
    return [(row, standing[row.pk]) for row in rows]


def to_assign(look: Look) -> Iterator[Pending]:
    """Yield submitted work without enough reviewers for the CIO."""
    for row, standing in under_review(look):
        due = look.due(PhaseKind.REVIEW, row.school_id)
        for cio in look.officers("cio", row.school_id) if due and standing.missing else ():
            yield Pending(cio, row.school_id, due, school_page(look, "school-panel", row.school_id))


def to_review(look: Look) -> Iterator[Pending]:
    """Yield the reviews that were given to somebody and are not finished."""
    reviews = Review.objects.filter(submission__programme=look.programme, state=ReviewState.ASSIGNED)
    for person, school in reviews.order_by("pk").values_list("person_id", "school_id"):
        if due := look.due(PhaseKind.REVIEW, school):
            yield Pending(person, school, due, own_page("reviews"))


def to_decide(look: Look) -> Iterator[Pending]:
    """Yield results that wait for the decision: of the CIO, or of a deputy where the CIO is conflicted."""
    for row, standing in under_review(look):
        due = look.due(PhaseKind.REVIEW, row.school_id)
        if not due or not standing.is_ready:
            continue
        conflicted = {row.person_id, *standing.asked}
        for one in look.answering(row.school_id, ("cio", "deputy"), conflicted):
            url = school_page(look, "school-submissions", row.school_id, "state=ready")
            yield Pending(one, row.school_id, due, url)


def latest_returns(look: Look) -> dict[int, SchoolReturn]:
    """Return each school's latest return."""
    rows = SchoolReturn.objects.filter(programme=look.programme).order_by("round")
    return {row.school_id: row for row in rows}


def to_sign(look: Look) -> Iterator[Pending]:
    """Yield published returns for the principal."""
    for school, row in latest_returns(look).items():
        due = look.due(PhaseKind.RETURN, school)
        if due and row.state == ReturnState.OPEN and row.published_at:
            for principal in look.officers("principal", school):
                yield Pending(principal, school, due, school_page(look, "school-return", school))


def to_file(look: Look) -> Iterator[Pending]:
    """Yield the schools whose return is not yet published, or signed and not filed, for the CIO."""
    latest = latest_returns(look)
    for school in look.enrolled_schools:
        row, due = latest.get(school), look.due(PhaseKind.RETURN, school)
        is_unpublished = row is None or (row.state == ReturnState.OPEN and not row.published_at)
        if due and (is_unpublished or (row is not None and row.state == ReturnState.SIGNED)):
            for cio in look.officers("cio", school):
                yield Pending(cio, school, due, school_page(look, "school-return", school))
