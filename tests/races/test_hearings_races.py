"""Two hearers vote at once, an appeal is granted twice, a return is sent back for rectification twice: once each."""

from collections import Counter

import pytest
from django_scopes import scope, scopes_disabled

from assessment.checking import spot_checks
from assessment.checking.appeals import actions as appeals
from assessment.checking.appeals.models import Appeal, AppealState
from assessment.checking.appeals.queries import eligible_hearers
from assessment.checking.models import ReturnState
from assessment.programme.models import Extension
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Attempt, SubmissionState
from tests.cast import acting
from tests.races.offices import WHY, Office
from tests.races.rounds import CONTROL_ROUNDS, GUARDED, ROUNDS, UNGUARDED, Press, fresh, raced
from tests.stories import submission_at

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("on_postgres")]


def lodged() -> tuple[Office, Appeal]:
    """A teacher objects to a failed result, and two people are asked to hear it."""
    office = Office()
    submission = submission_at(office.alpha, office.east, SubmissionState.FAILED)
    with scope(county=office.alpha.county, school=None):
        appeal = appeals.lodge(submission=submission, reason=WHY, by=acting(submission.person))
        people = eligible_hearers(submission)[:2]
        appeals.ask(appeal=appeal, people=people, by=acting(office.one))
    return office, appeal


def heard() -> tuple[Office, Appeal]:
    """Both votes are for the teacher."""
    office, appeal = lodged()
    with scope(county=office.alpha.county, school=None):
        for hearing in appeal.hearings.select_related("person"):
            appeals.vote(hearing=hearing, is_for=True, reasons="Seen.", by=acting(hearing.person))
    return office, appeal


def votes(application: str, rounds: int) -> Counter[tuple[str, ...]]:
    """Let the two last hearers vote at once; returns what happened to the appeal, counted over the rounds."""
    office, appeal = lodged()
    with scope(county=office.alpha.county, school=None):
        people = [hearing.person for hearing in appeal.hearings.select_related("person")]
    form = {"is_for": "yes", "reasons": "Seen."}
    presses = [Press(person, f"/me/hearings/{appeal.pk}/vote/", form) for person in people]
    done = raced(*presses, application=application, rounds=rounds)
    return Counter(tuple(each.events("appeal")) for each in done)


def test_two_last_votes_at_once_close_the_hearing_once() -> None:
    assert votes(GUARDED, ROUNDS) == {("hear",): ROUNDS}


def test_two_last_votes_without_the_guard_are_found_out() -> None:
    assert set(votes(UNGUARDED, CONTROL_ROUNDS)) - {("hear",)}


def grants(application: str, rounds: int) -> list[tuple[list[str], list[str], list[str]]]:
    """Grant an appeal twice at once; returns what happened to the appeal, its submission and the reviews."""
    office, appeal = heard()
    path = f"/alpha/appeals/{appeal.pk}/grant/"
    presses = [Press(person, path, {"note": WHY}) for person in (office.one, office.other)]
    done = raced(*presses, application=application, rounds=rounds)
    return [(each.events("appeal"), each.events("submission"), each.events("review")) for each in done]


def test_granting_twice_is_one_event_and_the_submission_moves_once() -> None:
    once = (["grant"], ["hear-anew"], ["set-aside", "set-aside"])
    assert grants(GUARDED, ROUNDS) == [once] * ROUNDS


def test_granting_against_dismissing_is_one_answer() -> None:
    office, appeal = heard()
    path = f"/alpha/appeals/{appeal.pk}/"
    presses = [
        Press(office.one, f"{path}grant/", {"note": WHY}),
        Press(office.other, f"{path}dismiss/", {"note": WHY}),
    ]
    for done in raced(*presses):
        assert (done.events("appeal"), fresh(appeal).state) == (["grant"], AppealState.GRANTED)


def overturned() -> Office:
    """Of three listed rows the spot check overturned the first and upheld the others."""
    office = Office("A1", "A5", "A9")
    office.judge_all()
    office.uphold_others()
    with scope(county=office.alpha.county, school=None):
        spot_checks.overturn(case=office.cases[0], why=WHY, by=acting(office.one))
    return office


def counted(office: Office) -> tuple[int, int, int]:
    """Return the extra attempts granted, the attempts in all, and the days given to the school."""
    with scopes_disabled():
        return (
            fresh(office.submissions[0]).extra_attempts,
            Attempt.objects.filter(submission=office.submissions[0]).count(),
            Extension.objects.count(),
        )


def test_sending_a_return_back_for_rectification_twice_is_once() -> None:
    office = overturned()
    before = counted(office)
    after = (before[0] + 1, before[1] + 1, before[2] + 2)
    for done in raced(office.rectify(office.one), office.rectify(office.other)):
        assert (done.events("return"), fresh(office.filed).state) == (["rectify"], ReturnState.OPEN)
        moved = [done.events("submission", subject_id=row.pk) for row in office.submissions]
        assert (moved, counted(office)) == ([["rectify"], ["recall"], ["recall"]], after)
        with scopes_disabled():
            others = Review.objects.filter(submission__in=office.submissions[1:])
            assert set(others.values_list("state", flat=True)) == {ReviewState.SET_ASIDE}


def test_rectifying_a_return_against_rectifying_one_of_its_rows() -> None:
    office = overturned()
    before = counted(office)
    alone = Press(
        office.other, f"/alpha/cases/{office.cases[0].pk}/rectify/", office.rectify(office.one).form
    )
    for done in raced(office.rectify(office.one), alone):
        assert done.events("submission", subject_id=office.submissions[0].pk) == ["rectify"]
        assert counted(office)[:2] == (before[0] + 1, before[1] + 1)
        recalled = done.events("submission", action="recall")
        assert len(recalled) == 2 * len(done.events("return"))
