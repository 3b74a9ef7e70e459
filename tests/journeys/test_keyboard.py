"""By keyboard alone: the focus can always be seen, nothing covers it, and whole tasks are done with it."""

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from assessment.selecting.models import Selection, SelectionState
from tests.cast import World
from tests.journeys import scenes
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, WIDE, Visitor
from tests.stories import CODES, begun_submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_STOPS = 200
SCHOOL = "/alpha/east"
# Where the focus is: its place in words, whether an outline shows it, whether something covers all of it.
STANDING = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const marked = [here, here.closest("label"), here.labels?.[0]].filter(Boolean);
  const isSeen = marked.some((one) => {
    const look = getComputedStyle(one);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  });
  const box = (here.closest(".visually-hidden, .upload-way, .grades label") ?? here).getBoundingClientRect();
  const points = [[0.5, 0.5], [0.05, 0.1], [0.95, 0.1], [0.05, 0.9], [0.95, 0.9]]
    .map(([x, y]) => [box.left + x * box.width, box.top + y * box.height])
    .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const isFree = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && marked.some((one) => one.contains(top) || top.contains(one));
  });
  const name = (here.textContent.trim() || here.getAttribute("aria-label") || here.name || "").slice(0, 30);
  const number = [...document.querySelectorAll("*")].indexOf(here);
  return {place: `${here.tagName.toLowerCase()} ${name}`, number, isSeen, isFree};
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what the selector names."""
    for _step in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} at {page.url}")


def stops(page: Page) -> list[str]:
    """Walk through a whole page by Tab; return the stops where the focus cannot be seen or is covered."""
    found: list[str] = []
    seen: set[int] = set()
    for _step in range(MOST_STOPS):
        page.keyboard.press("Tab")
        standing = page.evaluate(STANDING)
        if standing is None or standing["number"] in seen:
            break
        seen.add(standing["number"])
        if not standing["isSeen"]:
            found.append(f"{page.url}: no outline on {standing['place']}")
        if not standing["isFree"]:
            found.append(f"{page.url}: {standing['place']} is covered")
    assert len(seen) > 5, f"{page.url}: only {len(seen)} stops"
    return found


def walk(visitor: Visitor, *paths: str) -> list[str]:
    found = []
    for path in paths:
        visitor.go(path)
        found += stops(visitor.page)
    return found


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_focus_is_seen_at_every_stop(set_out: World, enter: Enter, size: tuple[int, int]) -> None:
    alpha, east = set_out.alpha, set_out.alpha.schools[0]
    [review, *_others] = scenes.asked_reviews(alpha, east)
    draft = begun_submission(alpha, east, "teacher2", "A5")
    found = walk(enter(east["teacher2"], size), "/me/", f"/me/submissions/{draft.pk}/")
    found += walk(enter(alpha.schools[1]["teacher"], size), "/me/selection/")
    found += walk(enter(east["reviewer"], size), f"/me/reviews/{review.pk}/")
    found += walk(enter(east["cio"], size), f"{SCHOOL}/panel/")
    found += walk(enter(alpha["county-office"], size), "/alpha/")
    assert found == [], "\n".join(found)


def test_skip_link_leads_past_the_navigation(set_out: World, enter: Enter) -> None:
    page = enter(set_out.alpha.schools[0]["cio"]).page
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_teacher_proposes_by_keyboard(set_out: World, enter: Enter) -> None:
    person = set_out.alpha.schools[0]["teacher"]
    page = enter(person).page
    tab_to(page, 'main a.button[href="/me/selection/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/selection/")
    for code in CODES:
        tab_to(page, f'input[name="points"][value="{code}"]')
        page.keyboard.press("Space")
    for name, words in (
        ("problem", "学生不敢发言。"),
        ("goal", "每节课用一次数据。"),
        ("measure", "期末前两节课。"),
    ):
        tab_to(page, f'form [name="{name}"]')
        page.keyboard.insert_text(words)
    tab_to(page, "[data-selection-submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with scopes_disabled():
        choice = Selection.objects.get(person=person)
        assert (choice.state, choice.chosen.count(), choice.goal) == (
            SelectionState.PROPOSED, len(CODES), "每节课用一次数据。",
        )  # fmt: skip


def test_cio_confirms_a_batch_by_keyboard(set_out: World, enter: Enter) -> None:
    alpha, east = set_out.alpha, set_out.alpha.schools[0]
    for who in ("teacher", "teacher2"):
        scenes.endorsed_selection(alpha, east, who)
    page = enter(east["cio"]).page
    tab_to(page, 'main a.button[href$="/selections/?state=endorsed"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**state=endorsed")
    tab_to(page, "[data-select-all]")
    page.keyboard.press("Space")
    tab_to(page, "[data-batch-submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with scopes_disabled():
        assert set(Selection.objects.values_list("state", flat=True)) == {SelectionState.CONFIRMED}
