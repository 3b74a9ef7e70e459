"""Loading the catalogue: what is shipped, what is refused, and what a second run leaves alone."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from microcapabilities.loading import load
from microcapabilities.models import Catalogue, Criterion, EvidenceItem, Point
from microcapabilities.reading import MalformedCatalogue, read_catalogue

SHIPPED = Path(settings.BASE_DIR) / "fixtures" / "catalogue-2.0"
ROWS = (Catalogue, Point, EvidenceItem, Criterion)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "catalogue-2.0"))


def spoil(path: Path, change: Callable[[Any], None]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def everything() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in ROWS]


def row_count() -> int:
    return sum(model.objects.count() for model in ROWS)


def test_shipped_points_have_the_credits_of_the_table() -> None:
    _, points = read_catalogue(SHIPPED)
    sums = {
        letter: sum(point["credits"] for point in points if point["environment"] == letter)
        for letter in "ABC"
    }
    assert sums == {"A": 69, "B": 63, "C": 62}
    codes = [
        f"{letter}{number}"
        for letter, last in (("A", 13), ("B", 10), ("C", 7))
        for number in range(1, last + 1)
    ]
    assert [point["code"] for point in points] == codes


def test_shipped_items_have_three_criteria_for_excellent_and_two_for_pass() -> None:
    _, points = read_catalogue(SHIPPED)
    thin = []
    for point in points:
        for item in point["items"]:
            levels = [criterion["level"] for criterion in item["criteria"]]
            if levels.count("excellent") < 3 or levels.count("pass") < 2:
                thin.append((point["code"], item["number"], item["stage"]))
    assert thin == []


def test_shipped_student_impressions_have_a_kindergarten_variant() -> None:
    _, points = read_catalogue(SHIPPED)
    asked = [
        (point["code"], item["number"])
        for point in points
        for item in point["items"]
        if not item["stage"] and "学生体会" in item["name_zh"]
    ]
    variants = {
        (point["code"], item["number"])
        for point in points
        for item in point["items"]
        if item["stage"] == "kindergarten"
    }
    assert len(asked) >= 6
    assert [place for place in asked if place not in variants] == []


def test_shipped_texts_are_unconfirmed_where_nobody_confirmed_them() -> None:
    _, points = read_catalogue(SHIPPED)
    assert {item["source"] for point in points for item in point["items"] if item["verified"]} == {"F6", "F7"}
    confirmed = [
        criterion
        for point in points
        for item in point["items"]
        for criterion in item["criteria"]
        if criterion["verified"] and criterion["source"] == "own words"
    ]
    assert confirmed == []


@pytest.mark.django_db
def test_load_writes_the_whole_catalogue_in_order() -> None:
    tally = load(SHIPPED)
    assert tally == {"created": row_count()}
    points = list(Point.objects.all())
    assert [point.position for point in points] == list(range(1, 31))
    assert (points[0].code, points[-1].code) == ("A1", "C7")


@pytest.mark.django_db
def test_load_when_run_twice_changes_nothing() -> None:
    load(SHIPPED)
    before = everything()
    assert load(SHIPPED) == {"unchanged": row_count()}
    assert everything() == before


@pytest.mark.django_db
def test_load_when_the_files_changed_updates_only_that_row(folder: Path) -> None:
    load(SHIPPED)
    spoil(folder / "a.json", lambda points: points[0].update(looks_at_en="Something else."))
    assert load(folder) == {"updated": 1, "unchanged": row_count() - 1}
    assert Point.objects.get(code="A1").looks_at_en == "Something else."


@pytest.mark.django_db
def test_load_when_the_county_confirmed_a_text_keeps_it() -> None:
    load(SHIPPED)
    criterion = Criterion.objects.filter(item__point__code="A1").first()
    assert criterion
    criterion.text_zh, criterion.verified = "县定标准", True
    criterion.save()
    assert load(SHIPPED) == {"kept as confirmed": 1, "unchanged": row_count() - 1}
    criterion.refresh_from_db()
    assert criterion.text_zh == "县定标准"


@pytest.mark.django_db
def test_load_when_the_county_confirmed_the_catalogue_keeps_the_points_texts() -> None:
    load(SHIPPED)
    Catalogue.objects.update(verified=True)
    Point.objects.filter(code="A1").update(looks_at_zh="县定说明")
    EvidenceItem.objects.filter(point__code="A1", number=1).update(name_zh="改动")
    assert load(SHIPPED) == {"kept as confirmed": 2, "updated": 1, "unchanged": row_count() - 3}
    assert Point.objects.get(code="A1").looks_at_zh == "县定说明"


@pytest.mark.django_db
def test_load_when_another_edition_is_current_takes_over_once() -> None:
    other = Catalogue.objects.create(
        slug="1.0", title_zh="旧", title_en="Old", source="test", is_current=True
    )
    load(SHIPPED)
    assert list(Catalogue.objects.filter(is_current=True).values_list("slug", flat=True)) == ["2.0"]
    Catalogue.objects.update(is_current=False)
    Catalogue.objects.filter(pk=other.pk).update(is_current=True)
    load(SHIPPED)
    assert list(Catalogue.objects.filter(is_current=True).values_list("slug", flat=True)) == ["1.0"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("a.json", lambda points: points.pop(), "a.json: 13 points are expected, not 12"),
        (
            "b.json",
            lambda points: points[0].update(credits=6),
            "b.json: the credits must add up to 63, not 64",
        ),
        ("c.json", lambda points: points[1].pop("name_en"), "c.json, C2: missing: name_en"),
        ("c.json", lambda points: points[1].update(rank=1), "c.json, C2: unknown: rank"),
        ("a.json", lambda points: points[2].update(credits=True), "a.json, A3: credits has the wrong type"),
        ("a.json", lambda points: points[2].update(name_zh=""), "a.json, A3: name_zh is empty"),
        ("a.json", lambda points: points[1].update(code="A1"), "a.json, A1: the code appears twice"),
        ("a.json", lambda points: points[0].update(environment="B"), "a.json, A1: environment must be A"),
        ("a.json", lambda points: points[0].update(dimension="XX"), "a.json, A1: unknown dimension XX"),
        (
            "a.json",
            lambda points: points[0]["items"][1].update(number=1),
            "a.json, A1: two items share number and stage",
        ),
        (
            "a.json",
            lambda points: points[4]["items"][1].update(max_minutes=None),
            "a.json, A5, item 2: max_minutes belongs to items that may be a video",
        ),
        (
            "a.json",
            lambda points: points[0]["items"][0].update(kinds=["X"]),
            "a.json, A1, item 1: kinds must be out of D V R P, not ['X']",
        ),
        (
            "a.json",
            lambda points: points[0]["items"][0].update(criteria=[]),
            "a.json, A1, item 1: criteria must cover excellent and pass, nothing else",
        ),
    ],
)
def test_load_when_malformed_names_file_and_point_and_writes_nothing(
    folder: Path, file: str, change: Callable[[Any], None], message: str
) -> None:
    spoil(folder / file, change)
    with pytest.raises(MalformedCatalogue) as refusal:
        load(folder)
    assert (str(refusal.value), row_count()) == (message, 0)


def test_read_when_a_file_is_missing(folder: Path) -> None:
    (folder / "b.json").unlink()
    with pytest.raises(MalformedCatalogue) as refusal:
        read_catalogue(folder)
    assert str(refusal.value) == "b.json: the file is missing from catalogue-2.0"


def test_read_when_a_file_is_not_json(folder: Path) -> None:
    (folder / "b.json").write_text("[", encoding="utf-8")
    with pytest.raises(MalformedCatalogue, match=r"^b\.json: not readable as JSON"):
        read_catalogue(folder)


@pytest.mark.django_db
def test_command_says_what_it_did() -> None:
    out = StringIO()
    call_command("load_catalogue", stdout=out)
    call_command("load_catalogue", stdout=out)
    rows = row_count()
    assert out.getvalue() == f"Catalogue 2.0: {rows} created\nCatalogue 2.0: {rows} unchanged\n"


@pytest.mark.django_db
def test_command_when_the_edition_does_not_exist() -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("load_catalogue", "9.9")
    assert str(refusal.value) == "catalogue.json: the file is missing from catalogue-9.9"
