"""Every page of the access table, as each role that may open it: axe finds nothing, nothing hangs over."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Error, Page, Response
from pytest_django.live_server_helper import LiveServer

from tests.access.building import build
from tests.access.cells import HOME, NOBODY, Cell, Who, belongs, expected, url_of
from tests.access.lines import PUBLIC, SIGNED_IN, Line
from tests.access.stage import Stage
from tests.access.table_county import TABLE
from tests.journeys.pages import OVERHANG, PHONE, WIDE, Scheme, axe_faults
from tests.stories import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES_OF_A_PAGE = 64_000
LOOKS: tuple[tuple[tuple[int, int], Scheme], ...] = (
    (WIDE, "light"), (PHONE, "dark"), (PHONE, "light"), (WIDE, "dark"),
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One page seen by one person at one size in one colour scheme."""

    cell: Cell
    size: tuple[int, int]
    scheme: Scheme


def lookers(line: Line) -> list[Who]:
    """Return one person per role that may open the page, its owner first; nobody for a public one."""
    if line.roles == PUBLIC:
        return [NOBODY]
    if line.owner:
        key, _at, place = line.owner.partition("@")
        return [Who(key, place)]
    if line.roles == SIGNED_IN:
        return [Who("teacher", "east"), Who("county-office", "alpha")]
    places = {"county": "alpha", "region": "suzhou"}
    found = []
    for role in sorted(line.roles):
        for place in (places.get(line.kind, "east"), "alpha", "east"):
            who = Who(role, place)
            if has(who) and (line.kind not in HOME or belongs(who, HOME[line.kind])):
                found.append(who)
                break
    return found


def has(who: Who) -> bool:
    """Say whether the stage knows such a person (a role of the county is not at a school)."""
    return f"{who.key}@{who.place}" in _known


_known: set[str] = set()


def looks(stage: Stage) -> Iterator[Look]:
    """Yield each page for each role, in turn wide and narrow, light and dark; its first role sees two."""
    _known.clear()
    _known.update(stage.clients)
    turn = 0
    for line in TABLE:
        if line.method != "get" or line.status != 200:
            continue
        for number, who in enumerate(lookers(line)):
            cell = Cell(line, who, HOME.get(line.kind, ""))
            if expected(cell) != 200:
                continue
            for _each in range(2 if number == 0 else 1):
                size, scheme = LOOKS[turn % len(LOOKS)]
                turn += 1
                yield Look(cell, size, scheme)


def page_of(stage: Stage, who: Who, browser: Browser, address: str) -> Page:
    """Return a page of a browser in which somebody is signed in."""
    context = browser.new_context(locale="zh-CN")
    session = stage.clients[who.name].cookies.get(settings.SESSION_COOKIE_NAME)
    if session is not None:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": address}])
    return context.new_page()


def faults(look: Look, stage: Stage, page: Page, address: str) -> list[str]:
    """Return what is wrong with one page, a line each; files that are not pages are passed over."""
    url = url_of(stage, look.cell)
    at = f"{look.cell.who.name} {url} {look.size[0]} {look.scheme}"
    complaints: list[Error] = []

    def note(error: Error) -> None:
        complaints.append(error)

    page.on("pageerror", note)
    page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
    page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")
    answer = opened(page, f"{address}{url}")
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return []
    body = answer.body()
    if answer.status != 200 or b"<html" not in body:
        return [] if answer.status == 200 else [f"{at}: {answer.status}"]
    found = [f"{at}: {len(body)} bytes"] if len(body) > MOST_BYTES_OF_A_PAGE else []
    if page.evaluate(OVERHANG) > 0:
        found.append(f"{at}: hangs over the right edge")
    found += [f"{at}: {fault}" for fault in axe_faults(page)]
    page.remove_listener("pageerror", note)
    return found + [f"{at}: {error}" for error in complaints]


def opened(page: Page, url: str) -> Response | None:
    """Open an address; None where it is a file that the browser keeps instead of showing it."""
    try:
        return page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise


def test_every_page_is_without_fault_when_each_role_looks(browser: Browser, live_server: LiveServer) -> None:
    catalogue()
    stage = build()
    pages: dict[str, Page] = {}
    found: list[str] = []
    seen = 0
    for look in looks(stage):
        who = look.cell.who
        if who.name not in pages:
            pages[who.name] = page_of(stage, who, browser, live_server.url)
        found += faults(look, stage, pages[who.name], live_server.url)
        seen += 1
    for page in pages.values():
        page.context.close()
    assert seen > len({line.name for line in TABLE if line.method == "get" and line.status == 200})
    assert found == [], "\n".join(found)
