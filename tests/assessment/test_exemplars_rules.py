"""Whose work becomes an exemplar, who keeps it, and who practises on it."""

import pytest
from django.contrib.auth.models import Permission as NamedPermission

from assessment.reviewing.exemplars import actions
from assessment.reviewing.exemplars.checks import exemplars_rest_on_consent
from assessment.reviewing.exemplars.models import Exemplar
from assessment.reviewing.exemplars.queries import agreement_of, open_to
from assessment.submitting.models import SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.access.models import SchoolGrant
from schools.refusals import Forbidden, Refused
from tests import stories
from tests.assessment.exemplar_stories import WHY, asked, grades_for, opened, passed_work, the_work
from tests.cast import World, acting, give_role


@pytest.fixture(scope="module")
def work(common_ground: World) -> int:
    """A passed work of East's teacher."""
    return passed_work(common_ground)


def test_only_released_work_is_asked_about_once_and_with_a_reason(in_alpha: World, work: int) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    waiting = stories.submission_at(alpha, east, SubmissionState.SUBMITTED, "teacher2")
    cio = acting(east["cio"])
    for submission, reason, code in ((waiting, WHY, "not-released"), (the_work(work), " ", "reason")):
        with pytest.raises(Refused) as refusal:
            actions.ask(submission=submission, is_for_county=False, reason=reason, by=cio)
        assert refusal.value.code == code
    asked(in_alpha, work)
    with pytest.raises(Refused) as refusal:
        asked(in_alpha, work, is_for_county=True)
    assert refusal.value.code == "twice"


def test_nobody_makes_an_exemplar_of_their_own_work(in_alpha: World, work: int) -> None:
    east, found = in_alpha.alpha.schools[0], asked(in_alpha, work)
    actions.step(exemplar=found, action="agree", by=acting(east["teacher"]))
    give_role(east["teacher"], "cio", east.school)
    grades = grades_for(work, Grade.EXCELLENT)
    with pytest.raises(Refused) as refusal:
        actions.agree_on(exemplar=found, grades=grades, comments={}, by=acting(east["teacher"]))
    assert refusal.value.code == "own-work"


@pytest.mark.parametrize("who", ["principal", "reviewer", "teacher", "team"])
def test_only_cio_and_office_ask(in_alpha: World, work: int, who: str) -> None:
    with pytest.raises(Forbidden):
        by = acting(in_alpha.alpha.schools[0][who])
        actions.ask(submission=the_work(work), is_for_county=False, reason=WHY, by=by)


def test_every_required_item_needs_grade_and_reason_before_practice(in_alpha: World, work: int) -> None:
    east, found = in_alpha.alpha.schools[0], asked(in_alpha, work)
    cio, items = acting(east["cio"]), items_of(the_work(work))
    with pytest.raises(Refused) as refusal:
        actions.agree_on(exemplar=found, grades={}, comments={}, by=cio)
    assert refusal.value.code == "closed"
    actions.step(exemplar=found, action="agree", by=acting(east["teacher"]))
    for grades, comments in (
        ({}, {}),
        (dict.fromkeys((one.pk for one in items), Grade.PASS), {items[0].pk: "Because."}),
    ):
        actions.agree_on(exemplar=found, grades=grades, comments=comments, by=cio)
        with pytest.raises(Refused) as refusal:
            actions.step(exemplar=found, action="show", by=cio)
        assert refusal.value.code == ("ungraded")


def test_what_was_agreed_then_stays_beside_ones_grades(in_alpha: World, work: int) -> None:
    east, found = in_alpha.alpha.schools[0], opened(in_alpha, work)
    reviewer, cio = acting(east["reviewer"]), acting(east["cio"])
    actions.practise(exemplar=found, grades=grades_for(work, Grade.PASS), by=reviewer)
    actions.step(exemplar=found, action="hide", by=cio)
    with pytest.raises(Refused):
        actions.practise(exemplar=found, grades=grades_for(work, Grade.PASS), by=acting(east["reviewer2"]))
    items = grades_for(work, Grade.FAIL)
    actions.agree_on(exemplar=found, grades=items, comments=dict.fromkeys(items, "No."), by=cio)
    agreed, of = agreement_of(east["reviewer"])
    assert agreed == of == len(items)


def test_schools_exemplars_are_for_its_reviewers_and_the_countys_for_all(in_alpha: World, work: int) -> None:
    east, west = in_alpha.alpha.schools
    found = opened(in_alpha, work)
    assert [row.pk for row in open_to(acting(east["reviewer"]))] == [found.pk]
    assert open_to(acting(west["reviewer"])) == []
    may = NamedPermission.objects.get(codename="review_school", content_type__app_label="schools")
    SchoolGrant.objects.create(
        user_id=west["reviewer"].user_id, permission=may, content_object=east.school, reason="Guest"
    )
    assert [row.pk for row in open_to(acting(west["reviewer"]))] == [found.pk]
    Exemplar.objects.filter(pk=found.pk).update(is_for_county=True)
    assert [row.pk for row in open_to(acting(west["reviewer2"]))] == [found.pk]
    assert [row.pk for row in open_to(acting(in_alpha.alpha["trainer"]))] == [found.pk]


def test_cio_may_not_touch_the_countys(in_alpha: World, work: int) -> None:
    found, cio = opened(in_alpha, work, is_for_county=True), acting(in_alpha.alpha.schools[0]["cio"])
    with pytest.raises(Forbidden):
        actions.step(exemplar=found, action="hide", by=cio)


def test_consent_by_somebody_else_is_found(in_alpha: World, work: int) -> None:
    found = opened(in_alpha, work)
    Exemplar.objects.filter(pk=found.pk).update(person=in_alpha.alpha.schools[0]["teacher2"])
    assert len(exemplars_rest_on_consent()[1]) == 2
