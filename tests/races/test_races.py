"""People press at the same moment, through HTTP, on two server workers and PostgreSQL: one event each."""

from collections import Counter

import pytest
from django_scopes import scope, scopes_disabled

from assessment.programme.models import Programme
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Attempt, Submission, SubmissionState
from assessment.submitting.queries import items_of, latest_submitted
from microcapabilities.grades import Grade
from tests.cast import CountyCast, SchoolCast, acting, the_world
from tests.races.rounds import CONTROL_ROUNDS, ROUNDS, UNGUARDED, Press, raced
from tests.stories import ADVICE, submission_at

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("on_postgres")]
DUE = "2099-01-01"


class Ground:
    """One submission in county Alpha that can be raced over again and again."""

    def __init__(self) -> None:
        self.alpha: CountyCast = the_world().alpha
        self.east: SchoolCast = self.alpha.schools[0]
        self.submission: Submission = submission_at(self.alpha, self.east, SubmissionState.SUBMITTED)
        with scopes_disabled():
            Submission.objects.filter(pk=self.submission.pk).update(extra_attempts=500)
        self.cio, self.teacher = acting(self.east["cio"]), acting(self.east["teacher"])
        self.school_path = f"/alpha/east/submissions/{self.submission.pk}/"
        self.own_path = f"/me/submissions/{self.submission.pk}/"

    def reviews(self, *grades: Grade) -> list[Review]:
        """Ask a reviewer for each grade and save grades and advice, everything but the finish."""
        with scope(county=self.alpha.county, school=None):
            found = []
            for name, grade in zip(("reviewer", "reviewer2"), grades, strict=False):
                review = reviewing.assign(submission=self.submission, reviewer=self.east[name], by=self.cio)
                given = {item.pk: grade for item in items_of(self.submission)}
                reviewing.save_grades(
                    review=review, grades=given, remarks={}, advice=ADVICE, by=acting(self.east[name])
                )
                found.append(review)
            return found

    def finish(self, review: Review, grade: Grade = Grade.PASS) -> Press:
        """The reviewer presses “finish”, with what the review page then sends."""
        with scope(county=self.alpha.county, school=None):
            form = {f"grade-{item.pk}": str(int(grade)) for item in items_of(self.submission)}
        return Press(review.person, f"/me/reviews/{review.pk}/finish/", {**form, "advice": ADVICE})

    def withdraw(self) -> Press:
        return Press(self.east["teacher"], f"{self.own_path}withdraw/")

    def decide(self) -> Press:
        return Press(self.east["cio"], f"{self.school_path}decide/", {"note": ADVICE})

    def send_back(self) -> Press:
        with scope(county=self.alpha.county, school=None):
            item = items_of(self.submission)[0]
        form = {"note": ADVICE, "items": str(item.pk), "due_at": DUE}
        return Press(self.east["cio"], f"{self.school_path}send-back/", form)

    def held(self, **which: object) -> list[Review]:
        """Return the reviews of the attempt under review that are not taken back."""
        with scope(county=self.alpha.county, school=None):
            rows = Review.objects.filter(attempt=latest_submitted(self.submission), **which)
            return list(rows.exclude(state=ReviewState.RELEASED))


def test_two_reviewers_finish_at_once() -> None:
    ground = Ground()
    first, second = ground.reviews(Grade.PASS, Grade.PASS)
    for done in raced(ground.finish(first), ground.finish(second)):
        assert done.events("review") == ["finish", "finish"]
        assert [len(ground.held(state=ReviewState.FINISHED)), len(ground.held())] == [2, 2]


def test_withdraw_against_sending_back() -> None:
    ground = Ground()
    wins: Counter[str] = Counter()
    for done in raced(ground.withdraw(), ground.send_back()):
        (happened,) = done.events("submission")
        wins[happened] += 1
    assert (wins.total(), set(wins)) == (ROUNDS, {"withdraw", "send-back"})


def test_a_reviewers_finish_and_the_decision_against_withdrawing() -> None:
    """One review is enough here, so that the decision may follow the finish within the same moment."""
    ground = Ground()
    with scopes_disabled():
        Programme.objects.update(reviews_needed=1)
        Attempt.objects.update(rules=None)
    (review,) = ground.reviews(Grade.PASS)
    wins: Counter[tuple[str, ...]] = Counter()
    for done in raced(ground.withdraw(), ground.finish(review), ground.decide()):
        happened = (*done.events("review"), *done.events("submission"))
        assert happened in {("lapse", "withdraw"), ("finish",), ("finish", "pass")}, happened
        wins[happened] += 1
    assert ("lapse", "withdraw") in wins
    assert len(wins) > 1


def double_clicks(application: str, rounds: int) -> list[list[str]]:
    """Press “finish” twice at once; returns round by round what happened to the review."""
    ground = Ground()
    (review,) = ground.reviews(Grade.PASS)
    presses = [ground.finish(review)] * 2
    done = raced(*presses, application=application, rounds=rounds)
    return [each.events("review", subject_id=review.pk) for each in done]


def test_double_click_is_one_event() -> None:
    assert double_clicks("portal.wsgi:application", ROUNDS) == [["finish"]] * ROUNDS


def test_double_click_without_the_guard_is_found_out() -> None:
    assert max(map(len, double_clicks(UNGUARDED, CONTROL_ROUNDS))) > 1
