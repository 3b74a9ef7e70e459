"""Turning long lists by keyset: every row once, whatever the order, and no page dearer than the first."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F, QuerySet
from django.http import QueryDict
from django.test import RequestFactory
from django_scopes import scope

from schools.clock import now
from schools.notices.models import Notice
from schools.paging import turned
from schools.paging.keys import keys_of
from schools.paging.tokens import token_of
from schools.paging.turning import ROWS_PER_PAGE
from schools.people.models import Person
from tests.cast import World, the_world

ORDERS: dict[str, tuple[Any, ...]] = {
    "ties": ("sex",),
    "descending": ("-pinyin", "pk"),
    "all descending": ("-teaching_years", "-pk"),
    "empty ones": ("teaching_years",),
    "empty ones first": (F("teaching_years").asc(nulls_first=True), "pk"),
    "related": ("school__pinyin", "pinyin", "pk"),
    "mixed": ("-school__pinyin", "teaching_years", "-sex"),
    "counted": ("-held", "pinyin"),
    "none": (),
}


@pytest.fixture
def people(world: World) -> Iterator[QuerySet[Person]]:
    """130 people with ties and empty values, some without a school; the county's scope is open."""
    east, west = (cast.school for cast in world.alpha.schools)
    county = world.alpha.county
    with scope(county=county, school=None):
        Person.objects.bulk_create(
            Person(
                county=county,
                school=(east, west, None)[number % 3],
                name=f"王{'甲乙丙丁'[number % 4]}",
                sex="男女"[number % 2],
                teaching_years=None if number % 5 == 0 else number % 7,
                post="paged",
            )
            for number in range(130)
        )
        yield Person.objects.filter(post="paged").select_related("school").annotate(held=Count("memberships"))


def turn(rows: Any, query: str = "") -> tuple[list[Any], Any]:
    request = RequestFactory().get("/", QueryDict(query.removeprefix("?")))
    return turned(request, rows)


def walk(rows: Any, query: str = "", link: str = "next_url") -> tuple[list[list[Any]], str]:
    """Return the pages from `query` on, and the address of the last."""
    pages = []
    while True:
        page, links = turn(rows, query)
        pages.append(page)
        if not (following := getattr(links, link)):
            return pages, query
        query = following


@pytest.mark.parametrize("order", ORDERS)
def test_walk_forward_and_back_gives_every_row_once(people: QuerySet[Person], order: str) -> None:
    rows = people.order_by(*ORDERS[order])
    forward, last = walk(rows)
    assert [len(page) for page in forward] == [50, 50, 30]
    assert {row.pk for page in forward for row in page} == set(people.values_list("pk", flat=True))
    back, _first = walk(rows, last, "previous_url")
    assert [len(page) for page in back] == [30, 50, 50]
    assert back[::-1] == forward


def test_order_is_the_one_asked_for(people: QuerySet[Person]) -> None:
    pages, _last = walk(people.order_by("-teaching_years", "pinyin"))
    found = [(row.teaching_years, row.pinyin) for page in pages for row in page]
    assert found == sorted(found, key=lambda pair: (pair[0] is None, -(pair[0] or 0), pair[1]))


@pytest.mark.parametrize("is_precise", [True, False])
def test_times_are_told_apart_however_they_are_written(  # type: ignore[no-untyped-def]
    world: World, is_precise: bool
) -> None:
    person, moment = world.alpha["county-office"], now().replace(microsecond=123000)
    with scope(county=world.alpha.county, school=None):
        for number in range(120):
            told = {"told_at": moment + timedelta(seconds=number // 4)} if is_precise else {}
            Notice.objects.create(county=person.county, person=person, sentence=str(number), **told)
        rows = Notice.objects.filter(person=person).order_by("-told_at", "-pk")
        pages, last = walk(rows)
        assert [row for page in pages for row in page] == list(rows)
        assert walk(rows, last, "previous_url")[0][::-1] == pages


def test_row_written_meanwhile_neither_doubles_nor_hides_another(people: QuerySet[Person]) -> None:
    rows = people.order_by("pinyin", "pk")
    first, links = turn(rows)
    early = Person.objects.create(county_id=first[0].county_id, name="阿一", post="paged")
    second, links = turn(rows, links.next_url)
    assert not {row.pk for row in first} & {row.pk for row in second}
    again, links = turn(rows, links.previous_url)
    assert again == first
    top, links = turn(rows, links.previous_url)
    assert (len(top), top[0].pk, links.previous_url) == (ROWS_PER_PAGE, early.pk, "")
    assert turn(rows, links.next_url)[0][0] == first[-1]


@pytest.mark.parametrize("word", ["", "nonsense", "7", "é", "AAAA", "=" * 9, "%00"])
def test_spoiled_token_shows_the_first_page(people: QuerySet[Person], word: str) -> None:
    rows = people.order_by("pinyin", "pk")
    first, links = turn(rows)
    token = QueryDict(links.next_url[1:])["after"]
    for name in ("after", "before"):
        assert turn(rows, f"{name}={word}")[0] == first
        assert turn(rows, f"{name}={token[:-2]}AA")[0] == first
    assert (
        turn(people.order_by("-pinyin", "pk"), links.next_url)[0] == turn(people.order_by("-pinyin", "pk"))[0]
    )
    assert turn(rows, links.next_url)[0] != first


def test_token_names_nobody(people: QuerySet[Person]) -> None:
    first, links = turn(people.order_by("pinyin", "pk"))
    assert first[-1].pinyin not in links.next_url
    assert links.next_url != turn(people.order_by("pinyin", "pk"))[1].next_url


def test_rows_of_another_county_stay_out_whatever_the_token_says(
    people: QuerySet[Person], world: World
) -> None:
    _first, links = turn(people.order_by("pinyin", "pk"))
    with scope(county=world.beta.county, school=None):
        page, _links = turn(Person.objects.order_by("pinyin", "pk"), links.next_url)
        assert {row.county_id for row in page} == {world.beta.county.pk}


def test_search_and_filters_are_kept_and_the_token_is_not_doubled(people: QuerySet[Person]) -> None:
    rows = people.order_by("pinyin", "pk")
    _first, links = turn(rows, "q=wang&state=waiting&page=9")
    _second, links = turn(rows, links.next_url)
    for url in (links.next_url, links.previous_url, links.first_url):
        query = QueryDict(url[1:])
        assert (query["q"], query["state"], len(query) <= 3, "page" in query) == (
            "wang",
            "waiting",
            True,
            False,
        )


def test_sequences_are_turned_by_number() -> None:
    pages, last = walk(list(range(130)))
    assert ([len(page) for page in pages], last) == ([50, 50, 30], "?page=3")
    assert turn(list(range(130)), "page=x")[0][0] == 0


@contextmanager
def work_counted() -> Iterator[Callable[[], int]]:
    """Count the steps of SQLite's machine, a measure of the rows that it looks at."""
    connection.ensure_connection()
    base: sqlite3.Connection = connection.connection
    counted = 0

    def tick() -> int:
        nonlocal counted
        counted += 1
        return 0

    base.set_progress_handler(tick, 1)
    try:
        yield lambda: counted
    finally:
        base.set_progress_handler(None, 0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite tells how much it did")
def test_page_200_costs_what_page_1_costs(db: None) -> None:
    county = the_world().alpha.county
    with scope(county=county, school=None):
        Person.objects.bulk_create(
            (Person(county=county, name="王", post="many") for _number in range(10_000)), batch_size=2_000
        )
        Person.objects.update(pinyin=F("id"))
        for order in (("pk",), ("-pk",), ("pinyin", "pk")):
            first, far, by_offset = costs_of(Person.objects.filter(post="many").order_by(*order))
            assert far < first * 1.1, order
            if order[0] != "pinyin":
                assert by_offset > far * 3, order


def costs_of(rows: QuerySet[Person]) -> tuple[int, int, int]:
    """Return what the first page costs, what page 200 costs, and what that costs by number."""
    near = rows[199 * ROWS_PER_PAGE - 1]
    costs = []
    for query in ("", f"after={token_of(near, keys_of(rows) or [])}"):
        with work_counted() as work:
            page, _links = turn(rows, query)
        costs.append(work())
        assert len(page) == ROWS_PER_PAGE
    with work_counted() as work:
        list(rows[199 * ROWS_PER_PAGE :][:ROWS_PER_PAGE])
    return costs[0], costs[1], work()
