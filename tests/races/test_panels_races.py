"""Reviewers who disagree finish at once, “assign all” is pressed twice: nobody is asked once too often."""

import pytest
from django_scopes import scope

from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import ReviewState
from microcapabilities.grades import Grade
from tests.cast import acting
from tests.races.rounds import Press, raced
from tests.races.test_races import Ground

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("on_postgres")]


def assign_all(ground: Ground) -> Press:
    return Press(ground.east["cio"], "/alpha/east/panel/assign/", {"all": "1"})


def test_split_at_the_same_moment_opens_exactly_one_third() -> None:
    ground = Ground()
    first, second = ground.reviews(Grade.PASS, Grade.FAIL)
    for done in raced(ground.finish(first), ground.finish(second, Grade.FAIL)):
        assert done.events("review") == ["finish", "finish"]
        assert len(ground.held(state=ReviewState.FINISHED)) == 2
        (third,) = ground.held(is_third=True)
        assert third.person_id == ground.east["reviewer3"].pk


def test_second_finish_against_assigning_all_opens_one_third() -> None:
    ground = Ground()
    first, second = ground.reviews(Grade.PASS, Grade.FAIL)
    with scope(county=ground.alpha.county, school=None):
        reviewing.finish(review=first, by=acting(first.person))
    for _done in raced(ground.finish(second, Grade.FAIL), assign_all(ground), assign_all(ground)):
        assert len(ground.held(is_third=True)) == 1


def test_assigning_all_twice_asks_each_reviewer_once() -> None:
    ground = Ground()
    for _done in raced(assign_all(ground), assign_all(ground)):
        assert (len(ground.held()), ground.held(is_third=True)) == (2, [])
