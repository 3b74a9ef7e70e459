"""Waves: sizes by largest remainder, shares against the rule, schools that are placed or proposed."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from django_scopes import scopes_disabled

from assessment.programme.models import Programme, Wave
from assessment.programme.waves.actions import WaveWanted, place, propose, set_waves
from assessment.programme.waves.models import Enrolment
from assessment.programme.waves.queries import standings_of, waves_of, without_wave
from assessment.programme.waves.sizes import sizes_explained, wave_sizes
from schools.access.actor import Actor
from schools.notices.models import Notice
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused
from tests.cast import World, acting
from tests.stories import programme

pytestmark = pytest.mark.django_db
SHARES = (20, 40, 40)


@pytest.mark.parametrize(
    ("schools", "shares", "sizes"),
    [
        (37, SHARES, [7, 15, 15]),
        (0, SHARES, [0, 0, 0]),
        (1, SHARES, [0, 1, 0]),
        (10, SHARES, [2, 4, 4]),
        (100, (33, 33, 34), [33, 33, 34]),
        (7, (50, 50), [4, 3]),
        (5, (), []),
    ],
)
def test_sizes_by_largest_remainder(schools: int, shares: tuple[int, ...], sizes: list[int]) -> None:
    assert wave_sizes(schools, shares) == sizes
    assert not shares or sum(sizes) == schools


@override("en")
def test_rounding_is_explained_for_thirty_seven() -> None:
    assert sizes_explained(37, SHARES) == (
        "37 schools by 20 %, 40 %, 40 % would be 7.4, 14.8, 14.8. The whole numbers come first; "
        "the 2 schools left go to the largest remainders: 7, 15, 15."
    )
    assert sizes_explained(10, SHARES) == "10 schools by 20 %, 40 %, 40 % make exactly 2, 4, 4."


def office(world: World) -> Actor:
    return acting(world.alpha["county-office"])


def with_waves(world: World, schools: int = 37) -> Programme:
    """Alpha with so many schools in all, three waves, none placed."""
    made = programme(world.alpha)
    for number in range(schools - 2):
        School.objects.create(county=world.alpha.county, name=f"第{number:02d}小学", slug=f"s{number}")
    wanted = [WaveWanted(f"Wave {place}", 2026 + place, share) for place, share in enumerate(SHARES, start=1)]
    set_waves(programme=made, waves=wanted, by=office(world))
    return made


def test_proposing_fills_by_shares_and_keeps_who_is_placed(in_alpha: World) -> None:
    made, (east, west) = with_waves(in_alpha), in_alpha.alpha.schools
    third = waves_of(made)[2]
    place(programme=made, schools=[east.school], wave=third, by=office(in_alpha))
    weak = list(School.objects.filter(slug__in=["s1", "s2"]))
    place(programme=made, schools=weak, tier="weak", by=office(in_alpha))
    place(programme=made, schools=[west.school], is_pilot=True, by=office(in_alpha))
    assert propose(programme=made, by=office(in_alpha)) == 36
    assert [(row.wanted, row.schools, row.is_kept) for row in standings_of(made, waves_of(made))] == [
        (7, 7, True),
        (15, 15, True),
        (15, 15, True),
    ]
    numbers = dict(Enrolment.objects.values_list("school__slug", "wave__number"))
    assert [numbers[slug] for slug in ("east", "west", "s1", "s2")] == [3, 1, 3, 3]
    assert without_wave(made) == 0
    assert propose(programme=made, by=office(in_alpha)) == 0


def test_shares_that_are_not_kept_stand_beside_the_rule(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        made = with_waves(world, 10)
        schools = list(School.objects.filter(county=world.alpha.county)[:5])
        place(programme=made, schools=schools, wave=waves_of(made)[0], by=office(world))
    page = signed_in_as(world.alpha["county-leader"]).get(reverse("assessment:county-waves", args=["alpha"]))
    rows = [(row.wanted, row.schools, row.percent, row.difference) for row in page.context["standings"]]
    assert rows == [(2, 5, 50, 3), (4, 0, 0, -4), (4, 0, 0, -4)]
    assert (page.context["rest"], page.context["may_set"]) == (5, False)
    assert page.context["explained"] == sizes_explained(10, SHARES)


def test_shares_have_to_make_a_hundred(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    client, address = (
        signed_in_as(world.alpha["county-office"]),
        reverse("assessment:county-waves-save", args=["alpha"]),
    )
    typed = {"name-1": "First", "year-1": 2026, "share-1": 20, "name-2": "Second", "year-2": 2027}
    for share in (70, ""):
        answer = client.post(address, {**typed, "share-2": share})
        assert (answer.status_code, answer.context["waves_form"]["name-2"].value()) == (422, "Second")
    assert client.post(address, {**typed, "share-2": 80}).status_code == 302
    with scopes_disabled():
        found = list(Wave.objects.values_list("number", "name", "year", "share_percent"))
    assert found == [(1, "First", 2026, 20), (2, "Second", 2027, 80)]


def test_a_wave_with_schools_cannot_be_left_out(in_alpha: World) -> None:
    made = with_waves(in_alpha, 5)
    propose(programme=made, by=office(in_alpha))
    with pytest.raises(Refused) as refused:
        set_waves(programme=made, waves=[WaveWanted("All", 2026, 100)], by=office(in_alpha))
    assert refused.value.code == "schools"
    assert Wave.objects.filter(programme=made).count() == 3


def test_placing_needs_the_right_and_the_programme_s_own_wave(in_alpha: World) -> None:
    made, east = with_waves(in_alpha, 3), in_alpha.alpha.schools[0]
    with pytest.raises(Forbidden):
        place(programme=made, schools=[east.school], wave=waves_of(made)[0], by=acting(east["cio"]))
    made.waves.update(share_percent=50)
    other = Programme.objects.create(
        county=made.county, catalogue=made.catalogue, name="Old", year=2020, is_current=False,
        starts_on=made.starts_on, ends_on=made.ends_on,
    )  # fmt: skip
    strange = Wave.objects.create(
        county=made.county, programme=other, number=1, name="Old", share_percent=100, year=2020
    )
    with pytest.raises(Refused) as refused:
        place(programme=made, schools=[east.school], wave=strange, by=office(in_alpha))
    assert (refused.value.code, Enrolment.objects.count()) == ("wave", 0)


def test_the_cio_is_told_once_when_the_school_comes_into_a_wave(in_alpha: World) -> None:
    made, east = with_waves(in_alpha, 3), in_alpha.alpha.schools[0]
    told = Notice.objects.filter(person=east["cio"])
    before = told.count()
    for _twice in range(2):
        place(programme=made, schools=[east.school], wave=waves_of(made)[0], by=office(in_alpha))
    assert told.count() == before + 1
    assert Enrolment.objects.get(school=east.school).changes == 1


def test_ticked_schools_go_where_the_form_says(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        made, east = with_waves(world, 3), world.alpha.schools[0]
    client = signed_in_as(world.alpha["county-office"])
    address = reverse("assessment:county-waves-place", args=["alpha"])
    strange = world.beta.schools[0].school
    sent = {"ids": [east.school.pk, strange.pk], "wave": "2", "pilot": "yes", "tier": "model"}
    client.post(address, {"ids": east.school.pk, "wave": ""})
    with scopes_disabled():
        assert Enrolment.objects.count() == 0
    client.post(address, sent)
    with scopes_disabled():
        row = Enrolment.objects.get(programme=made)
    assert (row.school_id, row.is_pilot, row.tier) == (east.school.pk, True, "model")
    page = client.get(reverse("assessment:county-waves", args=["alpha"]), {"wave": "2"})
    assert [school.slug for school in page.context["rows"]] == ["east"]


def test_the_region_sees_the_sums_of_the_waves(world: World, client) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        made = with_waves(world, 10)
        propose(programme=made, by=office(world))
    client.force_login(world.observer, backend="schools.access.backend.MembershipBackend")
    page = client.get(reverse("assessment:region-home", args=["suzhou"]))
    assert [(row.number, row.schools, row.counties, row.percent) for row in page.context["waves"]] == [
        (1, 2, 1, 20),
        (2, 4, 1, 40),
        (3, 4, 1, 40),
    ]
    assert "东风小学" not in page.content.decode()
