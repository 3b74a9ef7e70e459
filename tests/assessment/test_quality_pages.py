"""The pages of the quality of reviews: one's own, the school's, the county's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checking.figures import verdicts_by_school
from assessment.reviewing import actions
from assessment.reviewing.models import Review
from assessment.reviewing.quality.queries import own_readings, readings
from assessment.submitting.models import SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.organisations.models import School
from tests import stories
from tests.cast import World, acting, give_role, make_person

ENGLISH = {"accept-language": "en"}
F, P, E = Grade.FAIL, Grade.PASS, Grade.EXCELLENT
# What the first and the second reviewer give every item of one work.
GRADES = [(P, P), (P, P), (P, E), (E, E), (F, P), (F, F), (P, P), (E, P), (P, P), (P, F)]


@pytest.fixture(scope="module")
def read_twice(common_ground: World) -> int:
    """Ten works of East, each read by two reviewers, the first after one day, the second after three."""
    alpha, east = common_ground.alpha, common_ground.alpha.schools[0]
    east.people["teacher3"] = make_person("东风小学teacher3", alpha.county, east.school, group=east.group)
    give_role(east["teacher3"], "teacher", east.school)
    works = [(who, code) for who in ("teacher", "teacher2", "teacher3") for code in stories.CODES][:10]
    count = 0
    for (who, code), grades in zip(works, GRADES, strict=True):
        submission = stories.submission_at(alpha, east, SubmissionState.SUBMITTED, who, code)
        with scopes_disabled():
            for number, grade in enumerate(grades):
                reviewer = east[("reviewer", "reviewer2")[number]]
                asked = actions.assign(submission=submission, reviewer=reviewer, by=acting(east["cio"]))
                stories.grade_all(asked, grade)
                begun = asked.finished_at - timedelta(days=1 + 2 * number)
                Review.objects.filter(pk=asked.pk).update(assigned_at=begun)
        count += len(items_of(submission))
    return count


def test_both_reviews_of_ten_works_are_counted(world: World, read_twice: int) -> None:
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        read = readings(stories.programme(alpha))
        first = own_readings(stories.programme(alpha), east["reviewer"])
    school = read.schools[east.school.pk]
    assert sorted(school.works.items()) == [
        ((1, 1), 1), ((1, 2), 1), ((2, 1), 1), ((2, 2), 4), ((2, 3), 1), ((3, 2), 1), ((3, 3), 1),
    ]  # fmt: skip
    assert (sum(school.items.values()), len(school.days)) == (read_twice, 20)
    assert (school.work_agreement.known, school.median_days.known) == (0.8, 2.0)
    assert (first.works, first.items) == (school.works, school.items)
    assert (first.median_days.known, first.compared) == (1.0, read_twice)
    second = read.reviewers[east.school.pk, east["reviewer2"].pk]
    assert second.works[2, 1] == school.works[1, 2]
    assert second.drift == -first.drift


def test_a_third_review_makes_nobody_look_worse(world: World, read_twice: int) -> None:
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        before = readings(stories.programme(alpha)).schools[east.school.pk]
        split = Review.objects.filter(person=east["reviewer"]).order_by("pk")[4].submission
        third = Review.objects.get(submission=split, person=east["reviewer3"])  # opened by the split itself
        stories.grade_all(third, P)
        read = readings(stories.programme(alpha))
    after = read.schools[east.school.pk]
    assert (after.works, after.items) == (before.works, before.items)
    assert read.reviewers[east.school.pk, east["reviewer3"].pk].drift > 0


def test_own_page_names_nobody(world: World, read_twice: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    answer = signed_in_as(east["reviewer"]).get(reverse("assessment:review-quality"), headers=ENGLISH)
    text = answer.content.decode()
    assert (answer.context["said"].work_agreement, answer.context["said"].work_kappa) == ("80%", "0.375")
    assert [one for one in ("reviewer2", "reviewer3", "teacher2") if east[one].name in text] == []


def test_own_page_says_when_it_is_too_little(world: World, read_twice: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["reviewer3"])
    answer = client.get(reverse("assessment:review-quality"), headers=ENGLISH)
    assert (answer.context["said"].works, answer.context["said"].work_kappa) == (0, "insufficient")


def test_school_lists_its_reviewers(world: World, read_twice: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    address = reverse("assessment:school-review-quality", args=["alpha", "east"])
    answer = signed_in_as(east["principal"]).get(address, {"sort": "-days"}, headers=ENGLISH)
    assert [row.name for row in answer.context["rows"]] == [east["reviewer2"].name, east["reviewer"].name]
    west = world.alpha.schools[1]
    address = reverse("assessment:school-review-quality", args=["alpha", "west"])
    assert signed_in_as(west["cio"]).get(address).context["rows"] == []


def test_county_sees_every_school_and_every_reviewer(world: World, read_twice: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-leader"])
    answer = client.get(reverse("assessment:county-review-quality", args=["alpha"]), headers=ENGLISH)
    found = {row.name: row.said.work_kappa for row in answer.context["rows"]}
    assert found == {"东风小学": "0.375", "西湖小学": "insufficient"}
    address = reverse("assessment:county-reviewers", args=["alpha"])
    assert len(client.get(address).context["rows"]) == 2
    assert client.get(address, {"q": "reviewer2"}).context["rows"][0].name == "东风小学reviewer2"


def test_pages_ask_as_much_for_thirty_schools_as_for_two(world: World, read_twice: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    address = reverse("assessment:county-review-quality", args=["alpha"])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with scopes_disabled():
        for number in range(28):
            School.objects.create(county=world.alpha.county, name=f"第{number}小学", slug=f"n{number}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(many) == len(few)
    assert len(page.content) < 60_000


def test_spot_checks_are_counted_by_school(world: World) -> None:
    alpha, west = world.alpha, world.alpha.schools[1]
    stories.submission_at(alpha, west, SubmissionState.PASSED, "teacher", "A5")
    stories.submission_at(alpha, west, SubmissionState.OVERTURNED, "teacher", "A1")
    with scopes_disabled():
        assert verdicts_by_school(stories.programme(alpha)) == {west.school.pk: (2, 1)}
