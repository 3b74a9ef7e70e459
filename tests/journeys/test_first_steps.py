"""A newcomer on a phone: the slip's picture fills the code in, the password can be seen, first steps are shown."""

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from schools.people.actions import issue_codes, join
from schools.people.models import Person
from schools.people.slips import address_with
from tests.cast import World
from tests.journeys.conftest import Enter
from tests.journeys.pages import PASSWORD, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def slip_of_a_newcomer(world: World, base: str) -> tuple[str, str]:
    """Return a newcomer's code and the address that their slip's picture holds."""
    county, school = world.alpha.county, world.alpha.schools[0].school
    with scope(county=county, school=None):
        person = Person.objects.create(county=county, school=school, name="李新")
        join(person=person, role="teacher", school=school)
        [(_person, code)] = issue_codes(people=[person], county=county, by=None)
    return code, address_with(code, f"{base}{reverse('schools:activate')}")


def test_newcomer_opens_the_account_by_the_slips_picture(
    set_out: World, enter: Enter, live_server: LiveServer
) -> None:
    code, address = slip_of_a_newcomer(set_out, live_server.url)
    visitor = enter(size=PHONE)
    visitor.go(address)
    visitor.page.wait_for_function("location.hash === ''")
    assert visitor.page.input_value('input[name="code"]') == code
    visitor.page.fill('input[name="username"]', "lixin")
    for name in ("password", "password_again"):
        visitor.page.fill(f'input[name="{name}"]', PASSWORD)
    visitor.page.locator(".reveal button").first.click()
    assert visitor.page.get_attribute('input[name="password"]', "type") == "text"
    visitor.show("activation")
    visitor.press("/activate/")
    assert visitor.path == "/me/"
    assert visitor.page.locator(".tour").count() == 1
    visitor.press("/tour/teacher/close/")
    assert (visitor.path, visitor.page.locator(".tour").count()) == ("/me/", 0)


def test_newcomer_opens_the_account_without_script(
    set_out: World, browser: Browser, live_server: LiveServer
) -> None:
    code, _address = slip_of_a_newcomer(set_out, live_server.url)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}/activate/")
    typed = {"code": code.lower().replace("-", " "), "username": "lixin"}
    for name, value in {**typed, "password": PASSWORD, "password_again": PASSWORD}.items():
        page.fill(f'input[name="{name}"]', value)
    page.click("form.form button")
    assert page.url == f"{live_server.url}/me/"
    page.click(".tour form button")
    assert page.locator(".tour").count() == 0
    context.close()
