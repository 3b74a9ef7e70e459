"""A visitor whose taps are counted: every click, every file chosen, every tap into a field."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator

from tests.journeys.pages import HOME, Visitor, axe_faults

MOST_TAPS = 9


@dataclass(frozen=True)
class Done:
    """One task as it was done: whose, which, taps, seconds at the machine's pace, and how wide the page was."""

    role: str
    task: str
    taps: int
    seconds: float
    width: int


@dataclass
class Hand:
    """Counts what somebody has to do with the hand; typing inside a field costs the one tap into it."""

    visitor: Visitor
    role: str
    done: list[Done]
    taps: int = 0

    @contextmanager
    def task(self, name: str, *, is_here: bool = False) -> Iterator[None]:
        """Count one task from the role's home on, or from where one stands; its last page is without fault."""
        if not is_here:
            self.visitor.go(HOME)
        self.taps, began = 0, time.monotonic()
        yield
        size = self.visitor.page.viewport_size or {"width": 0}
        self.done.append(Done(self.role, name, self.taps, round(time.monotonic() - began, 1), size["width"]))
        assert self.taps <= MOST_TAPS, f"{name}: {self.taps} taps"
        faults = [f"{self.visitor.path}: {fault}" for fault in axe_faults(self.visitor.page)]
        assert faults == [], "\n".join(faults)

    def seen(self, selector: str) -> Locator:
        """Return the first match that can be seen; on a phone another part of the navigation is shown."""
        return self.visitor.page.locator(selector).locator("visible=true").first

    def follow(self, href: str) -> None:
        """Tap the first visible link whose address matches; with the navigation folded up, open that first."""
        self.seen("main").wait_for()
        link = self.seen_link(href)
        if link is None:
            self.open_menu_with(href)
            link = self.seen_link(href)
        assert link is not None, f"no way to {href} at {self.visitor.path}"
        self.taps += 1
        self.visitor.leave_by(link)

    def open_menu_with(self, href: str) -> None:
        """Tap the heading of the navigation's menu in which such a link stands."""
        menus = self.visitor.page.locator("nav details.menu").locator("visible=true")
        for number in range(menus.count()):
            inside = menus.nth(number).locator("a").evaluate_all("all => all.map(one => one.href)")
            if any(re.search(href, address.removeprefix(self.visitor.base)) for address in inside):
                self.taps += 1
                menus.nth(number).locator("summary").click()
                return

    def seen_link(self, href: str) -> Locator | None:
        for part in ("main", "body"):
            links = self.visitor.page.locator(f"{part} a").locator("visible=true")
            for number, address in enumerate(links.evaluate_all("all => all.map(one => one.href)")):
                if re.search(href, address.removeprefix(self.visitor.base)):
                    return links.nth(number)
        return None

    def tap(self, selector: str) -> None:
        """Tap something that stays on the page."""
        self.taps += 1
        self.seen(selector).click()

    def choose_all(self) -> None:
        """Tick the box that chooses all of a list; on a phone it stands in the bar below."""
        in_bar = self.visitor.page.locator(".batch-bar [data-choose-all]").first
        self.tap("[data-choose-all]" if in_bar.is_visible() else "[data-select-all]")

    def leave(self, selector: str) -> None:
        """Tap something that leads to another page."""
        self.taps += 1
        self.visitor.leave_by(self.seen(selector))

    def write(self, selector: str, text: str) -> None:
        self.taps += 1
        self.seen(selector).fill(text)

    def pick(self, selector: str, value: str) -> None:
        """Open a list of choices and take one: two taps."""
        self.taps += 2
        self.seen(selector).select_option(value)

    def choose_file(self, selector: str, path: Path) -> None:
        self.taps += 1
        self.visitor.page.locator(selector).first.set_input_files(path)


def table(done: list[Done]) -> list[str]:
    """Return the lines of a Markdown table: a row per task with taps and seconds at each width."""
    widths = sorted({one.width for one in done}, reverse=True)
    found: dict[tuple[str, str], dict[int, Done]] = {}
    for one in done:
        by_width = found.setdefault((one.role, one.task), {})
        if one.width not in by_width or one.taps >= by_width[one.width].taps:
            by_width[one.width] = one
    heads = [f"{width} px" for width in widths]
    lines = [f"| 角色 | 任务 | {' | '.join(heads)} |", "|---|---|" + "---|" * len(widths)]
    for (role, task), by_width in found.items():
        cells = [
            f"{by_width[width].taps} 次，{by_width[width].seconds} 秒" if width in by_width else "—"
            for width in widths
        ]
        lines.append(f"| {role} | {task} | {' | '.join(cells)} |")
    return lines
