"""People press at the same moment, through HTTP, on two server workers and PostgreSQL: one event each."""

from datetime import timedelta

import pytest
from django_scopes import scope, scopes_disabled

from assessment.events import Event
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting import actions as submitting
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of, latest_submitted
from microcapabilities.grades import Grade
from schools.clock import now
from tests.cast import CountyCast, SchoolCast, acting, the_world
from tests.races.conftest import Server, serving
from tests.stories import ADVICE, fill, submission_at

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("on_postgres")]
ROUNDS = 50
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

    def stand_submitted(self) -> None:
        """Bring the submission back to a freshly submitted attempt without reviews."""
        with scope(county=self.alpha.county, school=None):
            self.submission.refresh_from_db()
            if self.submission.state == SubmissionState.SUBMITTED:
                reviewing.send_back(
                    submission=self.submission,
                    items=items_of(self.submission)[:1],
                    advice=ADVICE,
                    due_at=now() + timedelta(days=7),
                    by=self.cio,
                )
            fill(self.submission, self.east["teacher"])
            submitting.submit(submission=self.submission, is_own_work=True, by=self.teacher)

    def reviews(self) -> list[Review]:
        """Ask two reviewers and save their grades and advice, everything but the finish."""
        with scope(county=self.alpha.county, school=None):
            found = []
            for name in ("reviewer", "reviewer2"):
                review = reviewing.assign(submission=self.submission, reviewer=self.east[name], by=self.cio)
                grades = {item.pk: Grade.PASS for item in items_of(self.submission)}
                reviewing.save_grades(
                    review=review, grades=grades, remarks={}, advice=ADVICE, by=acting(self.east[name])
                )
                found.append(review)
            return found

    def events(self, since: int, **which: object) -> list[str]:
        """Return the actions of events written after event `since`."""
        with scopes_disabled():
            return list(
                Event.objects.filter(pk__gt=since, **which).order_by("pk").values_list("action", flat=True)
            )

    def last_event(self) -> int:
        with scopes_disabled():
            return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def graded_form(self, review: Review) -> dict[str, str]:
        """Return what the review page posts when its reviewer finishes."""
        with scope(county=self.alpha.county, school=None):
            form = {f"grade-{item.pk}": str(int(Grade.PASS)) for item in items_of(self.submission)}
            review.refresh_from_db()
        return {**form, "advice": ADVICE, "version": str(review.version)}


def test_two_reviewers_finish_at_once() -> None:
    ground = Ground()
    with serving("portal.wsgi:application") as server:
        for round_number in range(ROUNDS):
            if round_number:
                ground.stand_submitted()
            first, second = ground.reviews()
            since = ground.last_event()
            forms = [ground.graded_form(review) for review in (first, second)]
            server.at_once(
                lambda: server.press(first.person, f"/me/reviews/{first.pk}/finish/", **forms[0]),
                lambda: server.press(second.person, f"/me/reviews/{second.pk}/finish/", **forms[1]),
            )
            assert ground.events(since, workflow="review") == ["finish", "finish"]
            with scope(county=ground.alpha.county, school=None):
                attempt = latest_submitted(ground.submission)
                assert Review.objects.filter(attempt=attempt, state=ReviewState.FINISHED).count() == 2


def test_withdraw_against_the_schools_decision() -> None:
    ground = Ground()
    with scope(county=ground.alpha.county, school=None):
        item = items_of(ground.submission)[0]
    wins = {"withdraw": 0, "send-back": 0}
    with serving("portal.wsgi:application") as server:
        for round_number in range(ROUNDS):
            if round_number:
                ground.stand_submitted()
            since = ground.last_event()
            presses = [
                lambda: server.press(ground.east["teacher"], f"{ground.own_path}withdraw/"),
                lambda: server.press(
                    ground.east["cio"],
                    f"{ground.school_path}send-back/",
                    note=ADVICE,
                    items=str(item.pk),
                    due_at=DUE,
                ),
            ]
            server.at_once(*(presses if round_number % 2 else presses[::-1]))
            happened = ground.events(since, workflow="submission")
            assert len(happened) == 1, happened
            wins[happened[0]] += 1
    assert sum(wins.values()) == ROUNDS


def double_click(ground: Ground, server: Server, review: Review) -> list[str]:
    """Press “finish” twice at once; returns what happened to the review."""
    since, form = ground.last_event(), ground.graded_form(review)
    path = f"/me/reviews/{review.pk}/finish/"
    server.at_once(*[lambda: server.press(review.person, path, **form)] * 2)
    return ground.events(since, workflow="review", subject_id=review.pk)


def test_double_click_is_one_event() -> None:
    ground = Ground()
    with serving("portal.wsgi:application") as server:
        for round_number in range(ROUNDS):
            if round_number:
                ground.stand_submitted()
            assert double_click(ground, server, ground.reviews()[0]) == ["finish"]


def test_double_click_without_the_guard_is_found_out() -> None:
    ground = Ground()
    doubled = 0
    with serving("tests.races.unguarded:application") as server:
        for round_number in range(ROUNDS // 5):
            if round_number:
                ground.stand_submitted()
            doubled += len(double_click(ground, server, ground.reviews()[0])) > 1
    assert doubled > 0
