"""The boards of county and school: search, order, who is stuck where, the texts to copy, and their cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled

from assessment.programme.models import Participant, Phase, PhaseKind, SchoolProgress
from assessment.reporting.chat import to_teachers
from assessment.reporting.dates import calendar_of, day_text
from assessment.reporting.days import recount
from assessment.submitting.models import SubmissionState
from schools.clock import today
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Person
from tests.cast import SINCE, CountyCast, SchoolCast, World
from tests.stories import confirmed_selection, filed_return, programme, proposed_selection, submission_at

SignIn = Callable[[Person], Client]
COUNTY_HOME = "/alpha/"
MOST_QUERIES, MOST_BYTES = 15, 64_000


def shown(client: Client, query: str = "") -> list[str]:
    """Return the slugs of the county's board in order."""
    return [row.school.slug for row in client.get(COUNTY_HOME + query).context["board"]]


def teachers(client: Client, query: str = "") -> list[str]:
    """Return the names of East's board in order."""
    return [row.name for row in client.get(f"/alpha/east/{query}").context["teachers"]]


def test_county_board_begins_with_who_is_furthest_behind(world: World, signed_in_as: SignIn) -> None:
    confirmed_selection(world.alpha, world.alpha.schools[0])
    client = signed_in_as(world.alpha["county-office"])
    assert shown(client) == ["west", "east"]
    assert shown(client, "?sort=name") == ["east", "west"]
    assert shown(client, "?sort=chosen") == ["west", "east"]
    assert shown(client, "?sort=nonsense&stage=nonsense") == ["west", "east"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?q=东风", ["east"]),
        ("?q=dfxx", ["east"]),
        ("?q=xihu", ["west"]),
        ("?q=nanshan", []),
        ("?area=rural", ["west"]),
        ("?area=other", ["east"]),
        ("?stage=junior", ["east"]),
        ("?stage=junior&area=rural", []),
    ],
)
def test_county_board_is_searched_and_filtered(
    world: World, signed_in_as: SignIn, query: str, slugs: list[str]
) -> None:
    programme(world.alpha)
    east, west = world.alpha.schools
    School._base_manager.filter(pk=east.school.pk).update(stage="junior")
    School._base_manager.filter(pk=west.school.pk).update(is_rural=True)
    assert shown(signed_in_as(world.alpha["county-office"]), query) == slugs


def test_county_board_counts_every_stage(world: World, signed_in_as: SignIn) -> None:
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.PASSED)
    proposed_selection(world.alpha, east, "teacher2")
    filed = filed_return(world.alpha, east)
    rows = signed_in_as(world.alpha["county-office"]).get(COUNTY_HOME).context["board"]
    row = next(row for row in rows if row.school.slug == "east")
    assert [(cell.done, cell.total) for cell in row.cells] == [
        *((2, 2), (1, 2), (0, 2)),
        *((1, 4), (1, 4), (1, 4), (0, 4)),
    ]
    assert row.school_return.url == reverse("assessment:county-return", args=["alpha", filed.pk])
    assert (row.plan.tone, row.cells[1].url) == ("good", "east/?at=confirm#board")


def test_managed_school_stands_under_its_units_plan(world: World, signed_in_as: SignIn) -> None:
    east, west = world.alpha.schools
    confirmed_selection(world.alpha, east)
    School._base_manager.filter(pk=west.school.pk).update(managed_by=east.school)
    rows = signed_in_as(world.alpha["county-office"]).get(COUNTY_HOME).context["board"]
    assert [row.plan.tone for row in rows] == ["good", "good"]


def test_schools_behind_are_named_with_the_day(world: World, signed_in_as: SignIn) -> None:
    east, west = world.alpha.schools
    confirmed_selection(world.alpha, east)
    confirmed_selection(world.alpha, east, "teacher2")
    page = signed_in_as(world.alpha["county-office"]).get(COUNTY_HOME)
    found = [(one.percent, one.schools) for one in page.context["behind"]]
    assert found == [(50, [west.school.name]), (50, [f"{west.school.name} 0/2"])]
    text = page.context["behind"][1].text
    with scope(county=world.alpha.county, school=None):
        calendar = calendar_of(programme(world.alpha))
    assert [
        word in text
        for word in (west.school.name, day_text(today()), day_text(calendar.of(PhaseKind.CHOOSE).closes_on))
    ] == [True, True, True]
    assert east.school.name not in text


def test_stages_that_have_not_begun_ask_nobody(world: World, signed_in_as: SignIn) -> None:
    confirmed_selection(world.alpha, world.alpha.schools[0])
    Phase._base_manager.update(opens_at="2099-01-01T00:00Z", closes_at="2099-02-01T00:00Z")
    assert signed_in_as(world.alpha["county-office"]).get(COUNTY_HOME).context["behind"] == []


def test_teachers_are_stuck_where_something_is_to_be_done_first(world: World, signed_in_as: SignIn) -> None:
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    programme(world.alpha)

    def stuck() -> dict[str, str]:
        rows = client.get("/alpha/east/").context["rows"]
        return {row.line.participant.person.name.removeprefix("东风小学"): row.at for row in rows}

    assert stuck() == {"teacher": "choose", "teacher2": "choose"}
    proposed_selection(world.alpha, east, "teacher2")
    confirmed_selection(world.alpha, east)
    assert stuck() == {"teacher": "work", "teacher2": "confirm"}
    submission_at(world.alpha, east, SubmissionState.RETURNED)
    assert stuck()["teacher"] == "redo"
    with scopes_disabled():
        Participant.objects.filter(person=east["teacher2"]).update(excluded_because="Ill")
    assert stuck()["teacher2"] == "apart"


def test_who_handed_everything_in_waits_for_review_then_for_hours(world: World, signed_in_as: SignIn) -> None:
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    for code in ("A1", "A5", "A9", "A11"):
        submission_at(world.alpha, east, SubmissionState.SUBMITTED, code=code)
    assert [row.name for row in client.get("/alpha/east/?at=review").context["teachers"]] == [
        east["teacher"].name
    ]


def test_school_board_is_searched_filtered_and_ordered(world: World, signed_in_as: SignIn) -> None:
    east = world.alpha.schools[0]
    confirmed_selection(world.alpha, east)
    with scopes_disabled():
        other = TeachingGroup.objects.create(county=world.alpha.county, school=east.school, name="数学组")
        for name, key in (("张三", "teacher"), ("李四", "teacher2")):
            person = Person.objects.get(pk=east[key].pk)
            person.name = name
            person.save()
        Person.objects.filter(pk=east["teacher2"].pk).update(group=other)
    client = signed_in_as(east["cio"])
    assert teachers(client, "?q=zs") == ["张三"]
    assert teachers(client, "?q=li") == ["李四"]
    assert teachers(client, f"?group={other.pk}") == ["李四"]
    assert teachers(client, "?at=work") == ["张三"]
    assert teachers(client, f"?group={other.pk}&at=work") == []
    assert teachers(client, "?sort=worst") == ["李四", "张三"]
    assert teachers(client) == teachers(client, "?at=nonsense&group=0") == ["李四", "张三"]


def test_tabs_keep_the_search(world: World, signed_in_as: SignIn) -> None:
    programme(world.alpha)
    page = signed_in_as(world.alpha.schools[0]["cio"]).get("/alpha/east/?q=teacher2")
    assert [(tab.key, tab.count, "q=teacher2" in tab.url) for tab in page.context["tabs"]] == [
        ("", 1, True),
        ("choose", 1, True),
    ]


def test_links_of_the_board_lead_only_through_open_doors(world: World, signed_in_as: SignIn) -> None:
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.SUBMITTED)

    def links(who: Person) -> list[tuple[bool, bool]]:
        client = signed_in_as(who)
        rows = client.get("/alpha/east/").context["teachers"]
        urls = [url for row in rows for url in (row.choice_url, row.work_url) if url]
        assert [client.get(url).status_code for url in urls] == [200] * len(urls)
        return [(bool(row.choice_url), bool(row.work_url)) for row in rows]

    assert links(east["cio"]) == [(True, True), (False, False)]
    assert links(east["principal"]) == [(False, True), (False, False)]
    assert links(world.alpha["county-leader"]) == [(False, False), (False, False)]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_text_for_the_chat_group_is_a_sentence_with_names_and_day(world: World, language: str) -> None:
    year = programme(world.alpha)
    with scope(county=world.alpha.county, school=None), translation.override(language):
        calendar = calendar_of(year)
        closes = calendar.of(PhaseKind.CHOOSE)
        text = to_teachers("choose", ["张三", "李四"], calendar)
        assert [word in text for word in ("张三", "李四", day_text(calendar.today))] == [True] * 3
        assert (day_text(closes.closes_on) in text, closes.left in text) == (True, True)
        Phase.objects.filter(kind=PhaseKind.CHOOSE).update(
            closes_at="2022-06-01T00:00Z", opens_at="2022-05-01T00:00Z"
        )
        past = to_teachers("choose", ["张三"], calendar_of(year))
    assert day_text(closes.closes_on) not in past


def more_schools(cast: CountyCast, count: int) -> None:
    """Enrol schools in bulk, with names and addresses as long as those of the country."""
    year = programme(cast)
    with scope(county=cast.county, school=None):
        schools = [
            School(county=cast.county, name=f"泗县大路口镇东王庄第{n}小学", slug=f"dalukou-dongwang-{n}")
            for n in range(count)
        ]
        for school in School.objects.bulk_create(schools):
            SchoolProgress.objects.create(
                county=cast.county, school=school, programme=year, participants=38, chosen=30, draft=100
            )


def more_teachers(cast: SchoolCast, count: int) -> None:
    """Enrol teachers in bulk."""
    with scope(county=cast.school.county, school=None):
        year = programme_of(cast)
        people = [
            Person(county=cast.school.county, school=cast.school, group=cast.group, name=f"王{n}")
            for n in range(count)
        ]
        Participant.objects.bulk_create(
            Participant(
                county=cast.school.county, school=cast.school, programme=year, person=row, starts_on=SINCE
            )
            for row in Person.objects.bulk_create(people)
        )


def programme_of(cast: SchoolCast):  # type: ignore[no-untyped-def]
    return SchoolProgress.objects.select_related("programme").get(school=cast.school).programme


def cost(client: Client, path: str) -> tuple[int, int]:
    """Return how many queries and bytes the page takes, once it has been seen."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(asked), len(answer.content)


def test_county_home_costs_as_much_for_fifty_schools_as_for_two(world: World, signed_in_as: SignIn) -> None:
    submission_at(world.alpha, world.alpha.schools[0], SubmissionState.PASSED)
    client = signed_in_as(world.alpha["county-office"])
    with scope(county=world.alpha.county, school=None):
        recount(programme(world.alpha))
    few, _bytes = cost(client, COUNTY_HOME)
    more_schools(world.alpha, 48)
    many, weight = cost(client, COUNTY_HOME)
    assert len(shown(client)) == 50
    assert (few, many <= MOST_QUERIES, weight <= MOST_BYTES) == (many, True, True), (many, weight)


@pytest.mark.parametrize(("role", "most"), [("principal", 18), ("group-head", 19), ("cio", 22)])
def test_school_home_costs_as_much_for_thirty_teachers_as_for_two(
    world: World, signed_in_as: SignIn, role: str, most: int
) -> None:
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    proposed_selection(world.alpha, east, "teacher2")
    client = signed_in_as(east[role])
    few, _bytes = cost(client, "/alpha/east/")
    more_teachers(east, 28)
    many, _bytes = cost(client, "/alpha/east/")
    assert len(teachers(client)) == 30
    assert (few, many <= most) == (many, True), many
