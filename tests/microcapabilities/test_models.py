"""Rows of the catalogue: variants by school stage, active language, constraints, order."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from microcapabilities.models import Level, Point

SHIPPED = Path(settings.BASE_DIR) / "fixtures" / "catalogue-2.0"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "names"),
    [
        ("", ["教学设计", "课堂实录片段", "教学反思"]),
        ("primary", ["教学设计", "课堂实录片段", "教学反思"]),
        ("kindergarten", ["集体活动设计", "集体活动实录片段", "活动反思"]),
    ],
)
def test_items_for_a_stage(stage: str, names: list[str], loaded: None) -> None:
    assert [item.name_zh for item in Point.objects.get(code="A6").items_for(stage)] == names


@pytest.mark.django_db
def test_items_for_a_stage_when_only_one_item_has_a_variant(loaded: None) -> None:
    items = Point.objects.get(code="A3").items_for("kindergarten")
    assert [(item.number, item.stage) for item in items] == [(1, ""), (2, ""), (3, "kindergarten")]


@pytest.mark.django_db
def test_items_for_when_prefetched_asks_nothing_more(django_assert_num_queries: Any, loaded: None) -> None:
    points = list(Point.objects.prefetch_related("items"))
    with django_assert_num_queries(0):
        assert [len(point.items_for("kindergarten")) for point in points[:2]] == [2, 3]


@pytest.mark.django_db
def test_texts_follow_the_active_language(loaded: None) -> None:
    point = Point.objects.get(code="A1")
    with translation.override("zh-hans"):
        assert (str(point), point.catalogue.title) == ("A1 技术支持的学情分析", point.catalogue.title_zh)
    with translation.override("en"):
        assert str(point) == "A1 Technology-supported learner analysis"
        assert (str(point.items.all()[0]), point.get_dimension_display()) == (
            "1. Learner analysis plan",
            "Learner analysis",
        )


@pytest.mark.django_db
def test_database_refuses_a_point_without_credits(loaded: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.filter(code="A1").update(credits=0)
    assert Point.objects.get(code="A1").credits == 4


@pytest.mark.django_db
def test_criteria_stand_by_level_in_the_order_of_the_file(loaded: None) -> None:
    item = Point.objects.get(code="A1").items.get(number=1)
    written = json.loads((SHIPPED / "a.json").read_text(encoding="utf-8"))[0]["items"][0]["criteria"]
    by_level = {
        Level.EXCELLENT: [criterion.text_zh for criterion in item.criteria_for_excellent],
        Level.PASS: [criterion.text_zh for criterion in item.criteria_for_pass],
    }
    assert by_level == {
        level: [criterion["text_zh"] for criterion in written if criterion["level"] == level]
        for level in Level
    }
