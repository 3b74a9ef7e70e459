"""The demonstration county has a few alike pieces, found by the real task."""

import random
from pathlib import Path

import pytest
from django_scopes import scope

from assessment.submitting.likeness.checks import likenesses_point_backward
from assessment.submitting.likeness.models import Fingerprint, Likeness, LikenessLook, PrintStatus
from portal.demo import likeness
from portal.demo.county import build
from portal.demo.year import Year


@pytest.mark.django_db
def test_walk_leaves_a_copy_a_text_and_a_picture(tmp_path: Path) -> None:
    rng = random.Random(3)
    demo = build(n_schools=4, n_teachers=40, rng=rng, folder=tmp_path, say=lambda _sentence: None)
    year = Year(demo, rng, tmp_path, lambda _sentence: None)
    with scope(county=demo.county, school=None):
        schools = demo.rows
        year.plan(schools)
        year.choose(schools)
        begun = year.begin(schools)
        likeness.walk(year)
        found = Likeness.objects.select_related("piece", "earlier")
        assert {"exact", "text"} <= {row.kind for row in found}
        assert all(row.piece.school_id != row.earlier.school_id for row in found)
        assert LikenessLook.objects.count() == 1
        year.submit(begun[:6])
        likeness.settle(year)
        assert not Fingerprint.objects.filter(status=PrintStatus.WAITING).exists()
    assert list(likenesses_point_backward()[1]) == []
