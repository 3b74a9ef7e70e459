"""Phrases for advice, the queue's order, and names put forward for honours within their share."""

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checking.results import decisions
from assessment.reviewing import actions, queue
from assessment.reviewing.honours.actions import most_names, put_forward, withdraw_name
from assessment.reviewing.honours.models import HonourName
from assessment.reviewing.phrases import bank
from assessment.reviewing.phrases.bank import Owner
from assessment.submitting.models import Submission, SubmissionState
from microcapabilities.grades import Grade
from microcapabilities.models import Point
from schools.refusals import Forbidden, Refused
from tests.assessment.panelling import set_rules
from tests.cast import World, acting
from tests.stories import CODES, grade_all, submission_at

pytestmark = pytest.mark.usefixtures("chosen")


def test_phrases_of_three_owners_stand_on_the_review_page(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, west) = world.alpha, world.alpha.schools
    county, reviewer = alpha.county, acting(east["reviewer"])
    with scopes_disabled():
        submission = submission_at(alpha, east, SubmissionState.SUBMITTED)
        review = actions.assign(submission=submission, reviewer=east["reviewer"], by=acting(east["cio"]))
        other = Point.objects.filter(catalogue=submission.point.catalogue_id).exclude(pk=submission.point_id)[
            0
        ]
        own = Owner(county, person=east["reviewer"])
        bank.keep(owner=own, text="For all", point=None, by=reviewer)
        bank.keep(owner=own, text="  For   this ", point=submission.point, by=reviewer)
        bank.keep(owner=own, text="For another", point=other, by=reviewer)
        bank.keep(owner=Owner(county, east.school), text="Of East", point=None, by=acting(east["cio"]))
        bank.keep(owner=Owner(county, west.school), text="Of West", point=None, by=acting(west["cio"]))
        bank.keep(owner=Owner(county), text="Of Alpha", point=None, by=acting(alpha["county-office"]))
    page = signed_in_as(east["reviewer"]).get(reverse("assessment:review", args=[review.pk]))
    assert [shelf.phrases for shelf in page.context["phrases"]] == [
        ["For this", "For all"],
        ["Of East"],
        ["Of Alpha"],
    ]
    assert b'<span data-phrase="advice">For this</span>' in page.content


def test_phrases_are_kept_once_and_by_their_owner(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    own = Owner(alpha.county, person=east["reviewer"])
    phrase = bank.keep(owner=own, text="Good", point=None, by=acting(east["reviewer"]))
    for words, code in ((" Good ", "twice"), ("", "empty"), ("x" * 301, "long")):
        with pytest.raises(Refused) as refusal:
            bank.keep(owner=own, text=words, point=None, by=acting(east["reviewer"]))
        assert refusal.value.code == code
    for owner in (own, Owner(alpha.county, east.school), Owner(alpha.county)):
        with pytest.raises(Forbidden):
            bank.keep(owner=owner, text="Mine", point=None, by=acting(east["reviewer2"]))
    bank.remove(owner=own, phrase=phrase, by=acting(east["reviewer"]))
    assert own.phrases.count() == 0


def test_next_is_the_least_reviewed(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    cio, reviews = acting(east["cio"]), []
    for code in CODES[:3]:
        submission = submission_at(alpha, east, SubmissionState.SUBMITTED, "teacher", code)
        reviews.append(actions.assign(submission=submission, reviewer=east["reviewer"], by=cio))
    other = actions.assign(submission=reviews[0].submission, reviewer=east["reviewer2"], by=cio)
    grade_all(other, Grade.PASS)
    assert queue.open_ids(acting(east["reviewer"])) == [reviews[1].pk, reviews[2].pk, reviews[0].pk]


def excellent(world: World, code: str) -> Submission:
    east = world.alpha.schools[0]
    return submission_at(world.alpha, east, SubmissionState.PASSED, "teacher", code, grade=Grade.EXCELLENT)


def test_share_limits_the_names_and_never_the_grades(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    rows = [excellent(in_alpha, code) for code in CODES]
    year = set_rules(in_alpha.alpha, honours_percent=30)
    cio = acting(east["cio"])
    assert most_names(year, east.school) == (1, 4)  # 30 percent of 4 are 1.2
    name = put_forward(submission=rows[0], by=cio)
    with pytest.raises(Refused) as twice:
        put_forward(submission=rows[0], by=cio)
    with pytest.raises(Refused) as beyond:
        put_forward(submission=rows[1], by=cio)
    assert (twice.value.code, beyond.value.code) == ("twice", "cap")
    assert {row.grade for row in Submission.objects.filter(pk__in=[r.pk for r in rows])} == {Grade.EXCELLENT}
    withdraw_name(name=name, by=cio)
    put_forward(submission=rows[1], by=cio)
    assert HonourName.objects.count() == 2


def test_name_falls_with_its_result(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    set_rules(in_alpha.alpha, honours_percent=100)
    row = excellent(in_alpha, "A1")
    name = put_forward(submission=row, by=acting(east["cio"]))
    decisions.take_back(submission=row, why="A remark was wrong", by=acting(east["cio"]))
    name.refresh_from_db()
    assert (name.withdrawn_at is not None, name.withdrawn_by_id) == (True, None)


def test_only_excellent_work_of_the_own_school_is_put_forward(in_alpha: World) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    set_rules(alpha, honours_percent=100)
    plain = submission_at(alpha, east, SubmissionState.PASSED)
    with pytest.raises(Refused) as refusal:
        put_forward(submission=plain, by=acting(east["cio"]))
    with pytest.raises(Forbidden):
        put_forward(submission=excellent(in_alpha, "A5"), by=acting(west["cio"]))
    assert refusal.value.code == "not-excellent"


def test_pages_put_forward_and_the_county_reads_the_list(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        set_rules(alpha, honours_percent=100)
        row = excellent(world, "A1")
    client, at = signed_in_as(east["cio"]), ["alpha", "east"]
    assert len(client.get(reverse("assessment:school-honours", args=at)).context["rows"]) == 1
    client.post(reverse("assessment:honours-put-forward", args=[*at, row.pk]))
    page = signed_in_as(alpha["county-office"]).get(reverse("assessment:county-honours", args=["alpha"]))
    assert [name.submission_id for name in page.context["rows"]] == [row.pk]
