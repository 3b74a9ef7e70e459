"""Walk the screens of a running demonstration and keep a picture of each; called by script/screens."""

import argparse
import json
import os
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from _screens_table import SCREENS, Screen
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

TOP = Path(__file__).resolve().parent.parent
WIDTHS = {1280: 900, 360: 740}
SCHEMES = ("light", "dark")
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCROLL_THROUGH = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 600) {
    window.scrollTo(0, y); await new Promise(done => setTimeout(done, 30));
  }
  window.scrollTo(0, 0);
}"""
PATIENCE = 60_000  # milliseconds until the worker has made the previews
TALLEST = {1280: 1500, 360: 1500}  # pixels of a picture kept for the documentation
SHOWN_WIDE = 960  # pixels that a wide one is reduced to


class Walk:
    """One run over the screens: browser contexts by person, the county and school of each, and troubles."""

    def __init__(self, browser: Browser, address: str, language: str) -> None:
        self.browser, self.address, self.language = browser, address, language
        self.contexts: dict[str, BrowserContext] = {}
        self.places: dict[str, dict[str, str]] = {}
        self.troubles: list[str] = []
        kept = json.loads((TOP / "var/demo/accounts.json").read_text())
        self.password = kept["password"]

    def context(self, who: str) -> BrowserContext:
        if who not in self.contexts:
            self.contexts[who] = self.browser.new_context(locale=self.language, reduced_motion="reduce")
            if who:
                self.sign_in(who)
        return self.contexts[who]

    def sign_in(self, who: str) -> None:
        page = self.contexts[who].new_page()
        page.goto(f"{self.address}/accounts/login/")
        page.fill('input[name="login"]', who)
        page.fill('input[name="password"]', self.password)
        page.locator('form[action$="/accounts/login/"] button').first.click()
        page.wait_for_load_state()
        page.goto(f"{self.address}/home/")
        self.places[who] = self.place_of(page)
        page.close()

    def place_of(self, page: Page) -> dict[str, str]:
        """Return county and school out of the address of somebody's home."""
        parts = [part for part in urlsplit(page.url).path.split("/") if part]
        if not parts or parts[0] in ("me", "regions", "home"):
            return {}
        return dict(zip(("county", "school"), parts, strict=False))

    def open(self, screen: Screen) -> Page | None:
        """Go where a screen is; None where the way there does not exist."""
        page = self.context(screen.who).new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{screen.name}: {error}"))
        page.goto(self.address + screen.path.format(**self.places.get(screen.who, {})))
        for part in screen.follow:
            own = urlsplit(page.url).path
            links = page.locator(f'main a[href*="{part}"]').evaluate_all("all => all.map(one => one.href)")
            further = [
                link for link in links if urlsplit(link).path.startswith("/") and urlsplit(link).path != own
            ]
            if not further:
                self.troubles.append(f"{screen.name}: no link to {part} at {own}")
                page.close()
                return None
            page.goto(further[0])
        return page

    def settle(self, page: Page, screen: Screen, width: int) -> None:
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        page.evaluate(SCROLL_THROUGH)
        with suppress(AssertionError):
            expect(page.locator("main .preview-waiting")).to_have_count(0, timeout=PATIENCE)
        page.evaluate(SCROLL_THROUGH)
        page.wait_for_timeout(150)
        if screen.opens:
            page.locator(screen.opens).last.click()

    def keep_all(self, screen: Screen, folder: Path) -> None:
        page = self.open(screen)
        if page is None:
            return
        for width in WIDTHS:
            self.settle(page, screen, width)
            if page.evaluate(OVERHANG) > 0:
                self.troubles.append(f"{screen.name}: wider than {width} px")
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=folder / f"{screen.name}-{width}-{scheme}.png", full_page=True)
            page.emulate_media(color_scheme="light")
            if screen.opens:
                page.locator(screen.opens).last.click()
        page.close()

    def keep_for_docs(self, screen: Screen, folder: Path) -> None:
        name, _colon, width = screen.docs.partition(":")
        page = self.open(screen)
        if page is None:
            return
        self.settle(page, screen, int(width))
        picture = Image.open(BytesIO(page.screenshot(full_page=True)))
        picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST[int(width)])))
        picture.thumbnail((SHOWN_WIDE, picture.height))
        picture.save(folder / f"{name}.webp", quality=72, method=6)
        page.close()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", required=True)
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    folder = TOP / ("docs/screens" if asked.docs else "screens")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in SCREENS if asked.only in one.name and (one.docs or not asked.docs)]
    with sync_playwright() as playwright:
        path = os.environ.get("PORTAL_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        walk = Walk(browser, asked.address, "en" if asked.english else "zh-CN")
        for screen in wanted:
            (walk.keep_for_docs if asked.docs else walk.keep_all)(screen, folder)
            print(f"      {screen.name}", flush=True)
        browser.close()
    for trouble in walk.troubles:
        print(f"!     {trouble}")
    print(f"      {len(wanted)} screens in {folder.relative_to(TOP)}/")
    return 1 if walk.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
