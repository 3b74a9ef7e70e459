"""Panels in the demonstration county are lived by the real actions and break no invariant."""

import random
from importlib import import_module
from pathlib import Path

import pytest
from django_scopes import scope, scopes_disabled

from assessment.reviewing.honours.models import HonourName
from assessment.reviewing.panels.models import Delegation, Relation
from assessment.reviewing.phrases.models import Phrase
from portal.demo import panels
from portal.demo.county import build
from portal.demo.year import Year
from portal.management.commands.check_invariants import ROOMS
from schools.invariants import examine


@pytest.mark.django_db
def test_walk_leaves_guests_relations_phrases_and_honours(tmp_path: Path) -> None:
    rng = random.Random(3)
    demo = build(n_schools=2, n_teachers=16, rng=rng, folder=tmp_path, say=lambda _sentence: None)
    year = Year(demo, rng, tmp_path, lambda _sentence: None)
    with scope(county=demo.county, school=None):
        panels.prepare(year, demo.rows)
        assert Delegation.objects.filter(ended_at__isnull=False).count() == 1
        assert (Relation.objects.exists(), Phrase.objects.filter(school=None, person=None).count()) == (
            True,
            3,
        )
        year.plan(demo.rows)
        year.choose(demo.rows)
        begun = year.begin(demo.rows)
        year.submit(begun)
        for _round in range(2):  # a split asks for a third review
            year.review(demo.rows)
        year.decide(demo.rows)
        panels.honour(year, demo.rows)
        panels.coach(year, demo.rows)
        assert HonourName.objects.count() == year.counts["names for honours"] > 0
    for room in ROOMS:
        import_module(room)
    with scopes_disabled():
        found = {
            result.number: result.violations for result in examine() if result.number in (5, 7, 8, 9, 15)
        }
    assert found == {5: [], 7: [], 8: [], 9: [], 15: []}
