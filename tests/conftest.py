"""Fixtures of the whole suite."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope

from microcapabilities.loading import load
from schools.people.models import Person
from tests.cast import World, the_world


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # type: ignore[no-untyped-def]
    """The shipped catalogue stands in the test database from the beginning, as it does in every portal."""
    with django_db_blocker.unblock():
        load(settings.BASE_DIR / "fixtures" / "catalogue-2.0")
        the_world()


@pytest.fixture
def world(db: None) -> World:
    """Two counties, three schools, a person per role; no scope is open.

    They stand in the database from the beginning; after a test that emptied it they are written anew.
    """
    return the_world()


@pytest.fixture
def in_alpha(world: World) -> Iterator[World]:
    """The world with county Alpha's scope open."""
    with scope(county=world.alpha.county, school=None):
        yield world


@pytest.fixture
def signed_in_as(client: Client):  # type: ignore[no-untyped-def]
    """A function that signs a person in and returns the client."""

    def sign_in(person: Person) -> Client:
        client.force_login(person.user, backend="schools.access.backend.MembershipBackend")
        return client

    return sign_in
