"""The public pages of the catalogue."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from microcapabilities.models import Catalogue, Criterion, EvidenceItem, Point

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
NOTE = "Default text, to be confirmed by the county"


def show(client: Client, name: str, *args: str) -> Any:
    return client.get(reverse(f"microcapabilities:{name}", args=args), headers=ENGLISH)


def test_catalogue_groups_by_environment_and_dimension(client: Client, loaded: None) -> None:
    context = show(client, "catalogue").context
    groups = [(group.letter, group.label, group.points, group.credits) for group in context["environments"]]
    assert groups == [
        ("A", "Multimedia environment", 13, 69),
        ("B", "Blended environment", 10, 63),
        ("C", "Smart environment", 7, 62),
    ]
    smart = context["environments"][2].dimensions
    assert [(group.label, [point.code for point in group.points], group.credits) for group in smart] == [
        ("Instructional design", ["C1", "C2"], 16),
        ("Learning guidance", ["C3", "C4", "C5"], 26),
        ("Academic evaluation", ["C6", "C7"], 20),
    ]
    assert (context["points"], context["credits"]) == (30, 194)


def test_catalogue_links_to_every_point(client: Client, loaded: None) -> None:
    page = show(client, "catalogue").content.decode()
    codes = Point.objects.values_list("code", flat=True)
    counts = {code: page.count(f'href="{reverse("microcapabilities:point", args=[code])}"') for code in codes}
    assert counts == dict.fromkeys(codes, 1)


@pytest.mark.parametrize("kept", [1, 3])
def test_catalogue_asks_two_queries_however_many_points(
    client: Client, loaded: None, django_assert_num_queries: Any, kept: int
) -> None:
    Point.objects.filter(position__gt=kept).delete()
    with django_assert_num_queries(2):
        response = show(client, "catalogue")
    assert response.context["points"] == kept


def test_catalogue_before_any_is_loaded(client: Client) -> None:
    response = show(client, "catalogue")
    assert (response.status_code, response.content.decode().count("No catalogue has been loaded yet.")) == (
        200,
        1,
    )


def test_catalogue_in_chinese_names_the_points_in_chinese(client: Client, loaded: None) -> None:
    url = reverse("microcapabilities:catalogue")
    page = client.get(url, headers={"accept-language": "zh-hans"}).content.decode()
    assert (page.count(">技术支持的学情分析<"), page.count("Technology-supported learner analysis")) == (1, 0)


def test_point_shows_items_and_kindergarten_variants(client: Client, loaded: None) -> None:
    response = show(client, "point", "A6")
    assert [str(item) for item in response.context["items"]] == [
        "1. Lesson design",
        "2. Recorded part of a lesson",
        "3. Reflection",
    ]
    assert [str(item) for item in response.context["variants"]] == [
        "1. Group activity design",
        "2. Recorded part of a group activity",
        "3. Reflection on the activity",
    ]
    page = response.content.decode()
    assert (page.count("At most 300 MB"), page.count("video of at most 10 minutes")) == (2, 2)


def test_point_shows_every_criterion_once(client: Client, loaded: None) -> None:
    page = show(client, "point", "A4").content.decode()
    texts = list(Criterion.objects.filter(item__point__code="A4").values_list("text_en", flat=True))
    assert [page.count(f"<li>{escape(text)}</li>") for text in texts] == [1] * 11


def test_point_when_unconfirmed_carries_the_note_per_text(client: Client, loaded: None) -> None:
    assert show(client, "point", "A4").content.decode().count(NOTE) == 1 + 2


def test_point_when_all_is_confirmed_carries_no_note(client: Client, loaded: None) -> None:
    for model in (Catalogue, Point, EvidenceItem, Criterion):
        model.objects.update(verified=True)
    assert show(client, "point", "A4").content.decode().count(NOTE) == 0


def test_point_when_one_criterion_is_unconfirmed_carries_one_note(client: Client, loaded: None) -> None:
    for model in (Catalogue, Point, EvidenceItem, Criterion):
        model.objects.update(verified=True)
    Criterion.objects.filter(item__point__code="A4", item__number=1, level="pass", number=1).update(
        verified=False
    )
    assert show(client, "point", "A4").content.decode().count(NOTE) == 1


@pytest.mark.parametrize("code", ["A1", "A6"])
def test_point_asks_three_queries_however_many_items(
    client: Client, loaded: None, django_assert_num_queries: Any, code: str
) -> None:
    with django_assert_num_queries(3):
        assert show(client, "point", code).status_code == 200


def test_point_when_unknown(client: Client, loaded: None) -> None:
    assert show(client, "point", "Z1").status_code == 404


def test_point_of_an_edition_that_is_not_current(client: Client, loaded: None) -> None:
    Catalogue.objects.update(is_current=False)
    assert show(client, "point", "A1").status_code == 404


@pytest.mark.parametrize(("name", "args"), [("catalogue", []), ("point", ["A1"])])
def test_pages_only_show(client: Client, loaded: None, name: str, args: list[str]) -> None:
    assert client.post(reverse(f"microcapabilities:{name}", args=args)).status_code == 405
