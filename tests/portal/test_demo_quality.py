"""Exemplars, practice and groups' records in the demonstration county are lived by the real actions."""

import random
from importlib import import_module
from pathlib import Path

import pytest
from django_scopes import scope, scopes_disabled

from assessment.reviewing.exemplars.models import Exemplar, ExemplarState, Practice
from assessment.reviewing.group_records.queries import judged_records
from assessment.training.activities.models import Activity
from portal.demo import activities, filings, quality
from portal.demo.county import build
from portal.demo.year import Year
from portal.management.commands.check_invariants import ROOMS
from schools.invariants import examine


@pytest.mark.django_db
def test_hooks_leave_exemplars_practice_and_judged_records(tmp_path: Path) -> None:
    rng = random.Random(3)
    demo = build(n_schools=2, n_teachers=12, rng=rng, folder=tmp_path, say=lambda _sentence: None)
    year = Year(demo, rng, tmp_path, lambda _sentence: None)
    with scope(county=demo.county, school=None):
        year.plan(demo.rows)
        filings.walk(year, demo.rows)
        activities.walk(year, demo.rows, is_recognised=False)
        year.choose(demo.rows)
        year.submit(year.begin(demo.rows)[:6])
        year.review(demo.rows)
        year.decide(demo.rows)
        quality.exemplars(year)
        quality.practice(year)
        quality.group_records(year, demo.rows)
        states = set(Exemplar.objects.values_list("state", flat=True))
        assert (states, Exemplar.objects.count() >= 2) == ({ExemplarState.SHOWN}, True)
        assert Practice.objects.count() == year.counts["practice"] > 0
        assert Activity.objects.count() > 0
        assert judged_records(demo.programme).count() >= year.counts["group records"] > 0
    for room in ROOMS:
        import_module(room)
    with scopes_disabled():
        found = {result.number: result.violations for result in examine() if result.number in (6, 7, 10)}
    assert found == {6: [], 7: [], 10: []}
