"""The whole year by both rule packs: it is walked, every invariant holds, and long lists cost what short ones cost."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from portal.management.commands.check_invariants import ROOMS
from schools.invariants import examine
from schools.organisations.models import School
from schools.paging import turning
from schools.people.models import Membership
from tests.access.lines import ADDRESSES

pytestmark = [pytest.mark.scale, pytest.mark.django_db]
BACKEND = "schools.access.backend.MembershipBackend"
LISTS = {
    name: one
    for name, one in ADDRESSES.items()
    if hasattr(one.view, "listing") and one.kwargs <= {"county", "school"}
}
MANY = 30
ONCE_MORE = {"assessment:school-hours": 1}  # among many claims there is one with a proof file to look up


def walked(preset: str) -> dict[str, Any]:
    """Walk an invented county of four schools through the year; returns what happened."""
    said = StringIO()
    call_command("simulate_year", schools=4, teachers=36, seed="7", preset=preset, json=True, stdout=said)
    report: dict[str, Any] = json.loads(said.getvalue())
    return report


@pytest.fixture(scope="module", params=["si-county-2022", "jiangsu-2020"])
def year(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker
) -> Iterator[tuple[str, Any]]:  # type: ignore[no-untyped-def]
    """A walked year that stands for all tests of its rule pack, then is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield request.param, walked(request.param)
        transaction.set_rollback(True)


def test_year_is_walked_with_plans_talks_activities_and_hours(year: tuple[str, Any]) -> None:
    _preset, report = year
    happened = report["happened"]
    for what in (
        *("county posts", "plans", "filings written", "filings returned", "topic plans", "comments"),
        *("self-assessments", "choices", "online hours entered", "sign-ins", "polishings", "hour claims"),
        *("visits", "issues", "circulars", "reminders", "transferred", "overturned", "returns accepted"),
        *("process checks", "names for honours", "exemplars", "practice", "group records"),
        *("appeals dismissed", "appeals granted", "delegated panels", "declared relations"),
    ):
        assert happened.get(what, 0) > 0, what
    assert report["certificates"] == report["submissions"]["accepted"] > 0


def test_every_invariant_holds_after_the_year(year: tuple[str, Any]) -> None:
    for room in ROOMS:
        import_module(room)
    with scopes_disabled():
        found = examine()
    assert [(one.number, one.violations[:3]) for one in found if one.violations] == []
    assert len(found) == 17


def client_of(role: str, school: School | None) -> Client:
    """Return the client of somebody who holds the role there."""
    with scopes_disabled():
        held = Membership.objects.filter(role=role, county__slug="sixian", ends_on__isnull=True)
        held = held.filter(school=school) if school else held
        user = held.select_related("person__user").earliest("pk").person.user
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def asked_of(client: Client, url: str, rows: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Open a list with so many rows a page; returns how many it showed and the queries it cost."""
    monkeypatch.setattr(turning, "ROWS_PER_PAGE", rows)
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(url)
    shown = answer.context.get("listed") if answer.status_code == 200 else None
    return len(shown.rows) if shown else 0, len([one for one in caught if not is_savepoint(one["sql"])])


def is_savepoint(sql: str) -> bool:
    return bool(re.match(r"(RELEASE )?SAVEPOINT", sql))


def test_every_list_asks_as_often_for_thirty_rows_as_for_one(
    year: tuple[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both pages have a following one, so that the pager asks alike; lists shorter than three say nothing.

    A list that does not exist at the moment (of a set-up that is not begun) is left out.
    """
    with scopes_disabled():
        units = School.objects.filter(county__slug="sixian", managed_by__isnull=True)
        school = units.select_related("county").earliest("pk")
    office, cio = client_of("county-office", None), client_of("cio", school)
    dearer, compared = [], 0
    for name, one in LISTS.items():
        slugs = {"county": "sixian", "school": school.slug}
        url = reverse(name, kwargs={key: slugs[key] for key in one.kwargs})
        client = cio if one.kind == "school" else office
        if one.kwargs == set():
            continue
        whole, _queries = asked_of(client, url, 1000, monkeypatch)
        if whole < 3:
            continue
        few = asked_of(client, url, 1, monkeypatch)
        many = asked_of(client, url, min(MANY, whole - 1), monkeypatch)
        compared += 1
        if many[1] > few[1] + ONCE_MORE.get(name, 0):
            dearer.append((name, few, many))
    assert dearer == []
    assert compared >= 20
