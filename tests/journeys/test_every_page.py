"""Every page of the access table, as each role that may open it: axe finds nothing, nothing hangs over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.access.building import build
from tests.access.cells import HOME, NOBODY, Cell, Who, belongs, expected, url_of
from tests.access.lines import PUBLIC, SIGNED_IN, Line
from tests.access.stage import Stage
from tests.access.table_county import TABLE
from tests.journeys.pages import OVERHANG, PHONE, WIDE
from tests.stories import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES_OF_A_PAGE = 60_000
Scheme = Literal["light", "dark"]
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


def context_of(stage: Stage, who: Who, browser: Browser, address: str) -> BrowserContext:
    context = browser.new_context(locale="zh-CN")
    session = stage.clients[who.name].cookies.get(settings.SESSION_COOKIE_NAME)
    if session is not None:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": address}])
    return context


def faults(look: Look, stage: Stage, context: BrowserContext, address: str) -> list[str]:
    """Return what is wrong with one page, a line each; files that are not pages are passed over."""
    url = url_of(stage, look.cell)
    probe = context.request.get(f"{address}{url}")
    at = f"{look.cell.who.name} {url} {look.size[0]} {look.scheme}"
    if probe.status != 200:
        return [f"{at}: {probe.status}"]
    if "text/html" not in probe.headers.get("content-type", ""):
        return []
    body = probe.body()
    if b"<html" not in body:
        return []
    found = [f"{at}: {len(body)} bytes"] if len(body) > MOST_BYTES_OF_A_PAGE else []
    page = context.new_page()
    page.on("pageerror", lambda error: found.append(f"{at}: {error}"))
    page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
    page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")
    page.goto(f"{address}{url}")
    if page.evaluate(OVERHANG) > 0:
        found.append(f"{at}: hangs over the right edge")
    for fault in Axe().run(page).response["violations"]:
        targets = [node["target"] for node in fault["nodes"]][:3]
        found.append(f"{at}: {fault['id']} ({fault['impact']}) {targets}")
    page.close()
    return found


def test_every_page_is_without_fault_when_each_role_looks(browser: Browser, live_server: LiveServer) -> None:
    catalogue()
    stage = build()
    contexts: dict[str, BrowserContext] = {}
    found: list[str] = []
    seen = 0
    for look in looks(stage):
        who = look.cell.who
        if who.name not in contexts:
            contexts[who.name] = context_of(stage, who, browser, live_server.url)
        found += faults(look, stage, contexts[who.name], live_server.url)
        seen += 1
    for context in contexts.values():
        context.close()
    assert seen > len({line.name for line in TABLE if line.method == "get" and line.status == 200})
    assert found == []
