"""Reviewers who disagree finish at once, “assign all” is pressed twice: nobody is asked once too often."""

import pytest
from django_scopes import scope

from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.queries import items_of, latest_submitted
from microcapabilities.grades import Grade
from tests.cast import acting
from tests.races.conftest import Server, serving
from tests.races.test_races import Ground
from tests.stories import ADVICE

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("on_postgres")]
ROUNDS = 30


class Panel(Ground):
    """The ground of the other races, with reviewers who disagree."""

    @property
    def panel_path(self) -> str:
        return "/alpha/east/panel/"

    def split_reviews(self) -> list[Review]:
        """Two reviews that differ about passing, everything but the finish."""
        with scope(county=self.alpha.county, school=None):
            found = []
            for name, grade in (("reviewer", Grade.PASS), ("reviewer2", Grade.FAIL)):
                review = reviewing.assign(submission=self.submission, reviewer=self.east[name], by=self.cio)
                grades = {item.pk: grade for item in items_of(self.submission)}
                reviewing.save_grades(
                    review=review, grades=grades, remarks={}, advice=ADVICE, by=acting(self.east[name])
                )
                found.append(review)
            return found

    def form_of(self, review: Review, grade: Grade) -> dict[str, str]:
        with scope(county=self.alpha.county, school=None):
            form = {f"grade-{item.pk}": str(int(grade)) for item in items_of(self.submission)}
            review.refresh_from_db()
        return {**form, "advice": ADVICE, "version": str(review.version)}

    def held(self, **which: object) -> list[Review]:
        """Return the reviews of the attempt under review that are not taken back."""
        with scope(county=self.alpha.county, school=None):
            rows = Review.objects.filter(attempt=latest_submitted(self.submission), **which)
            return list(rows.exclude(state=ReviewState.RELEASED))

    def finish_at_once(self, server: Server) -> list[Review]:
        """Both finish at the same moment; returns the further reviews that stand then."""
        first, second = self.split_reviews()
        forms = self.form_of(first, Grade.PASS), self.form_of(second, Grade.FAIL)
        server.at_once(
            lambda: server.press(first.person, f"/me/reviews/{first.pk}/finish/", **forms[0]),
            lambda: server.press(second.person, f"/me/reviews/{second.pk}/finish/", **forms[1]),
        )
        assert len(self.held(state=ReviewState.FINISHED)) == 2
        return self.held(is_third=True)


def test_split_at_the_same_moment_opens_exactly_one_third() -> None:
    ground = Panel()
    with serving("portal.wsgi:application") as server:
        for round_number in range(ROUNDS):
            if round_number:
                ground.stand_submitted()
            (third,) = ground.finish_at_once(server)
            assert third.person_id == ground.east["reviewer3"].pk


def test_second_finish_against_assigning_all_opens_one_third() -> None:
    ground = Panel()
    with serving("portal.wsgi:application") as server:
        for round_number in range(ROUNDS):
            if round_number:
                ground.stand_submitted()
            first, second = ground.split_reviews()
            forms = ground.form_of(first, Grade.PASS), ground.form_of(second, Grade.FAIL)
            server.press(first.person, f"/me/reviews/{first.pk}/finish/", **forms[0])
            server.at_once(
                lambda: server.press(second.person, f"/me/reviews/{second.pk}/finish/", **forms[1]),
                lambda: server.press(ground.east["cio"], f"{ground.panel_path}assign/", all="1"),
                lambda: server.press(ground.east["cio"], f"{ground.panel_path}assign/", all="1"),
            )
            assert len(ground.held(is_third=True)) == 1


def test_assigning_all_twice_asks_each_reviewer_once() -> None:
    ground = Panel()
    with serving("portal.wsgi:application") as server:
        for round_number in range(ROUNDS):
            if round_number:
                ground.stand_submitted()
            press = [lambda: server.press(ground.east["cio"], f"{ground.panel_path}assign/", all="1")] * 2
            server.at_once(*press)
            assert (len(ground.held()), ground.held(is_third=True)) == (2, [])
