"""Tests of the loader begin without any catalogue, all others with the shipped one."""

import pytest

from microcapabilities.models import Catalogue, Criterion, EvidenceItem, Point


@pytest.fixture
def loaded(db: None) -> None:
    """The shipped catalogue, which stands in the test database from the beginning."""


@pytest.fixture(autouse=True)
def no_catalogue(request: pytest.FixtureRequest) -> None:
    """Take the preloaded catalogue away for tests that touch the database and do not ask for it."""
    if "loaded" in request.fixturenames:
        return
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        for model in (Criterion, EvidenceItem, Point, Catalogue):
            model.objects.all().delete()
