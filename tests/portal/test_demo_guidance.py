"""Guidance in the demonstration county is lived by the real actions and breaks no invariant."""

import random
from importlib import import_module
from pathlib import Path

import pytest
from django_scopes import scope, scopes_disabled

from assessment.guiding.inspections.models import Issue, IssueState
from assessment.guiding.models import Circular, LibraryDocument, Receipt, Visit
from portal.demo import guidance
from portal.demo.county import build
from portal.demo.year import Year
from portal.management.commands.check_invariants import ROOMS
from schools.invariants import examine


@pytest.mark.django_db
def test_walk_leaves_visits_issues_documents_and_circulars(tmp_path: Path) -> None:
    rng = random.Random(3)
    demo = build(n_schools=4, n_teachers=40, rng=rng, folder=tmp_path, say=lambda _sentence: None)
    year = Year(demo, rng, tmp_path, lambda _sentence: None)
    with scope(county=demo.county, school=None):
        guidance.walk(year, demo.rows)
        states = list(Issue.objects.filter(inspection__isnull=False).values_list("state", flat=True))
        assert sorted(states) == sorted([*IssueState] * 3)
        assert (Visit.objects.count(), LibraryDocument.objects.count()) == (8, 5)
        assert (Circular.objects.count(), Receipt.objects.filter(read_at=None).exists()) == (4, True)
        assert year.counts["circular receipts"] == Receipt.objects.count()
    for room in ROOMS:
        import_module(room)
    with scopes_disabled():
        found = {
            result.number: result.violations for result in examine() if result.number in (6, 7, 10, 12, 16)
        }
    assert found == {6: [], 7: [], 10: [], 12: [], 16: []}
