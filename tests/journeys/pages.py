"""Somebody in front of a browser: goes to addresses, presses buttons by where they post, keeps pictures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Response

WIDE, PHONE = (1280, 900), (360, 740)
PASSWORD = "Mulberry-27-lantern"
HOME = "/home/"
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TO_THE_TOP = "window.scrollTo(0, 0)"


@dataclass
class Album:
    """A folder of pictures, numbered as they were taken; `both` takes two widths of each."""

    folder: Path
    both: bool = False
    taken: int = 0

    def keep(self, page: Page, name: str) -> None:
        """Take the whole page, and see that nothing hangs over its right edge."""
        self.taken += 1
        own = page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
        for width, height in {(own["width"], own["height"]), *((WIDE, PHONE) if self.both else ())}:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(TO_THE_TOP)
            page.screenshot(path=self.folder / f"{self.taken:02d}-{name}-{width}.png", full_page=True)
            assert page.evaluate(OVERHANG) <= 0, f"{page.url} is wider than {width} px"
        page.set_viewport_size(own)


@dataclass
class Visitor:
    """One person's browser, signed in or not; whatever its pages complain of is kept in `complaints`."""

    page: Page
    base: str
    album: Album
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", self._note_error)
        self.page.on("console", self._note_message)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(f"{self.page.url}: {error}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> None:
        """Open an address of the portal, or a whole one; it has to answer with 200."""
        answer = self.page.goto(path if "://" in path else f"{self.base}{path}")
        assert answer is not None and answer.status == 200, f"{path}: {answer and answer.status}"

    def press(self, path_end: str, within: str = "") -> None:
        """Press the button that posts to an address ending like this; nothing may be refused by it."""
        own = f'form[action$="{path_end}"] button:not([formaction]):not([type="button"])'
        self.leave_by(self.page.locator(f'{within} {own}, {within} button[formaction$="{path_end}"]').first)

    def leave_by(self, target: Locator) -> None:
        """Click what leads to another page."""
        self.leaving(target.click)

    def leaving(self, act: Callable[[], None]) -> None:
        """Do what leads to another page, which has to answer with 200 and show no error."""
        with self.page.expect_navigation() as navigation:
            act()
        answer: Response | None = navigation.value
        assert answer is None or answer.status == 200, f"{answer.url}: {answer.status}"
        refusals = self.page.locator(".toast.tone-error").all_inner_texts()
        assert refusals == [], refusals

    def follow(self, href_part: str) -> None:
        """Follow the first link in the page's own part whose address holds `href_part`."""
        self.leave_by(self.page.locator(f'main a[href*="{href_part}"]').first)

    def send(self, form: str, file: Path) -> None:
        """Choose a file in an upload form and send it by its script."""
        sent = self.page.locator(form)
        sent.locator('input[type="file"]').set_input_files(file)
        self.leave_by(sent.locator("button"))

    def sign_in(self, username: str) -> None:
        """Sign in by the form; afterwards one stands on one's own home."""
        self.go("/accounts/login/")
        self.page.fill('input[name="login"]', username)
        self.page.fill('input[name="password"]', PASSWORD)
        self.press("/accounts/login/")

    def show(self, name: str) -> None:
        self.album.keep(self.page, name)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    def tells(self, part: str = "main") -> str:
        """The words that stand in a part of the page."""
        return self.page.locator(part).first.inner_text()


def axe_faults(page: Page) -> list[str]:
    """Return everything that axe finds on a page, with the first places of each fault."""
    found = Axe().run(page).response
    assert found["passes"], f"{page.url}: axe looked at nothing"
    return [
        f"{fault['id']} ({fault['impact']}) {[node['target'] for node in fault['nodes']][:3]}"
        for fault in found["violations"]
    ]


def cleaned_files(visitor: Visitor, number: int) -> list[str]:
    """Reload until the worker has made so many copies without names; return where they are served."""
    found: set[str] = set()
    for _second in range(60):
        links = visitor.page.locator(".file a").evaluate_all("links => links.map(link => link.href)")
        found = {address.partition("?")[0] for address in links}
        if len(found) >= number:
            break
        visitor.page.wait_for_timeout(1000)
        visitor.page.reload()
    assert len(found) == number, f"{len(found)} copies of {number} at {visitor.path}"
    return sorted(found)


Grading = Literal[0, 1, 2]
Scheme = Literal["light", "dark"]


def grade(visitor: Visitor, choices: list[Grading], advice: str) -> None:
    """Click a grade for each item in turn (0 is the best) and write the advice."""
    items = visitor.page.locator("[data-grading-item]")
    assert items.count() == len(choices)
    for number, choice in enumerate(choices):
        items.nth(number).locator(".grades label").nth(choice).click()
    visitor.page.fill("#advice", advice)
