"""Searching a county or a school: what is found, for whom, in how many questions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.submitting.models import SubmissionState
from schools.people.models import Person
from tests.cast import World, id_number
from tests.stories import approved_plan, submission_at

COUNTY = reverse("portal:county-search", args=["alpha"])
EAST = reverse("portal:school-search", args=["alpha", "east"])


def found(client: Client, address: str, words: str) -> dict[str, list[str]]:
    groups = client.get(address, {"q": words}).context["groups"]
    return {group.key: [row.label for row in group.rows] for group in groups}


def test_office_finds_people_schools_plans_and_points(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    plan = approved_plan(world.alpha, world.alpha.schools[0])
    client, east = signed_in_as(world.alpha["county-office"]), world.alpha.schools[0]
    assert found(client, COUNTY, east["teacher2"].name) == {"people": [east["teacher2"].name]}
    assert found(client, COUNTY, east["cio"].training_number) == {"people": [east["cio"].name]}
    by_initials = found(client, COUNTY, "dfxx")
    assert (by_initials["schools"], by_initials["plans"]) == (["东风小学"], ["东风小学"])
    assert set(by_initials["people"]) <= {person.name for person in east.people.values()}
    assert found(client, COUNTY, plan.number) == {"plans": ["东风小学"]}
    assert len(found(client, COUNTY, "B1")["points"]) > 0


def test_every_group_shows_8_and_leads_to_the_list_of_all(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    groups = {group.key: group for group in client.get(COUNTY, {"q": "小学"}).context["groups"]}
    people = groups["people"]
    assert (len(people.rows), people.has_more, groups["schools"].has_more) == (8, True, False)
    for group in groups.values():
        assert client.get(group.all_url).status_code == 200
        assert [client.get(row.url).status_code for row in group.rows[:2]] == [200] * len(group.rows[:2])
    assert client.get(people.all_url).context["listed"].q == "小学"


def test_school_finds_its_own_people_and_submissions_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    submission_at(world.alpha, east, SubmissionState.DRAFT)
    client = signed_in_as(east["cio"])
    assert found(client, EAST, "西湖") == found(client, EAST, west["teacher"].training_number) == {}
    name = east["teacher"].name
    assert found(client, EAST, east["teacher"].training_number)["submissions"] == [name]
    row = client.get(EAST, {"q": name}).context["groups"][1].rows[0]
    assert client.get(row.url).status_code == 200
    assert client.get(COUNTY, {"q": name}).status_code == 403


def test_nobody_of_another_county_is_found(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    south = world.beta.schools[0]
    client = signed_in_as(world.alpha["county-office"])
    for words in ("南山", "nsxx", south["teacher"].training_number, "乙县"):
        assert found(client, COUNTY, words) == {}


@pytest.mark.parametrize(
    ("who", "groups"),
    [("county-leader", {"schools"}), ("county-office", {"people", "schools"})],
)
def test_leader_finds_no_people(world: World, signed_in_as, who: str, groups: set[str]) -> None:  # type: ignore[no-untyped-def]
    assert set(found(signed_in_as(world.alpha[who]), COUNTY, "东风")) == groups


def test_team_finds_people_and_no_submissions(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.DRAFT)
    assert set(found(signed_in_as(east["team"]), EAST, east["teacher"].name)) == {"people"}
    assert set(found(signed_in_as(east["deputy"]), EAST, east["teacher"].name)) == {"submissions"}


def test_identity_numbers_are_not_searched_for(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    number = id_number()
    with scopes_disabled():
        Person.objects.filter(pk=world.alpha["expert"].pk).update(training_number=number)
    answer = signed_in_as(world.alpha["county-office"]).get(COUNTY, {"q": number})
    assert (answer.context["groups"], answer.context["is_refused"]) == ([], True)


def test_piece_is_given_while_one_types(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    whole = client.get(COUNTY, {"q": "东风"}).content.decode()
    piece = client.get(COUNTY, {"q": "东风"}, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in whole, "<html" in piece) == (True, False)
    assert world.alpha.schools[0]["cio"].name in piece
    assert client.get(COUNTY, headers={"HX-Request": "true"}).content.decode().strip() == ""


def test_search_asks_as_often_for_1_as_for_30(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    east = world.alpha.schools[0]
    approved_plan(world.alpha, east)
    with scopes_disabled():
        Person.objects.bulk_create(
            Person(county=world.alpha.county, school=east.school, name=f"丁{number:02d}")
            for number in range(30)
        )
    client, counts = signed_in_as(world.alpha["county-office"]), []
    for words in ("丁07", "丁", "东风"):
        with django_assert_num_queries(100, exact=False) as asked:
            client.get(COUNTY, {"q": words})
        counts.append(len(asked.captured_queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 16


def test_box_stands_on_the_pages_of_those_who_may_search(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    notices = reverse("schools:notices")
    expected: dict[str, Any] = {"teacher": "", "reviewer": "", "group-head": "", "cio": EAST, "deputy": EAST}
    shown = {who: str(signed_in_as(east[who]).get(notices).context["search_url"]) for who in expected}
    assert shown == expected
    office = signed_in_as(world.alpha["county-office"])
    assert f'action="{COUNTY}"' in office.get(notices).content.decode()
    assert (
        f'action="{COUNTY}"' in office.get(reverse("schools:county-people", args=["alpha"])).content.decode()
    )
    expert = signed_in_as(world.alpha["expert"])
    assert "data-site-search" not in expert.get(notices).content.decode()
