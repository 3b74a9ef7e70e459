"""The county office's races: accept against overturn, draws planned, made, abandoned and enlarged at once."""

from collections import Counter

import pytest
from django_scopes import scopes_disabled

from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.checks import draws_can_be_repeated
from assessment.checking.drawing import actions as drawing
from assessment.checking.drawing.models import Draw, DrawnReturn
from assessment.checking.models import ReturnState
from assessment.submitting.models import SubmissionState
from tests.cast import acting
from tests.races.offices import Office
from tests.races.rounds import CONTROL_ROUNDS, GUARDED, ROUNDS, UNGUARDED, Press, fresh, raced

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("on_postgres")]
CODES = ("A1", "A5", "A9", "A11")
PLAN = {"claim": "county", "tolerance": "10", "confidence": "95", "percent": "50"}


def judged(*, is_last: bool) -> Office:
    """The case of the first submission is judged; with `is_last` it is the only one without a verdict."""
    office = Office("A1", "A5")
    office.judge_all()
    if is_last:
        office.uphold_others()
    return office


def filed() -> Office:
    office = Office(*CODES)
    office.file()
    return office


def standing(office: Office) -> tuple[int, int, int]:
    """Return how return, case and its submission stand."""
    rows = (office.filed, office.cases[0], office.submissions[0])
    state_of_return, state_of_case, state = (fresh(row).state for row in rows)
    return state_of_return, state_of_case, state


def cases_of(draw: Draw) -> list[tuple[int, int]]:
    """Return position and submission of the draw's cases."""
    with scopes_disabled():
        rows = SpotCheckCase.objects.filter(draw=draw).order_by("position")
        return list(rows.values_list("position", "submission_id"))


def sound() -> list[str]:
    """Return what is wrong with the draws as the nightly checker sees it."""
    with scopes_disabled():
        return draws_can_be_repeated()[1]


def test_accepting_the_return_against_overturning_its_last_case() -> None:
    office = judged(is_last=True)
    overturned = (CaseState.OVERTURNED, SubmissionState.OVERTURNED)
    legal = {(state, *overturned) for state in (ReturnState.FILED, ReturnState.ACCEPTED)}
    for done in raced(office.accept(), office.overturn()):
        assert standing(office) in legal
        moved = done.events("submission", subject_id=office.submissions[0].pk)
        assert (done.events("case"), moved) == (["overturn"], ["overturn"])


def test_accepting_the_return_against_two_verdicts() -> None:
    office = judged(is_last=True)
    case, work = CaseState, SubmissionState
    legal = {
        (ReturnState.FILED, case.OVERTURNED, work.OVERTURNED),
        (ReturnState.ACCEPTED, case.OVERTURNED, work.OVERTURNED),
        (ReturnState.FILED, case.UPHELD, work.PASSED),
        (ReturnState.ACCEPTED, case.UPHELD, work.ACCEPTED),
    }
    for done in raced(office.accept(), office.overturn(), office.uphold()):
        assert standing(office) in legal
        assert len(done.events("case")) == 1


def verdicts(application: str, rounds: int) -> list[list[str]]:
    """Uphold and overturn the same case at once; returns round by round what happened to it."""
    office = judged(is_last=False)
    done = raced(office.uphold(), office.overturn(), application=application, rounds=rounds)
    return [each.events("case") for each in done]


def test_upholding_against_overturning_is_one_verdict() -> None:
    found = verdicts(GUARDED, ROUNDS)
    assert Counter(map(len, found)) == {1: ROUNDS}


def test_two_verdicts_without_the_guard_are_found_out() -> None:
    assert ["overturn", "uphold"] in [sorted(events) for events in verdicts(UNGUARDED, CONTROL_ROUNDS)]


def test_a_draw_made_by_two_people_at_once_is_made_once() -> None:
    office = filed()
    planned = office.plan(2)
    path = f"/alpha/draws/{planned.pk}/draw/"
    presses = [
        Press(who, path, {"words": word}) for who, word in ((office.one, "rain"), (office.other, "sun"))
    ]
    for _done in raced(*presses):
        made = fresh(planned)
        assert made.words == {office.one.user_id: "rain", office.other.user_id: "sun"}[made.drawn_by_id]
        assert [position for position, _pk in cases_of(planned)] == [1, 2]
        assert sound() == []


def test_two_plans_over_the_same_returns_are_one() -> None:
    office = filed()
    form = {**PLAN, "ids": str(office.filed.pk)}
    presses = [Press(who, "/alpha/draws/freeze/", form) for who in (office.one, office.other)]
    for _done in raced(*presses):
        with scopes_disabled():
            (planned,) = Draw.objects.all()
            (covered,) = DrawnReturn.objects.all()
        assert (covered.draw_id, covered.school_return_id) == (planned.pk, office.filed.pk)


def test_abandoning_against_drawing_is_one_of_them() -> None:
    office = filed()
    planned = office.plan(2)
    path = f"/alpha/draws/{planned.pk}/"
    for _done in raced(Press(office.one, f"{path}draw/"), Press(office.other, f"{path}abandon/")):
        now_is = fresh(planned)
        with scopes_disabled():
            is_dropped = DrawnReturn.objects.get().is_dropped
        found = (now_is.drawn_at is not None, now_is.abandoned_at is not None, is_dropped)
        assert (*found, len(cases_of(planned))) in {(True, False, False, 2), (False, True, True, 0)}


def drawn(office: Office, size: int) -> Draw:
    """Draw `size` cases of the filed return."""
    planned = office.plan(size)
    with scopes_disabled():
        return drawing.draw(planned=planned, by=acting(office.one))


def test_enlarging_twice_at_once_draws_no_case_twice() -> None:
    office = filed()
    draw = drawn(office, 1)
    path = f"/alpha/draws/{draw.pk}/enlarge/"
    sizes = ((office.one, "3"), (office.other, "3"), (office.one, "4"))
    for _done in raced(*(Press(who, path, {"size": size, "why": "more"}) for who, size in sizes)):
        positions, submissions = zip(*cases_of(draw), strict=True)
        assert (positions, len(set(submissions))) == ((1, 2, 3, 4), 4)
        assert sound() == []


def enlarged_and_accepted(application: str, rounds: int) -> Counter[tuple[int, int]]:
    """Enlarge a draw while its return is accepted; returns state of the return and cases, counted."""
    office = Office("A1", "A5")
    office.file()
    draw = drawn(office, 1)
    with scopes_disabled():
        SpotCheckCase.objects.update(state=CaseState.UPHELD)
    enlarge = Press(office.other, f"/alpha/draws/{draw.pk}/enlarge/", {"size": "2", "why": "more"})
    done = raced(office.accept(), enlarge, application=application, rounds=rounds)
    return Counter((fresh(office.filed).state, len(cases_of(draw))) for _each in done)


def test_enlarging_against_accepting_leaves_no_open_case_in_an_accepted_return() -> None:
    found = enlarged_and_accepted(GUARDED, ROUNDS)
    assert set(found) <= {(ReturnState.ACCEPTED, 1), (ReturnState.FILED, 2)}
    assert found.total() == ROUNDS
