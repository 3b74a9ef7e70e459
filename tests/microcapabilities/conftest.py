"""Tests of the loader begin without any catalogue."""

import pytest

from microcapabilities.models import Catalogue, Criterion, EvidenceItem, Point


@pytest.fixture(autouse=True)
def no_catalogue(request: pytest.FixtureRequest) -> None:
    """Take the preloaded catalogue away for tests that touch the database."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        for model in (Criterion, EvidenceItem, Point, Catalogue):
            model.objects.all().delete()
