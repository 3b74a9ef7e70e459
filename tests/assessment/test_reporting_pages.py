"""The county's home, the region's board, reports asked for and read back."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled
from openpyxl import load_workbook

from assessment.reporting.county_boards import cell
from assessment.submitting.models import SubmissionState
from microcapabilities.grades import Grade
from schools.files.storing import location
from schools.jobs.models import Job
from schools.jobs.running import run
from schools.sheets import workbook
from schools.sheets.rows import Column, Sheet
from tests.cast import World
from tests.stories import filed_return, programme, submission_at


def at(name: str, *args: str) -> str:
    return reverse(f"assessment:{name}", args=args)


def test_county_home_begins_with_what_waits(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    submission_at(world.alpha, world.alpha.schools[0], SubmissionState.PASSED)
    filed_return(world.alpha, world.alpha.schools[0])
    office = signed_in_as(world.alpha["county-office"]).get(at("county-home", "alpha"))
    tasks = [(task.count, task.url) for task in office.context["tasks"]]
    assert tasks == [(1, at("county-returns", "alpha"))]
    total = office.context["total"]
    assert (total.chosen, total.begun, total.handed_in, total.passed, total.accepted) == (1, 1, 1, 1, 0)
    leader = signed_in_as(world.alpha["county-leader"]).get(at("county-home", "alpha"))
    assert leader.context["tasks"] == []


def test_county_home_asks_few_questions(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_max_num_queries
) -> None:
    programme(world.alpha)
    client = signed_in_as(world.alpha["county-office"])
    with django_assert_max_num_queries(15):
        client.get(at("county-home", "alpha"))


def test_county_home_without_programme_says_what_to_do(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    page = signed_in_as(world.alpha["county-office"]).get(at("county-home", "alpha"))
    assert at("programme", "alpha") in page.content.decode()


@pytest.mark.parametrize(
    ("done", "total", "level"), [(0, 10, 0), (0, 0, 0), (1, 10, 1), (5, 10, 3), (9, 10, 4), (10, 10, 5)]
)
def test_heat_levels(done: int, total: int, level: int) -> None:
    assert cell(done, total).level == level


def test_region_sums_counties_and_names_nobody(world: World, client) -> None:  # type: ignore[no-untyped-def]
    submission_at(world.alpha, world.alpha.schools[0], SubmissionState.ACCEPTED)
    programme(world.beta)
    client.force_login(world.observer, backend="schools.access.backend.MembershipBackend")
    page = client.get(at("region-home", "suzhou"))
    shown = {row.place.slug: (row.figures.accepted, row.figures.credits) for row in page.context["board"]}
    assert shown == {"alpha": (1, 4), "beta": (0, 0)}
    text = page.content.decode()
    assert [cast.school.name for cast in world.alpha.schools if cast.school.name in text] == []


def test_region_is_closed_to_counties(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    assert signed_in_as(world.alpha["county-office"]).get(at("region-home", "suzhou")).status_code == 404


def asked(client, address: str, language: str = "en"):  # type: ignore[no-untyped-def]
    """Ask for a report, do the job, and return its workbook."""
    answer = client.post(address, {"language": language})
    with scopes_disabled():
        job = Job.objects.get()
    assert answer["Location"] == reverse("schools:job", args=[job.pk])
    run(job.pk)
    with scopes_disabled():
        job = Job.objects.select_related("result").get()
    assert job.status == "done"
    return load_workbook(io.BytesIO(location(job.result).read_bytes()))


def test_county_report_read_back(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    submission_at(world.alpha, east, SubmissionState.PASSED, grade=Grade.EXCELLENT)
    submission_at(world.alpha, east, SubmissionState.DRAFT, code="A5")
    book = asked(signed_in_as(world.alpha["county-office"]), at("county-reports-ask", "alpha"))
    assert book.sheetnames == ["By school", "By point", "By teacher", "Still missing"]
    by_school = list(book["By school"].values)
    assert by_school[0][:4] == ("School", "Participants", "Choice confirmed", "Handed in")
    assert {row[0]: row[1:] for row in by_school[1:]} == {
        east.school.name: (2, 1, 1, 1, 1, 0, 0),
        west.school.name: (2, 0, 0, 0, 0, 0, 0),
    }
    points = {row[0]: row[2:] for row in book["By point"].values}
    assert (len(points) - 1, points["A1"], points["A5"]) == (30, (1, 1, 1, 0), (0, 0, 0, 0))
    teachers = {row[1]: row[4:] for row in book["By teacher"].values}
    assert teachers[east["teacher"].name] == (1, 1, 1, 0, 0, 0, 0)
    missing = {row[1]: row[2:] for row in book["Still missing"].values}
    assert missing[east["teacher"].name] == ("confirmed", 16, 30, 30)
    assert missing[east["teacher2"].name] == ("missing", 20, 30, 30)
    assert book["By teacher"].freeze_panes == "A2"


def test_school_report_holds_its_own_school_only(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    programme(world.alpha)
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    assert client.get(at("school-reports", "alpha", "east")).status_code == 200
    book = asked(client, at("school-reports-ask", "alpha", "east"))
    sheets = ("By school", "By teacher", "Still missing")
    found = {row[0] for name in sheets for row in list(book[name].values)[1:]}
    assert found == {east.school.name}
    assert client.get(at("county-reports", "alpha")).status_code == 403


def test_report_is_refused_when_the_right_has_ended(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    programme(world.alpha)
    east = world.alpha.schools[0]
    signed_in_as(east["cio"]).post(at("school-reports-ask", "alpha", "east"), {"language": "en"})
    with scopes_disabled():
        job = Job.objects.get()
        east["cio"].memberships.all().delete()
    run(job.pk)
    with scopes_disabled():
        job.refresh_from_db()
    assert (job.status, job.result) == ("failed", None)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "341324202200000123", "张三"]
)
def test_text_stays_text(text: str) -> None:
    content = io.BytesIO()
    sheet = Sheet("T", (Column("Name", 10), Column("Hours", 8, "0.0")), 1, iter([(text, Decimal("1.5"))]))
    workbook.write([sheet], content, lambda done, total: None)
    first, second = load_workbook(content)["T"][2]
    assert (first.data_type, first.value, first.number_format) == ("s", text, "@")
    assert bool(first.quotePrefix) == text.startswith(workbook.FORMULA_SIGNS)
    assert (second.data_type, second.value, second.number_format) == ("n", 1.5, "0.0")


def test_report_speaks_the_language_asked_for(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    programme(world.alpha)
    book = asked(signed_in_as(world.alpha["county-office"]), at("county-reports-ask", "alpha"), "zh-hans")
    with translation.override("zh-hans"):
        assert book.sheetnames[0] == translation.gettext("By school")


def test_county_reports_show_the_points(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    submission_at(world.alpha, world.alpha.schools[0], SubmissionState.PASSED)
    page = signed_in_as(world.alpha["county-office"]).get(at("county-reports", "alpha"))
    with scope(county=world.alpha.county, school=None):
        assert {row[0]: row[2:] for row in page.context["points"]}["A1"] == (1, 1, 0, 0)
