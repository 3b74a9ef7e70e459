"""Lists shown and taken away: one description for page and sheet, sorted by what is allowed, by rights."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from schools.audit.models import AuditEntry
from schools.files.storing import location
from schools.jobs.models import Job
from schools.jobs.running import run
from schools.organisations.models import School
from schools.people.models import Membership, Person
from schools.sheets import exporting
from schools.sheets.listing import Listed, Listing, asked_sort, in_order
from schools.sheets.rows import MIME
from tests.cast import World, cast_school

PEOPLE, SCHOOLS = (
    reverse("schools:county-people", args=["alpha"]),
    reverse("schools:county-schools", args=["alpha"]),
)
EAST = reverse("schools:school-people", args=["alpha", "east"])


def sheet_of(content: bytes) -> list[tuple[Any, ...]]:
    """Return the rows of the one sheet, headings first."""
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 1
    return [tuple("" if cell is None else cell for cell in row) for row in book.worksheets[0].values]


def exported(client: Client, address: str, query: dict[str, str] | None = None) -> list[tuple[Any, ...]]:
    answer = client.get(address, {**(query or {}), "export": "xlsx"})
    assert (answer.status_code, answer["Content-Type"]) == (200, MIME)
    return sheet_of(answer.content)


def names(rows: list[Any]) -> list[str]:
    return [row.person.name for row in rows]


def test_sheet_holds_the_rows_and_columns_of_the_page(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    query = {"q": "东风", "sort": "-name"}
    page = client.get(PEOPLE, query).context
    headings, *rows = exported(client, PEOPLE, query)
    assert headings == tuple(str(head.label) for head in page["listed"].heads)
    assert [row[0] for row in rows] == names(page["rows"])
    assert [row[2] for row in rows] == [row.person.id_number_shown for row in page["rows"]]
    assert {row[1] for row in rows} == {"东风小学"}


def test_sheet_holds_all_pages_in_their_order(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        Person.objects.bulk_create(
            Person(county=world.alpha.county, school=world.alpha.schools[0].school, name=f"丁{number % 9}")
            for number in range(120)
        )
    client = signed_in_as(world.alpha["county-office"])
    shown, url = [], "?q=丁&sort=name"
    while url:
        context = client.get(f"{PEOPLE}{url}").context
        shown += names(context["rows"])
        url = context["page"].next_url
    assert (len(shown), [row[0] for row in exported(client, PEOPLE, {"q": "丁", "sort": "name"})[1:]]) == (
        120,
        shown,
    )


def test_sheet_masks_what_the_page_masks(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["cio"])
    _headings, *rows = exported(client, EAST)
    cells = {str(cell) for row in rows for cell in row}
    assert [cell for cell in cells if cell.isdigit() and len(cell) >= 11] == []
    assert world.alpha.schools[0]["teacher"].id_number_shown in cells


def test_people_of_other_places_are_in_no_sheet(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    office = exported(signed_in_as(world.alpha["county-office"]), PEOPLE)
    with scopes_disabled():
        own = set(Person.objects.filter(county=world.alpha.county).values_list("name", flat=True))
    assert {row[0] for row in office[1:]} == own
    east = exported(
        signed_in_as(world.alpha.schools[0]["cio"]), EAST, {"school": str(world.alpha.schools[1].school.pk)}
    )
    assert {row[0] for row in east[1:]} == {person.name for person in world.alpha.schools[0].people.values()}


def test_who_may_not_export_gets_no_sheet_and_sees_no_link(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    leader = signed_in_as(world.alpha["county-leader"])
    assert leader.get(SCHOOLS).context["listed"].export_url == ""
    assert leader.get(SCHOOLS, {"export": "xlsx"}).status_code == 403
    office = signed_in_as(world.alpha["county-office"])
    assert (
        office.get(SCHOOLS, {"q": "东风"}).context["listed"].export_url == "?q=%E4%B8%9C%E9%A3%8E&export=xlsx"
    )


def test_every_sheet_leaves_a_line_in_the_audit_without_values(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["cio"])
    client.get(EAST)
    rows = exported(client, EAST, {"q": "东风小学teacher", "state": "waiting"})
    with scopes_disabled():
        entry = AuditEntry.objects.get(act="list-exported")
    assert (entry.subject, entry.school.slug, entry.user) == (
        "people",
        "east",
        world.alpha.schools[0]["cio"].user,
    )
    assert entry.details == {"count": len(rows) - 1, "filters": ["q", "state"]}


def test_formula_in_a_name_stays_text(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        Person.objects.filter(pk=world.alpha["expert"].pk).update(name="=1+1")
    answer = signed_in_as(world.alpha["county-office"]).get(PEOPLE, {"q": "=1+1", "export": "xlsx"})
    cell = load_workbook(io.BytesIO(answer.content)).worksheets[0].cell(2, 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


@pytest.mark.parametrize("sort", ["phone", "id_number_sealed", "-user__password", "pk", "--name", "?", "é"])
def test_sort_by_what_is_not_listed_is_passed_over(world: World, signed_in_as, sort: str) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    plain, sorted_so = client.get(PEOPLE).context, client.get(PEOPLE, {"sort": sort}).context
    assert names(sorted_so["rows"]) == names(plain["rows"])
    assert [head.sort for head in sorted_so["listed"].heads] == [head.sort for head in plain["listed"].heads]


def test_heads_say_how_the_list_stands_and_keep_the_filters(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    answer = client.get(SCHOOLS, {"q": "小学", "sort": "people", "stage": "primary"})
    heads = {str(head.url): head.sort for head in answer.context["listed"].heads if head.sort}
    kept = "?q=%E5%B0%8F%E5%AD%A6&stage=primary&sort=-people"
    assert heads == {kept: "ascending"}
    assert answer.content.decode().count('aria-sort="ascending"') == 1
    counts = [school.people_count for school, _leaders in client.get(f"{SCHOOLS}{kept}").context["rows"]]
    assert counts == sorted(counts, reverse=True)
    assert ("sort", "people") in answer.context["listed"].keep


def test_schools_stand_by_pinyin_and_are_found_by_it(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    cast_school(world.alpha.county, "安河小学", "anhe")
    client = signed_in_as(world.alpha["county-office"])
    shown = [school.name for school, _leaders in client.get(SCHOOLS).context["rows"]]
    assert shown == ["安河小学", "东风小学", "西湖小学"]
    for words in ("ah", "hexiaoxue", "安河"):
        rows = client.get(SCHOOLS, {"q": words}).context["rows"]
        assert [school.slug for school, _leaders in rows] == ["anhe"]
    assert client.get(SCHOOLS, {"place": "rural"}).context["rows"] == []


def test_list_that_is_narrowed_to_nothing_leads_back(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    answer = signed_in_as(world.alpha["county-office"]).get(
        PEOPLE, {"q": "nobody", "sort": "-name", "state": "waiting"}
    )
    listed = answer.context["listed"]
    assert (answer.context["rows"], listed.clear_url, listed.export_url) == ([], "?sort=-name", "")
    assert f'href="{listed.clear_url}"' in answer.content.decode()


def asked_for(
    client: Client, address: str, place: str = "county", slugs: tuple[str, ...] = ("alpha",)
) -> Any:
    return client.post(reverse(f"schools:{place}-list-ask", args=slugs), {"list": address})


def test_long_list_is_made_as_a_job(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE_MOST", 5)
    client = signed_in_as(world.alpha["county-office"])
    answer = client.get(PEOPLE, {"q": "东风", "export": "xlsx"})
    assert (answer.status_code, answer.context["address"]) == (
        200,
        f"{PEOPLE}?q=%E4%B8%9C%E9%A3%8E&export=xlsx",
    )
    with scopes_disabled():
        assert not AuditEntry.objects.filter(act="list-exported").exists()
    asked_for(client, answer.context["address"])
    with scopes_disabled():
        job = Job.objects.get()
    run(job.pk)
    with scopes_disabled():
        job = Job.objects.select_related("result").get()
        entry = AuditEntry.objects.get(act="list-exported")
    rows = sheet_of(location(job.result).read_bytes())
    assert (job.status, len(rows) - 1) == ("done", len(world.alpha.schools[0].people))
    assert (entry.user, entry.details["count"]) == (world.alpha["county-office"].user, len(rows) - 1)
    assert client.get(reverse("schools:job", args=[job.pk])).context["job"].title == job.params["title"]


def test_job_is_refused_when_the_right_has_ended(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    cio = world.alpha.schools[0]["cio"]
    asked_for(signed_in_as(cio), EAST, "school", ("alpha", "east"))
    with scopes_disabled():
        job = Job.objects.get()
        Membership.objects.filter(person=cio).delete()
    run(job.pk)
    with scopes_disabled():
        job = Job.objects.get()
    assert (job.status, job.result) == ("failed", None)


@pytest.mark.parametrize(
    "wanted",
    ["", "/beta/people/", "/alpha/people/", "/alpha/west/people/", "/alpha/east/people/roles/", "//x"],
)
def test_nothing_but_a_list_of_this_place_is_asked_for(world: World, signed_in_as, wanted: str) -> None:  # type: ignore[no-untyped-def]
    answer = asked_for(signed_in_as(world.alpha.schools[0]["cio"]), wanted, "school", ("alpha", "east"))
    assert answer.status_code in (403, 404)
    with scopes_disabled():
        assert not Job.objects.exists()


def test_rows_of_python_are_put_in_order_with_empty_ones_last() -> None:
    rows = [{"a": 2, "b": "x"}, {"a": None, "b": "y"}, {"a": 1, "b": "z"}, {"a": 2, "b": "a"}]
    said = [(row["a"], row["b"]) for row in in_order(rows, ("-a", "b"))]
    assert said == [(2, "a"), (2, "x"), (1, "z"), (None, "y")]


def test_list_begins_with_its_own_order(rf) -> None:  # type: ignore[no-untyped-def]
    listing = Listing("n", "N", (Listed("a", "A", str, ("a",)), Listed("b", "B", str)), "-a")
    asked = [asked_sort(rf.get("/", {"sort": sort}), listing) for sort in ("a", "-a", "b", "")]
    assert asked == ["a", "-a", "-a", "-a"]


def test_people_ask_as_often_for_1_row_as_for_30(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    with scopes_disabled():
        school = School.objects.get(slug="east", county=world.alpha.county)
        Person.objects.bulk_create(
            Person(county=world.alpha.county, school=school, name=f"丁{number:02d}") for number in range(30)
        )
    client, counts = signed_in_as(world.alpha["county-office"]), []
    for words, rows in (("丁07", 1), ("丁", 30)):
        for export in ({}, {"export": "xlsx"}):
            with django_assert_num_queries(100, exact=False) as asked:
                answer = client.get(PEOPLE, {"q": words, **export})
            counts.append(len(asked.captured_queries))
            assert export or len(answer.context["rows"]) == rows
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15
