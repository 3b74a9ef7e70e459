"""The first steps of each role: three to five, shown on one's home until they are put away."""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from portal.help.tour import tour_of
from schools.access.roles import ROLES
from tests.cast import World
from tests.stories import programme

HOME = "/me/"


def first_steps(client: Client, url: str = HOME):  # type: ignore[no-untyped-def]
    """Return the tour on a page, or None."""
    found = client.get(url).context["first_steps"]
    return found if found else None


@pytest.mark.parametrize("key", ROLES)
def test_tour_has_three_to_five_steps(key: str) -> None:
    steps = tour_of(ROLES[key]).steps
    assert 3 <= len(steps) <= 5
    assert len({str(step.label) for step in steps}) == len(steps)


def test_tour_is_shown_until_it_is_put_away_and_never_again(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    client = signed_in_as(world.alpha.schools[0]["teacher"])
    tour = first_steps(client)
    assert tour.role is ROLES["teacher"]
    assert first_steps(client) is not None
    assert client.get(tour.close_url).status_code == 405
    assert client.post(tour.close_url, {"next": HOME})["Location"] == HOME
    assert first_steps(client) is None
    client.session.flush()
    assert client.get(HOME).status_code == 302
    assert first_steps(signed_in_as(world.alpha.schools[0]["teacher"])) is None


def test_tour_put_away_by_one_is_still_shown_to_others_at_the_same_computer(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    programme(world.alpha)
    east = world.alpha.schools[0]
    client = signed_in_as(east["teacher"])
    client.post(reverse("portal:tour-close", args=["teacher"]))
    assert first_steps(client) is None
    assert first_steps(signed_in_as(east["teacher2"])) is not None


def test_tour_of_another_role_is_shown_on_its_own_home(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    client = signed_in_as(world.alpha.schools[0]["principal"])
    tour = first_steps(client, "/alpha/east/")
    assert tour.role is ROLES["principal"]
    assert [resolve(step.url).view_name for step in tour.steps if step.url] != []
    assert reverse("assessment:school-return", args=["alpha", "east"]) in [step.url for step in tour.steps]


def test_tour_stands_on_homes_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    client = signed_in_as(world.alpha.schools[0]["teacher"])
    assert first_steps(client, reverse("assessment:hours")) is None


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_putting_away_never_leads_elsewhere(world: World, signed_in_as, elsewhere: str) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["teacher"])
    answer = client.post(reverse("portal:tour-close", args=["teacher"]), {"next": elsewhere})
    assert answer["Location"] == reverse("portal:home")


def test_tour_is_found_again_under_help(client: Client, db: None) -> None:
    answer = client.get(reverse("portal:help-role", args=["teacher"]))
    assert answer.content.decode().count('class="tour"') == 1
    assert answer.context["tour"].close_url == ""
