"""The plots: sound SVG without references, the page's own figures, open to those who may see the board."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django_scopes import scope

from assessment.checking.lines import lines_of
from assessment.reporting.county_boards import whole
from assessment.reporting.days import recount
from assessment.reporting.school_board import board
from assessment.reporting.school_reading import read_lines
from assessment.submitting.models import SubmissionState
from tests.cast import World
from tests.stories import programme, submission_at

SVG = "{http://www.w3.org/2000/svg}"
COUNTY = ("county-plot-funnel", "county-plot-curve")
SCHOOL = ("school-plot-curve", "school-plot-credits")


def address(name: str) -> str:
    slugs = ["alpha", "east"] if name in SCHOOL else ["alpha"]
    return reverse(f"assessment:{name}", args=slugs)


@pytest.fixture(scope="module")
def counted(common_ground: World) -> None:
    """East has an accepted and a begun point; the days are counted."""
    alpha = common_ground.alpha
    submission_at(alpha, alpha.schools[0], SubmissionState.ACCEPTED)
    submission_at(alpha, alpha.schools[0], SubmissionState.DRAFT, code="A5")
    with scope(county=alpha.county, school=None):
        recount(programme(alpha))


@pytest.fixture
def moved(counted: None, world: World) -> World:
    """East with an accepted and a begun point, its days counted."""
    return world


@pytest.mark.parametrize("name", [*COUNTY, *SCHOOL])
@pytest.mark.parametrize("look", ["", "?scheme=dark&size=narrow", "?scheme=pink&size=huge"])
def test_plot_is_sound_svg_that_refers_to_nothing(moved: World, signed_in_as, name: str, look: str) -> None:  # type: ignore[no-untyped-def]
    who = moved.alpha.schools[0]["cio"] if name in SCHOOL else moved.alpha["county-office"]
    answer = signed_in_as(who).get(address(name) + look)
    text = answer.content.decode()
    root = ElementTree.fromstring(text)
    assert (answer["Content-Type"], root.tag) == ("image/svg+xml", f"{SVG}svg")
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}
    assert {f"{SVG}script", f"{SVG}image", f"{SVG}a"} & {node.tag for node in root.iter()} == set()
    assert [key for node in root.iter() for key in node.attrib if "href" in key or key.startswith("on")] == []
    assert (int(root.get("width", 0)) > 0, int(root.get("height", 0)) > 0) == (True, True)
    assert "script-src" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", [*COUNTY, *SCHOOL])
def test_plot_has_the_size_that_the_page_says(moved: World, signed_in_as, name: str) -> None:  # type: ignore[no-untyped-def]
    home = "school-home" if name in SCHOOL else "county-home"
    who = moved.alpha.schools[0]["cio"] if name in SCHOOL else moved.alpha["county-office"]
    client = signed_in_as(who)
    slugs = ["alpha", "east"] if name in SCHOOL else ["alpha"]
    plots = dict(client.get(reverse(f"assessment:{home}", args=slugs)).context["plots"])
    plot = plots[address(name)]
    for query, size in (("", plot.wide), ("?size=narrow", plot.narrow)):
        root = ElementTree.fromstring(client.get(address(name) + query).content)
        assert (int(root.get("width", 0)), int(root.get("height", 0))) == size


@pytest.mark.parametrize("name", [*COUNTY, *SCHOOL])
def test_plot_shows_the_version_that_the_page_asks_for(moved: World, signed_in_as, name: str) -> None:  # type: ignore[no-untyped-def]
    who = moved.alpha.schools[0]["cio"] if name in SCHOOL else moved.alpha["county-office"]
    client = signed_in_as(who)
    home = reverse("assessment:school-home", args=["alpha", "east"])
    home = home if name in SCHOOL else reverse("assessment:county-home", args=["alpha"])
    version = dict(client.get(home).context["plots"])[address(name)].version
    answer = client.get(f"{address(name)}?v={version}")
    assert answer["ETag"].startswith(f'"{version}')
    assert "max-age=86400" in answer["Cache-Control"]
    assert "max-age=0" in client.get(f"{address(name)}?v=old")["Cache-Control"]
    again = client.get(address(name), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_version_changes_with_the_figures(moved: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(moved.alpha["county-office"])
    first = client.get(address("county-plot-funnel"))["ETag"]
    submission_at(moved.alpha, moved.alpha.schools[1], SubmissionState.SUBMITTED)
    assert client.get(address("county-plot-funnel"))["ETag"] != first


def test_table_and_curve_hold_the_counters(moved: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    page = signed_in_as(moved.alpha["county-office"]).get(reverse("assessment:county-home", args=["alpha"]))
    funnel, curve = (plot for _url, plot in page.context["plots"])
    assert [row[1:3] for row in funnel.rows] == [("4", "4"), ("1", "4"), ("1", "4"), ("1", "4"), ("1", "4")]
    assert curve.rows[0][1:] == ("25% (1)", "25% (1)", "25% (1)", "25% (1)")


def test_plots_are_closed_like_the_board(moved: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = moved.alpha.schools
    asked = {
        (east["cio"], "county-plot-funnel"): 403,
        (east["teacher"], "school-plot-curve"): 403,
        (west["cio"], "school-plot-curve"): 404,
        (moved.beta["county-office"], "county-plot-curve"): 404,
        (moved.beta["county-office"], "school-plot-credits"): 404,
        (moved.alpha["county-leader"], "county-plot-curve"): 200,
        (east["group-head"], "school-plot-credits"): 200,
    }
    assert {key: signed_in_as(key[0]).get(address(key[1])).status_code for key in asked} == asked


def test_board_reads_the_same_lines_and_sums_as_return_and_counters(moved: World) -> None:
    year = programme(moved.alpha)
    with scope(county=moved.alpha.county, school=None):
        for cast in moved.alpha.schools:
            assert read_lines(year, cast.school) == lines_of(year, cast.school)
            assert board(year, cast.school).whole == whole(year, cast.school)
