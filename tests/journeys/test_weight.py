"""How heavy pages are: the first load, the longest lists, what moves while a page comes, and who is asked."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from assessment.submitting.models import SubmissionState
from tests.cast import World
from tests.journeys import crowd, scenes
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, Visitor
from tests.stories import begun_submission, confirmed_selection, submission_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_AT_FIRST = 120 * 1024
MOST_OF_A_LIST = 64_000
MOST_SHIFT = 0.05
PUSH_DOWN = """() => {
  const box = document.createElement("div");
  box.append(...Array.from({length: 20}, () => Object.assign(document.createElement("p"), {textContent: "…"})));
  document.body.prepend(box);
}"""
SCHOOL = "/alpha/east"
COUNTED = ("text/html", "text/css", "javascript", "image/svg+xml")
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)));
})"""


def first_load(visitor: Visitor, path: str) -> int:
    """Return the bytes of a page with all its styles, scripts and drawings, each packed, from an empty cache."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page = visitor.page.context.new_page()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("response", note)
    page.goto(f"{visitor.base}{path}", wait_until="networkidle")
    bodies = {
        answer.url: answer.body()
        for answer in answers
        if answer.ok and any(kind in answer.headers.get("content-type", "") for kind in COUNTED)
    }
    page.close()
    assert len(bodies) > 3, f"{path}: {list(bodies)}"
    return sum(len(gzip.compress(body, 6)) for body in bodies.values())


def strangers(page: Page, base: str) -> list[str]:
    """Keep the addresses of all that is asked of another host."""
    asked: list[str] = []
    own = urlsplit(base).netloc
    page.on(
        "request",
        lambda request: (
            asked.append(request.url)
            if urlsplit(request.url).scheme not in ("data", "blob") and urlsplit(request.url).netloc != own
            else None
        ),
    )
    return asked


def test_first_load_is_light(set_out: World, enter: Enter) -> None:
    alpha, east = set_out.alpha, set_out.alpha.schools[0]
    review = scenes.asked_reviews(alpha, east)[0]
    pages = {
        "/": enter(),
        "/me/": enter(east["teacher"]),
        f"{SCHOOL}/": enter(east["cio"]),
        f"/me/reviews/{review.pk}/": enter(east["reviewer"]),
    }
    weights = {path: first_load(visitor, path) for path, visitor in pages.items()}
    print("".join(f"\n{weight / 1024:6.1f} KB packed  {path}" for path, weight in weights.items()))
    heavy = [f"{path}: {weight} bytes" for path, weight in weights.items() if weight > MOST_AT_FIRST]
    assert heavy == [], "\n".join(heavy)


def test_lists_of_fifty_rows_are_light(set_out: World, enter: Enter) -> None:
    alpha, east = set_out.alpha, set_out.alpha.schools[0]
    crowd.gather(alpha, east, 50)
    lists = {
        east["cio"]: (
            f"{SCHOOL}/", f"{SCHOOL}/people/", f"{SCHOOL}/hours/", f"{SCHOOL}/selections/?state=proposed",
            f"{SCHOOL}/submissions/?state=ready", f"{SCHOOL}/submissions/?state=submitted", f"{SCHOOL}/panel/",
        ),
        alpha["county-office"]: (
            "/alpha/people/", "/alpha/hours/?school=east", "/alpha/programme/participants/", "/alpha/certificates/",
        ),
    }  # fmt: skip
    weights = {}
    for who, paths in lists.items():
        visitor = enter(who)
        for path in paths:
            visitor.go(path)
            rows = visitor.page.locator("main tbody tr").count()
            body = visitor.page.request.get(f"{visitor.base}{path}").body()
            weights[path] = (rows, len(body))
    print("".join(f"\n{size:7} bytes, {rows} rows  {path}" for path, (rows, size) in weights.items()))
    assert [path for path, (rows, _size) in weights.items() if rows < 50] == []
    heavy = [f"{path}: {size} bytes" for path, (_rows, size) in weights.items() if size > MOST_OF_A_LIST]
    assert heavy == [], "\n".join(heavy)


def test_pages_stand_still_while_they_come(set_out: World, enter: Enter) -> None:
    alpha, east = set_out.alpha, set_out.alpha.schools[0]
    review = scenes.asked_reviews(alpha, east)[0]
    draft = begun_submission(alpha, east, "teacher2", "A5")
    submission_at(alpha, east, SubmissionState.PASSED, "teacher2")
    confirmed_selection(alpha, alpha.schools[1])
    pages = {
        None: ("/",),
        east["teacher2"]: ("/me/", f"/me/submissions/{draft.pk}/"),
        east["cio"]: (f"{SCHOOL}/",),
        east["reviewer"]: (f"/me/reviews/{review.pk}/",),
        alpha["county-office"]: ("/alpha/", "/alpha/people/"),
    }
    shifts, foreign = {}, []
    for who, paths in pages.items():
        visitor = enter(who, PHONE)
        asked = strangers(visitor.page, visitor.base)
        for path in paths:
            visitor.page.goto(f"{visitor.base}{path}", wait_until="networkidle")
            shifts[path] = visitor.page.evaluate(SHIFT)
        foreign += asked
    print("".join(f"\n{shift:.4f}  {path}" for path, shift in shifts.items()))
    assert foreign == []
    visitor.page.evaluate(PUSH_DOWN)
    assert visitor.page.evaluate(SHIFT) > MOST_SHIFT, "what moves is not noticed"
    moving = [f"{path}: {shift:.3f}" for path, shift in shifts.items() if shift > MOST_SHIFT]
    assert moving == [], "\n".join(moving)
