"""Lists of people, one person, slips and the identity number shown once."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from schools.audit.models import AuditEntry
from schools.people.models import ActivationCode, Person
from schools.people.sealing import unseal
from tests.cast import SchoolCast, World, give_role, make_person


def at(name: str, cast: SchoolCast, *args: int) -> str:
    return reverse(f"schools:{name}", args=[cast.school.county.slug, cast.school.slug, *args])


def newcomers(cast: SchoolCast, count: int) -> list[Person]:
    """People of the school without an account, teachers by role."""
    people = []
    for number in range(count):
        person = make_person(f"新人{number}", cast.school.county, cast.school)
        user, person.user = person.user, None
        with scopes_disabled():
            person.save()
        user.delete()
        give_role(person, "teacher", cast.school)
        people.append(person)
    return people


def audit(act: str) -> list[dict[str, object]]:
    with scopes_disabled():
        return [entry.details for entry in AuditEntry.objects.filter(act=act).order_by("pk")]


def test_school_people_shows_the_school_only_and_masks(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    answer = signed_in_as(east["cio"]).get(at("school-people", east))
    listed = {row.person.pk for row in answer.context["rows"]}
    assert listed == {person.pk for person in east.people.values()}
    text = answer.content.decode()
    assert text.count(unseal(east["teacher"].id_number_sealed)) == 0
    assert text.count(east["teacher"].phone) == 0
    assert text.count(east["teacher"].id_number_shown) > 0


@pytest.mark.parametrize("words", ["欧阳雪", "ouyang", "oyx", "JX-77"])
def test_people_are_found_by_name_pinyin_initials_and_number(world: World, signed_in_as, words: str) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    wanted = make_person("欧阳雪", world.alpha.county, east.school)
    with scopes_disabled():
        Person.objects.filter(pk=wanted.pk).update(training_number="JX-77")
    address = reverse("schools:county-people", args=["alpha"])
    answer = signed_in_as(world.alpha["county-office"]).get(address, {"q": words})
    assert [row.person.pk for row in answer.context["rows"]] == [wanted.pk]


def test_county_people_filters_by_school_and_knows_no_other_county(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    address, west = reverse("schools:county-people", args=["alpha"]), world.alpha.schools[1]
    chosen = client.get(address, {"school": west.school.pk})
    assert {row.person.pk for row in chosen.context["rows"]} == {person.pk for person in west.people.values()}
    foreign = client.get(address, {"school": world.beta.schools[0].school.pk})
    assert {row.person.county_id for row in foreign.context["rows"]} == {world.alpha.county.pk}
    assert client.get(reverse("schools:county-people", args=["beta"])).status_code == 404


def test_lists_ask_as_often_for_one_row_as_for_five(
    world: World, signed_in_as, django_assert_num_queries: DjangoAssertNumQueries
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    newcomers(east, 5)
    client = signed_in_as(world.alpha["county-office"])
    for address in (at("school-people", east), reverse("schools:county-people", args=["alpha"])):
        counts = []
        client.get(address)  # what a process reads once is read
        for words, rows in (("新人0", 1), ("新人", 5)):
            with django_assert_num_queries(100, exact=False) as asked:
                answer = client.get(address, {"q": words})
            assert len(answer.context["rows"]) == rows
            counts.append(len(asked.captured_queries))
        assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["teacher", "reviewer", "deputy", "school-trainer", "group-head"])
def test_roster_is_closed_to_those_who_do_not_keep_it(world: World, signed_in_as, role: str) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client = signed_in_as(east[role])
    assert client.get(at("school-people", east)).status_code == 403
    assert client.get(at("person", east, east["teacher"].pk)).status_code == 403
    assert client.post(at("school-codes", east)).status_code == 403


def test_principal_sees_people_and_issues_no_codes(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client = signed_in_as(east["principal"])
    assert client.get(at("school-people", east)).status_code == 200
    assert client.post(at("school-codes", east)).status_code == 403
    assert client.post(at("id-number", east, east["teacher"].pk), {"reason": "x"}).status_code == 403


def test_codes_sheet_holds_each_newcomer_once_and_is_kept_nowhere(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    mine, _others = newcomers(east, 3), newcomers(west, 2)
    client = signed_in_as(east["cio"])
    answer = client.post(at("school-codes", east))
    sheet = answer.context["sheet"]
    assert sorted(person.pk for person, _code in sheet) == sorted(person.pk for person in mine)
    assert [answer.content.decode().count(code) for _person, code in sheet] == [1, 1, 1]
    assert answer["Cache-Control"] == "no-store, private"
    assert audit("codes-issued") == [{"count": 3}]
    text = client.get(at("school-people", east)).content.decode()
    assert [text.count(code) for _person, code in sheet] == [0, 0, 0]
    assert client.get(at("school-codes", east)).status_code == 405


def test_second_sheet_voids_the_first(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    newcomers(east, 2)
    client = signed_in_as(east["cio"])
    client.post(at("school-codes", east))
    client.post(at("school-codes", east))
    with scopes_disabled():
        assert ActivationCode.objects.filter(is_void=True).count() == 2
        assert ActivationCode.objects.filter(is_void=False).count() == 2


def test_sheet_leaves_out_leaders_whom_the_keeper_may_not_appoint(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    teacher, leader = newcomers(east, 2)
    give_role(leader, "principal", east.school)
    answer = signed_in_as(east["team"]).post(at("school-codes", east))
    assert [person.pk for person, _code in answer.context["sheet"]] == [teacher.pk]
    assert [person.pk for person in answer.context["left_out"]] == [leader.pk]
    answer = signed_in_as(world.alpha["county-office"]).post(at("school-codes", east))
    assert {person.pk for person, _code in answer.context["sheet"]} == {teacher.pk, leader.pk}


@pytest.mark.parametrize(
    ("keeper", "owner", "status"),
    [
        ("team", "teacher", 200),
        ("team", "cio", 403),
        ("team", "principal", 403),
        ("team", "reviewer", 403),
        ("team", "team", 403),
        ("cio", "team", 200),
        ("cio", "group-head", 200),
        ("cio", "principal", 403),
        ("cio", "deputy", 403),
        ("cio", "cio", 403),
    ],
)
def test_new_code_is_given_downward_only(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, keeper: str, owner: str, status: int
) -> None:
    east = world.alpha.schools[0]
    answer = signed_in_as(east[keeper]).post(at("person-code", east, east[owner].pk))
    assert answer.status_code == status
    with scopes_disabled():
        codes = ActivationCode.objects.filter(person=east[owner]).count()
    assert (codes, len(audit("code-issued"))) == ((1, 1) if status == 200 else (0, 0))


def test_office_gives_codes_to_leaders_and_experts_but_not_to_the_office(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client, east = signed_in_as(world.alpha["county-office"]), world.alpha.schools[0]
    assert client.post(at("person-code", east, east["principal"].pk)).status_code == 200
    assert client.post(at("person-code", east, east["deputy"].pk)).status_code == 200
    county = [("expert", 200), ("county-office", 403), ("county-leader", 403)]
    for role, status in county:
        address = reverse("schools:county-person-code", args=["alpha", world.alpha[role].pk])
        assert client.post(address).status_code == status


def test_code_opens_no_administrator_even_where_they_teach(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    east["teacher"].user.is_superuser = True
    east["teacher"].user.save()
    assert signed_in_as(east["cio"]).post(at("person-code", east, east["teacher"].pk)).status_code == 403


def test_people_of_another_school_are_not_there(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    client, foreign = signed_in_as(east["cio"]), west["teacher"].pk
    assert client.get(at("person", east, foreign)).status_code == 404
    assert client.post(at("person-code", east, foreign)).status_code == 404
    assert client.post(at("id-number", east, foreign), {"reason": "x"}).status_code == 404
    assert client.get(at("school-people", west)).status_code == 404
    assert audit("unmasked") == []


def test_number_is_shown_once_with_a_reason_and_recorded(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client, teacher = signed_in_as(east["cio"]), east["teacher"]
    number = unseal(teacher.id_number_sealed)
    answer = client.post(at("id-number", east, teacher.pk), {"reason": "certificate form"})
    assert answer.content.decode().count(number) == 1
    assert answer["Cache-Control"] == "no-store, private"
    assert audit("unmasked") == [{"reason": "certificate form"}]
    assert client.get(at("person", east, teacher.pk)).content.decode().count(number) == 0


def test_number_stays_hidden_without_a_reason(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    teacher = east["teacher"]
    answer = signed_in_as(east["cio"]).post(at("id-number", east, teacher.pk), {"reason": " "})
    assert answer.content.decode().count(unseal(teacher.id_number_sealed)) == 0
    assert answer.context["form"].has_error("reason")
    assert audit("unmasked") == []


def test_strangers_are_sent_to_sign_in(world: World, client: Client) -> None:
    address = at("school-people", world.alpha.schools[0])
    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"
