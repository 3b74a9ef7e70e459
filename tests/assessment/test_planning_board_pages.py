"""The county's board and list of filings, and what the pages of filings cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.planning import actions
from assessment.planning.models import Filing, FilingKind
from schools.organisations.models import School
from tests.cast import SchoolCast, World, acting
from tests.filings_said import scheme_said, topic_said
from tests.stories import approved_plan, programme


def at(name: str, cast: SchoolCast, *args: object) -> str:
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *args])


def office(name: str, *args: object) -> str:
    return reverse(f"assessment:{name}", args=["alpha", *args])


def only(model: Any, **which: Any) -> Any:
    with scopes_disabled():
        return model.objects.get(**which)


@pytest.fixture
def east(world: World) -> SchoolCast:
    programme(world.alpha)
    return world.alpha.schools[0]


def filed_scheme(world: World, east: SchoolCast) -> Filing:
    with scopes_disabled():
        filing = actions.write(
            programme=programme(world.alpha), school=east.school, kind=FilingKind.SCHEME, title="Scheme",
            content=scheme_said(programme(world.alpha)), by=acting(east["cio"]),
        )  # fmt: skip
        actions.file(filing=filing, by=acting(east["cio"]))
    return filing


def test_board_shows_schools_and_kinds(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    approved_plan(world.alpha, east)
    filed_scheme(world, east)
    west = world.alpha.schools[1]
    with scopes_disabled():
        topic = actions.write(
            programme=programme(world.alpha), school=west.school, kind=FilingKind.TOPIC, title="Topic",
            content=topic_said(programme(world.alpha)), group=west.group, by=acting(west["cio"]),
        )  # fmt: skip
        actions.file(filing=topic, by=acting(west["cio"]))
        actions.agree(filing=topic, by=acting(west["cio"]))
    page = signed_in_as(world.alpha["county-office"]).get(office("county-filings-board"))
    shown = {
        row.school.name: ([mark.tone for _label, mark in row.cells], row.topics)
        for row in page.context["rows"]
    }
    assert shown == {
        "东风小学": (["quiet", "good", "waiting", "quiet"], "0 / 1"),
        "西湖小学": (["quiet"] * 4, "1 / 1"),
    }


def test_county_list_is_filtered_by_kind(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    approved_plan(world.alpha, east)
    filed_scheme(world, east)
    county = signed_in_as(world.alpha["county-office"])

    def kinds(**asked: str) -> list[str]:
        rows = county.get(office("county-filings"), asked).context["rows"]
        return [row.kind if isinstance(row, Filing) else row.name for row in rows]

    assert (kinds(), kinds(state="all"), kinds(state="all", kind="plan")) == (
        ["scheme"], ["plan", "scheme"], ["plan"],
    )  # fmt: skip
    assert kinds(state="none", kind="scheme") == ["西湖小学"]
    assert kinds(state="all", kind="war") == ["plan", "scheme"]


@pytest.mark.parametrize("name", ["county-filings-board", "county-filings"])
def test_county_lists_cost_as_much_for_thirty_schools(
    world: World, signed_in_as, east: SchoolCast, name: str
) -> None:  # type: ignore[no-untyped-def]
    county = signed_in_as(world.alpha["county-office"])
    few = cost(county, office(name))
    with scopes_disabled():
        School.objects.bulk_create(
            School(county=east.school.county, name=f"S{number}", slug=f"s{number}") for number in range(28)
        )
    assert (cost(county, office(name)), few <= 15) == (few, True)


def cost(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_pages_of_a_school_ask_few_queries(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    approved_plan(world.alpha, east)
    filed_scheme(world, east)
    cio = signed_in_as(east["cio"])
    counts = {}
    for name, args in (("school-filings", ()), ("school-plan", ()), ("school-filing", ("scheme",))):
        counts[name] = cost(cio, at(name, east, *args))
    counts["plan"] = cost(signed_in_as(east["teacher"]), reverse("assessment:plan"))
    with scopes_disabled():
        pk = Filing.objects.get(kind="scheme").pk
    counts["county-filing"] = cost(signed_in_as(world.alpha["county-office"]), office("county-filing", pk))
    assert {name: count for name, count in counts.items() if count > 18} == {}
