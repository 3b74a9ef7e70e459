"""Every list of the house that can be taken away: found by its mark, opened by who may, in every order."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from assessment.programme.actions import enrol_school, extend
from assessment.programme.models import PhaseKind
from schools.clock import today
from schools.organisations.models import School
from schools.paging.turning import ROWS_PER_PAGE
from schools.sheets.listing import Listing
from tests import stories
from tests.access.building import build
from tests.access.lines import ADDRESSES
from tests.access.stage import Stage
from tests.assessment.surveys import opened as opened_survey
from tests.cast import World, acting

pytestmark = pytest.mark.django_db

LISTS = {name: address for name, address in ADDRESSES.items() if hasattr(address.view, "listing")}
# The address beside the list's own view: a tab, one school of the county, one draw.
QUERIES = {
    "assessment:county-filings": ("state=all", "state=none"),
    "assessment:county-hours": ("", "school=east"),
    "assessment:school-selections": ("state=proposed", "state=none"),
    "assessment:school-submissions": ("state=all", "state=ready"),
    "assessment:school-hours": ("state=2", "state=4"),
    "assessment:county-inventories": ("state=stated", "state=none"),
    "assessment:county-flags": ("", "school=east"),
}
# What the pk in a list's address is of, where it is no draw.
THINGS = {
    "assessment:county-hour-import": "hour_import",
    "assessment:county-survey": "county_open",
    "assessment:county-survey-figures": "county_done",
    "assessment:school-survey": "named_survey",
    "assessment:school-survey-figures": "school_done",
    "assessment:process-sample": "process_sample",
}
PAGES = [(name, query) for name in LISTS for query in QUERIES.get(name, ("",))]
FOREIGN = ("南山小学", "乙县")


@pytest.fixture(scope="module")
def stage(common_ground: World) -> Stage:
    """The stage of the access table stands for all tests of the module."""
    stage = build()
    fill_up(stage)
    return stage


def fill_up(stage: Stage) -> None:
    """What the lists need beside the stage: a school without a plan, somebody without a choice, an extension."""
    alpha, office = stage.world.alpha, acting(stage.world.alpha["county-office"])
    with scopes_disabled():
        School.objects.create(county=alpha.county, name="北山小学", slug="north")
        programme = stories.programme(alpha)
        enrol_school(programme=programme, school=stage.east.school, by=office)
        extend(
            programme=programme,
            kind=PhaseKind.SUBMIT,
            school=stage.east.school,
            participant=None,
            until=today() + timedelta(days=60),
            reason="Snow",
            by=office,
        )
        asked = [{"kind": "scale", "text": "How far?", "is_required": True}]
        stage.things["named_survey"] = opened_survey(alpha, stage.east, asked, title="Named at East")


def opened(stage: Stage, name: str) -> tuple[Client, str]:
    """Return the client of who may and the address, at East or in county Alpha."""
    address = LISTS[name]
    slugs = {"county": "alpha", "school": "east"}
    kwargs: dict[str, Any] = {key: slugs[key] for key in address.kwargs if key in slugs}
    if "pk" in address.kwargs:
        kwargs["pk"] = getattr(stage, THINGS.get(name, "draw")).pk
    who = "cio@east" if address.kind == "school" else "county-office@alpha"
    return stage.clients[who], reverse(name, kwargs=kwargs)


def sheet(client: Client, url: str, query: str) -> list[tuple[str, ...]]:
    answer = client.get(f"{url}?{query}&export=xlsx")
    assert answer.status_code == 200
    values = load_workbook(io.BytesIO(answer.content)).worksheets[0].values
    return [tuple("" if cell is None else str(cell) for cell in row) for row in values]


def test_main_lists_can_be_taken_away() -> None:
    titles = {address.view.listing.name for address in LISTS.values()}
    assert titles == {
        *("people", "schools", "filings", "hours", "hours-by-school", "selections", "submissions", "returns"),
        *("appeals", "process-samples", "process-checks", "checked-schools"),
        *("draws", "cases", "certificates", "extensions", "participants"),
        *("surveys", "survey-answers", "survey-stragglers", "survey-figures"),
        *("choices-by-school", "choices-by-point", "choices-by-teacher"),
        *("trainers", "visits", "inspections", "issues", "minutes", "school-minutes"),
        *("library", "school-library", "circulars", "school-circulars"),
        *("teams", "nominations", "trainers", "inventories"),
        *("draws", "cases", "certificates", "extensions", "participants", "filings-board"),
        *("draws", "cases", "certificates", "extensions", "participants", "hour-import"),
        *("activities", "county-activities", "polishings", "courses", "team-training"),
        *("waves", "dates", "absences", "school-absences"),
        *("reminders", "mails", "flags", "flags-by-school"),
        *("panels", "excellent", "honours", "coaching", "county-coaching"),
        "likenesses",
        *("review-quality", "county-reviewers", "schools-review-quality"),
        *("exemplars", "county-exemplars", "exemplar-work", "county-exemplar-work"),
        *("group-records", "county-group-records"),
    }


@pytest.mark.parametrize(("name", "query"), PAGES)
def test_sheet_equals_the_page(stage: Stage, name: str, query: str) -> None:
    client, url = opened(stage, name)
    listed = client.get(f"{url}?{query}").context["listed"]
    headings, *rows = sheet(client, url, query)
    assert headings == tuple(str(head.label) for head in listed.heads)
    assert len(rows[:ROWS_PER_PAGE]) == len(listed.rows)
    assert rows
    text = " ".join(cell for row in rows for cell in row)
    assert [word for word in FOREIGN if word in text] == []


@pytest.mark.full
@pytest.mark.parametrize(("name", "query"), PAGES)
def test_every_order_shows_the_same_rows_and_keeps_the_filters(stage: Stage, name: str, query: str) -> None:
    client, url = opened(stage, name)
    plain = client.get(f"{url}?{query}").context["listed"]
    wanted = sorted(sheet(client, url, query)[1:])
    for head in plain.heads:
        if not head.url:
            continue
        kept = QueryDict(head.url[1:], mutable=True)
        (sort,) = kept.pop("sort")
        assert kept == QueryDict(query)
        answer = client.get(f"{url}?{query}&sort={sort}")
        assert answer.content.decode().count("aria-sort=") == 1
        other = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
        assert sorted(sheet(client, url, f"{query}&sort={other}")[1:]) == wanted
    ignored = client.get(f"{url}?{query}&sort=person__id_number_index").context["listed"]
    assert [head.sort for head in ignored.heads] == [head.sort for head in plain.heads]


@pytest.mark.parametrize("name", LISTS)
def test_words_and_filters_narrow_page_and_sheet_alike(stage: Stage, name: str) -> None:
    client, url = opened(stage, name)
    listing: Listing = LISTS[name].view.listing
    query = QUERIES.get(name, ("",))[0]
    if listing.search:
        nothing = f"{query}&q=zzzz"
        answer = client.get(f"{url}?{nothing}")
        assert (answer.context["listed"].rows, sheet(client, url, nothing)[1:]) == ([], [])
        assert f'href="{answer.context["listed"].clear_url.replace("&", "&amp;")}"' in answer.content.decode()
    for choice in client.get(f"{url}?{query}").context["listed"].filters:
        for value, _label in choice.filter.choices:
            narrowed = f"{query}&{choice.filter.key}={value}"
            shown = client.get(f"{url}?{narrowed}").context["listed"]
            assert len(shown.rows) == len(sheet(client, url, narrowed)) - 1
            assert shown.is_filtered
        unknown = client.get(f"{url}?{query}&{choice.filter.key}=unknown").context["listed"]
        assert not unknown.is_filtered


@pytest.mark.parametrize("name", LISTS)
def test_strangers_get_no_sheet(stage: Stage, name: str) -> None:
    _client, url = opened(stage, name)
    for who in (
        "county-office@beta",
        "cio@south",
        "cio@west",
        "teacher@east",
        "observer@suzhou",
        "county-leader@alpha",
    ):
        assert stage.clients[who].get(f"{url}?export=xlsx").status_code in (403, 404)


@pytest.mark.parametrize(("name", "query"), PAGES)
def test_lists_ask_few_questions(stage: Stage, name: str, query: str, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client, url = opened(stage, name)
    for tail in ("", "&export=xlsx"):
        with django_assert_max_num_queries(
            18 if name.endswith(":draw") else 17 if "submissions" in name else 15
        ):
            client.get(f"{url}?{query}{tail}")
