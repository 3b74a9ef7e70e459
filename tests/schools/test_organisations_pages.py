"""The county's schools, their leaders, and the experts."""

from django.urls import reverse
from django_scopes import scopes_disabled

from schools.organisations.models import School
from schools.people.models import Membership, Person
from tests.cast import World, cast_school


def roles_of(person: Person) -> set[str]:
    with scopes_disabled():
        return set(
            Membership.objects.filter(person=person, ends_on__isnull=True).values_list("role", flat=True)
        )


def test_schools_show_people_and_leaders_of_this_county(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-leader"])
    rows = client.get(reverse("schools:county-schools", args=["alpha"])).context["rows"]
    shown = {
        school.slug: (school.people_count, [held.person for held in leaders["cio"]])
        for school, leaders in rows
    }
    assert shown == {cast.school.slug: (len(cast.people), [cast["cio"]]) for cast in world.alpha.schools}


def test_schools_ask_as_often_for_one_row_as_for_five(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    for number in range(5):
        cast_school(world.alpha.county, f"村小{number}", f"village{number}")
    client, counts = signed_in_as(world.alpha["county-office"]), []
    for words, rows in (("村小0", 1), ("村小", 5)):
        with django_assert_num_queries(100, exact=False) as asked:
            answer = client.get(reverse("schools:county-schools", args=["alpha"]), {"q": words})
        assert len(answer.context["rows"]) == rows
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_school_staff_do_not_see_the_county(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["cio"])
    names = ("county-schools", "county-people", "county-experts")
    assert [client.get(reverse(f"schools:{name}", args=["alpha"])).status_code for name in names] == [403] * 3


def test_office_appoints_a_principal_from_the_school(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    client = signed_in_as(world.alpha["county-office"])
    address = reverse("schools:school-leaders", args=["alpha", east.school.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"person": east["teacher"].pk, "role": "principal"})
    assert roles_of(east["teacher"]) == {"teacher", "principal"}
    assert client.post(address, {"person": west["teacher"].pk, "role": "principal"}).status_code == 404
    refused = client.post(address, {"person": east["teacher2"].pk, "role": "county-office"})
    assert refused.context["form"].has_error("role")
    assert (roles_of(west["teacher"]), roles_of(east["teacher2"])) == ({"teacher"}, {"teacher"})


def test_leaders_of_another_county_are_not_there(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    south = world.beta.schools[0]
    client = signed_in_as(world.alpha["county-office"])
    address = reverse("schools:school-leaders", args=["alpha", south.school.pk])
    assert client.post(address, {"person": south["teacher"].pk, "role": "cio"}).status_code == 404
    assert roles_of(south["teacher"]) == {"teacher"}


def test_county_leader_appoints_nobody(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client = signed_in_as(world.alpha["county-leader"])
    address = reverse("schools:school-leaders", args=["alpha", east.school.pk])
    assert client.post(address, {"person": east["teacher"].pk, "role": "cio"}).status_code == 403
    experts = reverse("schools:county-experts", args=["alpha"])
    assert client.post(experts, {"person": east["teacher"].pk, "role": "expert"}).status_code == 403
    assert roles_of(east["teacher"]) == {"teacher"}


def test_office_appoints_and_ends_experts_of_the_county(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, office = world.alpha.schools[0], world.alpha["county-office"]
    client, address = signed_in_as(office), reverse("schools:county-experts", args=["alpha"])
    client.post(address, {"person": east["teacher"].pk, "role": "expert"})
    assert roles_of(east["teacher"]) == {"teacher", "expert"}
    client.post(address, {"person": office.pk, "role": "expert"})
    assert roles_of(office) == {"county-office"}
    foreign = world.beta.schools[0]["teacher"]
    assert client.post(address, {"person": foreign.pk, "role": "expert"}).status_code == 404
    with scopes_disabled():
        held = Membership.objects.get(person=east["teacher"], role="expert")
        others = Membership.objects.get(person=world.beta["expert"], role="expert")
    assert client.post(reverse("schools:expert-end", args=["alpha", held.pk])).status_code == 302
    assert client.post(reverse("schools:expert-end", args=["alpha", others.pk])).status_code == 404
    assert (roles_of(east["teacher"]), roles_of(world.beta["expert"])) == ({"teacher"}, {"expert"})


def test_experts_page_lists_only_the_countys_and_finds_candidates(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    address = reverse("schools:county-experts", args=["alpha"])
    answer = signed_in_as(world.alpha["county-office"]).get(address, {"q": "东风小学teacher2"})
    held = {membership.person for _role, membership in answer.context["rows"]}
    assert held == {world.alpha["expert"], world.alpha["expert2"], world.alpha["trainer"]}
    assert answer.context["candidates"] == [world.alpha.schools[0]["teacher2"]]


def test_long_lists_are_turned_page_by_page_with_the_search_kept(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    School.objects.bulk_create(
        School(county=world.alpha.county, name=f"村小{number:02d}", slug=f"v{number}") for number in range(51)
    )
    client, address = (
        signed_in_as(world.alpha["county-office"]),
        reverse("schools:county-schools", args=["alpha"]),
    )
    first = client.get(address, {"q": "村小"}).context
    second = client.get(f"{address}{first['page'].next_url}").context
    assert (len(first["rows"]), len(second["rows"]), second["page"].next_url) == (50, 1, "")
