"""Fixtures of the journeys: a browser, a cast with passwords in a programme, pictures, a real worker."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from schools.people.models import Person, User
from tests.cast import World
from tests.journeys.pages import HOME, PASSWORD, WIDE, Album, Scheme, Visitor
from tests.stories import approved_plan, catalogue

# Playwright's own loop runs in the thread of the tests; Django would take every query for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

Enter = Callable[..., Visitor]
BACKEND = "schools.access.backend.MembershipBackend"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = os.environ.get("PORTAL_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def album(settings: Settings) -> Album:
    """Pictures go to the folder named by PORTAL_SCREENS, then in two widths, else beside the files."""
    wanted = os.environ.get("PORTAL_SCREENS")
    folder = Path(wanted) if wanted else settings.VAR_DIR / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return Album(folder, both=bool(wanted))


@pytest.fixture
def set_out(live_server: LiveServer, world: World, settings: Settings) -> World:
    """The cast with the catalogue, an open programme, the school's plan approved, and passwords."""
    settings.PUBLIC_ADDRESS = live_server.url
    catalogue()
    approved_plan(world.alpha, world.alpha.schools[0])
    user = User()
    user.set_password(PASSWORD)
    User.objects.exclude(pk=None).update(password=user.password)
    return world


def let_in(context: BrowserContext, user: User, address: str) -> None:
    """Sign somebody in; the form itself is walked through without script."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}])


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, album: Album) -> Iterator[Enter]:
    """A function that lets somebody in with a browser of their own; no page may have complained."""
    visitors: list[Visitor] = []

    def come(
        person: Person | User | None = None,
        size: tuple[int, int] = WIDE,
        scheme: Scheme = "light",
        *,
        has_script: bool = True,
    ) -> Visitor:
        width, height = size
        context = browser.new_context(
            locale="zh-CN",
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=has_script,
            permissions=["clipboard-read", "clipboard-write"],
        )
        visitor = Visitor(context.new_page(), live_server.url, album)
        visitors.append(visitor)
        if person is not None:
            user_id = person.pk if isinstance(person, User) else person.user_id
            let_in(context, User.objects.get(pk=user_id), live_server.url)
            visitor.go(HOME)
        return visitor

    yield come
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.page.context.close()
    assert complaints == []


@pytest.fixture
def worker(set_out: World, live_server: LiveServer, settings: Settings) -> Iterator[None]:
    """A real Celery worker beside the server, in the same database and on the same files."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PORTAL_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "PUBLIC_ADDRESS": live_server.url,
        "VAR_DIR": str(settings.VAR_DIR),
    }
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "solo", "-c", "1"]
    with (settings.VAR_DIR / "worker.log").open("w") as log:
        process = subprocess.Popen(
            command, env=os.environ | own, cwd=settings.BASE_DIR, stdout=log, stderr=subprocess.STDOUT
        )
        yield
        process.terminate()
        process.wait(timeout=30)
