"""Searching by keyboard and while one types, and without any script; lists sorted on a phone."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import World
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX, FOUND = "[data-search-box]", "#site-found a"


def test_slash_leads_to_the_search_and_arrows_to_what_is_found(set_out: World, enter: Enter) -> None:
    page = (visitor := enter(set_out.alpha["county-office"])).page
    visitor.go("/alpha/people/")
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("xihu", delay=40)
    expect(page.locator(FOUND).first).to_be_visible()
    assert page.url.endswith("/alpha/people/")
    page.keyboard.press("Escape")
    expect(page.locator(FOUND)).to_have_count(0)
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("xihu", delay=40)
    expect(page.locator(FOUND).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(FOUND).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/alpha/west/**")


def test_single_key_can_be_turned_off(set_out: World, enter: Enter) -> None:
    page = (visitor := enter(set_out.alpha["county-office"])).page
    visitor.go("/alpha/search/")
    page.locator("[data-search-keys]").uncheck()
    visitor.go("/alpha/people/")
    page.keyboard.press("/")
    expect(page.locator(BOX)).not_to_be_focused()


def test_slash_stays_a_sign_where_one_types(set_out: World, enter: Enter) -> None:
    page = (visitor := enter(set_out.alpha["county-office"])).page
    visitor.go("/alpha/people/")
    page.locator("#list-q").focus()
    page.keyboard.type("a/b")
    expect(page.locator("#list-q")).to_have_value("a/b")


def test_list_is_sorted_on_a_phone(set_out: World, enter: Enter) -> None:
    page = (visitor := enter(set_out.alpha["county-office"], size=PHONE)).page
    visitor.go("/alpha/schools/?q=x")
    assert page.locator("thead .sort").first.is_hidden()
    page.locator(".sort-menu summary").click()
    page.locator(".sort-menu a").first.click()
    page.wait_for_url("**/alpha/schools/?q=x&sort=-name")
    expect(page.locator("tbody th").first).to_contain_text("西湖小学")


def test_search_works_without_script(
    set_out: World, browser: Browser, live_server: LiveServer, enter: Enter
) -> None:
    cookies = enter(set_out.alpha["county-office"]).page.context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{live_server.url}/alpha/people/")
    page.locator(BOX).fill("西湖")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/alpha/search/?q=*")
    expect(page.locator("#found a").first).to_contain_text("西湖小学")
    context.close()
