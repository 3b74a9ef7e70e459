"""One further review: by itself on a split, or asked for with a reason; never two, and nothing is lost."""

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panels import relations
from assessment.reviewing.panels.models import RelationKind
from assessment.submitting.models import Submission, SubmissionState
from microcapabilities.grades import Grade
from schools.notices.models import Notice
from schools.people.models import Membership
from schools.refusals import Refused
from tests.cast import World, acting
from tests.stories import ADVICE, grade_all, submission_at

pytestmark = pytest.mark.usefixtures("chosen")


def reviewed(world: World, *grades: Grade, code: str = "A1") -> Submission:
    """A submitted piece with a finished review for each grade."""
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED, "teacher", code)
    for reviewer, grade in zip(("reviewer", "reviewer2", "reviewer3"), grades, strict=False):
        grade_all(
            actions.assign(submission=submission, reviewer=east[reviewer], by=acting(east["cio"])), grade
        )
    return submission


def thirds(submission: Submission) -> list[Review]:
    return list(Review.objects.filter(submission=submission, is_third=True).order_by("pk"))


def test_split_opens_a_third_review_by_itself(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    submission = reviewed(in_alpha, Grade.FAIL, Grade.PASS)
    (third,) = thirds(submission)
    assert (third.person_id, third.state, third.asked_by_id) == (
        east["reviewer3"].pk, ReviewState.ASSIGNED, None,
    )  # fmt: skip
    assert Notice.objects.filter(person=east["reviewer3"]).count() == 1
    with pytest.raises(Refused) as early:
        actions.decide(submission=submission, advice=ADVICE, by=acting(east["cio"]))
    assert early.value.code == "split"
    grade_all(third, Grade.PASS)
    actions.decide(submission=submission, advice=ADVICE, by=acting(east["cio"]))
    assert submission.grade == Grade.PASS


def test_agreement_opens_none(in_alpha: World) -> None:
    assert thirds(reviewed(in_alpha, Grade.PASS, Grade.EXCELLENT)) == []
    assert thirds(reviewed(in_alpha, Grade.FAIL, code="A5")) == []


def test_cio_is_told_when_nobody_is_free_and_can_assign_later(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    teacher = east["teacher"]
    relations.declare(person=teacher, other=east["reviewer3"], kind=RelationKind.FAMILY, by=acting(teacher))
    submission = reviewed(in_alpha, Grade.FAIL, Grade.PASS)
    assert thirds(submission) == []
    assert Notice.objects.filter(person=east["cio"], url="/alpha/east/panel/").count() == 1
    relation = relations.relations_of(teacher).get()
    relations.end(relation=relation, by=acting(teacher))
    actions.assign_waiting(school=east.school, by=acting(east["cio"]))
    assert [row.person_id for row in thirds(submission)] == [east["reviewer3"].pk]


def test_third_is_asked_for_with_a_reason_and_the_decision_waits(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    cio = acting(east["cio"])
    submission = reviewed(in_alpha, Grade.PASS, Grade.PASS)
    with pytest.raises(Refused) as wordless:
        actions.ask_third(submission=submission, because=" ", by=cio)
    third = actions.ask_third(submission=submission, because="Both are new here", by=cio)
    with pytest.raises(Refused) as twice:
        actions.ask_third(submission=submission, because="Once more", by=cio)
    with pytest.raises(Refused) as early:
        actions.decide(submission=submission, advice=ADVICE, by=cio)
    assert (wordless.value.code, twice.value.code, early.value.code) == ("note", "third", "third-open")
    actions.release(review=third, by=cio)
    actions.decide(submission=submission, advice=ADVICE, by=cio)
    assert [row.state for row in thirds(submission)] == [ReviewState.RELEASED]


def test_third_comes_after_those_that_the_rules_ask_for(in_alpha: World) -> None:
    submission = reviewed(in_alpha, Grade.PASS)
    with pytest.raises(Refused) as refusal:
        actions.ask_third(
            submission=submission, because="Not sure", by=acting(in_alpha.alpha.schools[0]["cio"])
        )
    assert refusal.value.code == "first"


def test_hand_made_choice_beyond_the_rules_is_the_one_further_review(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    submission = reviewed(in_alpha, Grade.PASS, Grade.PASS)
    Membership.objects.create(
        person=east["team"], role="reviewer", county=in_alpha.alpha.county, school=east.school,
        starts_on="2022-01-01",
    )  # fmt: skip
    actions.assign(submission=submission, reviewer=east["reviewer3"], by=acting(east["cio"]))
    with pytest.raises(Refused) as refusal:
        actions.assign(submission=submission, reviewer=east["team"], by=acting(east["cio"]))
    assert (refusal.value.code, len(thirds(submission))) == ("third", 1)


def test_relation_declared_later_bars_the_finish(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    submission = reviewed(in_alpha, Grade.PASS)
    review = actions.assign(submission=submission, reviewer=east["reviewer2"], by=acting(east["cio"]))
    relations.declare(
        person=east["teacher"],
        other=east["reviewer2"],
        kind=RelationKind.FAMILY,
        by=acting(east["reviewer2"]),
    )
    with pytest.raises(Refused) as refusal:
        grade_all(review, Grade.PASS)
    assert refusal.value.code == "conflict"


def test_page_asks_for_a_third_and_shows_why(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        submission = reviewed(world, Grade.PASS, Grade.PASS)
    client = signed_in_as(east["cio"])
    page = reverse("assessment:school-submission", args=["alpha", "east", submission.pk])
    assert client.get(page).context["case"].may_ask_third is True
    address = reverse("assessment:panel-third", args=["alpha", "east", submission.pk])
    client.post(address, {"note": "Both are new here"})
    shown = client.get(page)
    assert (b"Both are new here" in shown.content, shown.context["case"].may_ask_third) == (True, False)
