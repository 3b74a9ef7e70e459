"""Fixtures of the whole suite."""

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django_scopes import scope

from microcapabilities.loading import load
from schools.people.models import Person
from tests.cast import World, the_world


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later collection of garbage; the rest is collected more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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


@pytest.fixture(scope="module")
def common_ground(django_db_setup: None, django_db_blocker) -> Iterator[World]:  # type: ignore[no-untyped-def]
    """The world for module fixtures: what they write stands for all tests of the module, then is taken back.

    A module that uses it has no tests with transactions of their own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_world()
        transaction.set_rollback(True)


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
