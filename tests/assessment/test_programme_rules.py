"""Rules with their record, and what is handed in keeps the rules it was handed in under."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checking.models import ReturnLine
from assessment.programme.actions import change_rules
from assessment.programme.checks import present_rules_are_the_last_version
from assessment.programme.models import Programme
from assessment.programme.rules.models import RulesVersion
from assessment.programme.rules.terms import RULES
from assessment.reviewing import actions as reviewing
from assessment.reviewing.standing import standings, with_newest
from assessment.submitting import actions as submitting
from assessment.submitting.models import Submission, SubmissionState
from microcapabilities.grades import Grade
from schools.refusals import Forbidden, Refused
from tests import stories
from tests.assessment.test_programme_pages import RULES as TYPED
from tests.cast import World, acting

pytestmark = pytest.mark.django_db


def change(world: World, **rules: Any) -> None:
    made = stories.programme(world.alpha)
    change_rules(
        programme=made, rules=rules, reason="The panel grew", by=acting(world.alpha["county-office"])
    )


def test_every_rule_can_be_changed_and_each_change_is_a_version(in_alpha: World) -> None:
    made = stories.programme(in_alpha.alpha)
    team = {"least": 2, "most": 4, "posts": ["principal"], "may_share": False}
    new = {
        "online_hours": 25,
        "practice_hours": 20,
        "total_hours": 50,
        "most_hours_a_day": 6,
        "credits": None,
        "environments": "AB",
        "team_rule": team,
        "panel_least": 4,
        "needs_outsider": True,
        "reciprocal_from": 6,
        "is_blind": True,
        "honours_percent": 25,
        "tolerance_percent": 5,
        "confidence_percent": 90,
        "experts_added": 2,
        "appeal_days": 10,
        "reviews_needed": 3,
        "attempts": 4,
        "sample_percent": 15,
        "experts_per_case": 2,
        "publication_days": 5,
        "allows_rectification": False,
        "certificate_moment": "credits",
    }
    assert set(new) == set(RULES)
    change(in_alpha, **new)
    first, second = RulesVersion.objects.filter(programme=made).order_by("number")
    assert (first.number, first.changed, first.rules["attempts"]) == (1, {}, 2)
    assert (second.number, second.rules, second.reason) == (2, new, "The panel grew")
    assert second.changed["credits"] == [20, None]
    assert second.changed_by == in_alpha.alpha["county-office"].user
    assert {name: getattr(Programme.objects.get(pk=made.pk), name) for name in RULES} == new
    change(in_alpha, attempts=4)
    assert RulesVersion.objects.count() == 2


def test_a_change_needs_its_reason_and_the_right(in_alpha: World) -> None:
    made, office = stories.programme(in_alpha.alpha), acting(in_alpha.alpha["county-office"])
    with pytest.raises(Refused) as refused:
        change_rules(programme=made, rules={"attempts": 3}, reason=" ", by=office)
    assert refused.value.code == "reason"
    for who in (in_alpha.alpha["county-leader"], in_alpha.alpha.schools[0]["cio"]):
        with pytest.raises(Forbidden):
            change_rules(programme=made, rules={"attempts": 3}, reason="More", by=acting(who))
    assert RulesVersion.objects.get().number == 1


def test_page_shows_who_changed_what_and_why(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    stories.programme(world.alpha)
    client = signed_in_as(world.alpha["county-office"])
    client.post(reverse("assessment:programme-rules-change", args=["alpha"]), {**TYPED, "credits": 22})
    page = signed_in_as(world.alpha["county-leader"]).get(
        reverse("assessment:programme-rules", args=["alpha"])
    )
    version = page.context["versions"][0]
    assert (version.number, version.who) == (2, world.alpha["county-office"].name)
    assert (version.reason, ("20", "22") in [row[1:] for row in version.changes]) == (TYPED["reason"], True)
    assert page.context["form"] is None


def submitted(world: World, who: str) -> Submission:
    return stories.submission_at(world.alpha, world.alpha.schools[0], SubmissionState.SUBMITTED, who)


def reviewed_by(world: World, submission: Submission, *who: str) -> None:
    east = world.alpha.schools[0]
    for name in who:
        review = reviewing.assign(submission=submission, reviewer=east[name], by=acting(east["cio"]))
        stories.grade_all(review, Grade.PASS)


def passes(world: World, submission: Submission) -> None:
    cio = acting(world.alpha.schools[0]["cio"])
    fresh = Submission.objects.get(pk=submission.pk)
    reviewing.decide(submission=fresh, advice=stories.ADVICE, by=cio)


def needed(submission: Submission) -> int:
    rows = with_newest(Submission.objects.filter(pk=submission.pk).select_related("programme"))
    return standings(rows)[submission.pk].needed


def test_three_reviews_hold_for_what_is_handed_in_afterwards_only(in_alpha: World) -> None:
    before = submitted(in_alpha, "teacher")
    reviewed_by(in_alpha, before, "reviewer")
    change(in_alpha, reviews_needed=3)
    after = submitted(in_alpha, "teacher2")
    assert (needed(before), needed(after)) == (2, 3)
    reviewed_by(in_alpha, before, "reviewer2")
    passes(in_alpha, before)
    reviewed_by(in_alpha, after, "reviewer", "reviewer2")
    with pytest.raises(Refused) as refused:
        passes(in_alpha, after)
    assert refused.value.code == "reviews"
    reviewed_by(in_alpha, after, "reviewer3")
    passes(in_alpha, after)
    states = Submission.objects.filter(pk__in=[before.pk, after.pk]).values_list("state", flat=True)
    assert set(states) == {SubmissionState.PASSED}


def test_what_was_passed_before_stays_passed_when_more_reviews_are_needed(in_alpha: World) -> None:
    passed = stories.submission_at(in_alpha.alpha, in_alpha.alpha.schools[0], SubmissionState.PASSED)
    change(in_alpha, reviews_needed=3)
    assert needed(passed) == 2
    assert Submission.objects.get(pk=passed.pk).state == SubmissionState.PASSED


def test_fewer_attempts_hold_for_what_is_handed_in_afterwards_only(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    before = stories.submission_at(in_alpha.alpha, east, SubmissionState.RETURNED, "teacher")
    change(in_alpha, attempts=1)
    after = stories.submission_at(in_alpha.alpha, east, SubmissionState.RETURNED, "teacher2")
    stories.fill(before, east["teacher"])
    submitting.submit(submission=before, is_own_work=True, by=acting(east["teacher"]))
    stories.fill(after, east["teacher2"])
    with pytest.raises(Refused) as refused:
        submitting.submit(submission=after, is_own_work=True, by=acting(east["teacher2"]))
    assert refused.value.code == "attempts"


def test_lines_of_a_filed_return_stay_when_hours_and_credits_rise(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    stories.submission_at(in_alpha.alpha, east, SubmissionState.PASSED)
    stories.filed_return(in_alpha.alpha, east)
    fields = ("participant_id", "online_hours", "practice_hours", "credits", "outcome", "reason")
    before = list(ReturnLine.objects.order_by("pk").values_list(*fields))
    assert before
    change(in_alpha, online_hours=60, practice_hours=60, credits=30)
    assert list(ReturnLine.objects.order_by("pk").values_list(*fields)) == before


def test_the_check_finds_rules_that_no_version_tells_of(world: World) -> None:
    stories.programme(world.alpha)
    with scopes_disabled():
        rows, broken = present_rules_are_the_last_version()
        assert (rows, list(broken)) == (1, [])
        Programme.objects.update(attempts=9)
        _rows, broken = present_rules_are_the_last_version()
    assert len(list(broken)) == 1
