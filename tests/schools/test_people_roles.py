"""Appointing, ending, and reviewers from outside."""

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from schools.access.granting import end_grant, grant_review
from schools.access.models import SchoolGrant
from schools.access.permissions import Permission
from schools.audit.models import AuditEntry
from schools.clock import today
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused
from tests.cast import SchoolCast, World, acting, make_person


def at(name: str, cast: SchoolCast, *args: int) -> str:
    return reverse(f"schools:{name}", args=[cast.school.county.slug, cast.school.slug, *args])


def held(person: Person, role: str) -> list[Membership]:
    with scopes_disabled():
        return list(Membership.objects.filter(person=person, role=role, ends_on__isnull=True))


def test_roles_page_names_holders_and_who_may_be_ended(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    answer = signed_in_as(east["cio"]).get(at("school-roles", east))
    roles = {row.role.key: row.holders for row in answer.context["roles"]}
    assert [holder.membership.person for holder in roles["principal"]] == [east["principal"]]
    assert [holder.may_end for holder in roles["principal"]] == [False]
    assert [holder.may_end for holder in roles["team"]] == [True]


def test_roles_page_asks_as_often_for_one_holder_as_for_five(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    east, west = world.alpha.schools
    client, counts = signed_in_as(east["cio"]), []
    for number in (1, 4):
        for _ in range(number):
            person = make_person("王宁", world.alpha.county, west.school)
            grant_review(person, east.school, "load", by=acting(east["cio"]))
            client.post(
                at("role-appoint", east),
                {"person": make_person("赵", world.alpha.county, east.school).pk, "role": "team"},
            )
        with django_assert_num_queries(100, exact=False) as asked:
            answer = client.get(at("school-roles", east))
        assert answer.status_code == 200
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_cio_appoints_staff_and_head_of_a_group(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client, teacher = signed_in_as(east["cio"]), east["teacher"]
    client.post(at("role-appoint", east), {"person": teacher.pk, "role": "reviewer"})
    client.post(
        at("role-appoint", east), {"person": teacher.pk, "role": "group-head", "group": east.group.pk}
    )
    assert len(held(teacher, "reviewer")) == 1
    assert [membership.group for membership in held(teacher, "group-head")] == [east.group]


def test_head_of_a_group_needs_a_group(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    client, teacher = signed_in_as(east["cio"]), east["teacher"]
    answer = client.post(at("role-appoint", east), {"person": teacher.pk, "role": "group-head"})
    assert answer.context["form"].has_error("group")
    foreign = {"person": teacher.pk, "role": "group-head", "group": west.group.pk}
    assert client.post(at("role-appoint", east), foreign).status_code == 404
    assert held(teacher, "group-head") == []


def test_nobody_appoints_themselves(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    cio = east["cio"]
    answer = signed_in_as(cio).post(at("role-appoint", east), {"person": cio.pk, "role": "reviewer"})
    assert answer.status_code == 302
    assert held(cio, "reviewer") == []


@pytest.mark.parametrize(
    ("by", "role"),
    [
        ("cio", "principal"),
        ("cio", "cio"),
        ("cio", "deputy"),
        ("principal", "cio"),
        ("team", "teacher"),
        ("cio", "expert"),
    ],
)
def test_nobody_appoints_upward(world: World, signed_in_as, by: str, role: str) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    teacher = east["teacher2"]
    answer = signed_in_as(east[by]).post(at("role-appoint", east), {"person": teacher.pk, "role": role})
    assert answer.status_code == 403
    assert len(held(teacher, role)) == (1 if role == "teacher" else 0)


def test_person_of_another_school_is_not_there(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    client, foreign = signed_in_as(east["cio"]), west["teacher"]
    assert (
        client.post(at("role-appoint", east), {"person": foreign.pk, "role": "reviewer"}).status_code == 404
    )
    assert held(foreign, "reviewer") == []


def test_role_is_ended_by_who_may_give_it_and_in_its_school(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    client = signed_in_as(east["cio"])
    mine, above, foreign = (
        held(east["team"], "team"),
        held(east["principal"], "principal"),
        held(west["team"], "team"),
    )
    assert client.post(at("role-end", east, mine[0].pk)).status_code == 302
    assert client.post(at("role-end", east, above[0].pk)).status_code == 403
    assert client.post(at("role-end", east, foreign[0].pk)).status_code == 404
    assert (held(east["team"], "team"), held(east["principal"], "principal"), held(west["team"], "team")) == (
        [],
        above,
        foreign,
    )


def test_outsider_reviews_here_until_ended(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    client, guest = signed_in_as(east["cio"]), west["teacher"]
    client.post(at("outsider-add", east), {"person": guest.pk, "reason": "few reviewers"})
    assert acting(guest).can(Permission.REVIEW, east.school)
    grant = SchoolGrant.objects.get()
    assert (grant.reason, grant.granted_by) == ("few reviewers", east["cio"].user)
    assert client.post(at("outsider-end", east, grant.pk)).status_code == 302
    assert not acting(guest).can(Permission.REVIEW, east.school)
    with scopes_disabled():
        acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["review-granted", "review-ended"]


def test_ended_grant_opens_again_as_the_same_row(world: World) -> None:
    east, west = world.alpha.schools
    cio, guest = acting(east["cio"]), west["teacher"]
    first = grant_review(guest, east.school, "first", by=cio)
    end_grant(first, by=cio)
    first.refresh_from_db()
    assert first.ends_on == today()
    second = grant_review(guest, east.school, "second", by=cio)
    assert (second.pk, second.reason, second.ends_on) == (first.pk, "second", None)


def test_grant_is_ended_at_its_own_school_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    grant = grant_review(west["teacher"], east.school, "load", by=acting(east["cio"]))
    assert signed_in_as(west["cio"]).post(at("outsider-end", west, grant.pk)).status_code == 404
    with pytest.raises(Forbidden):
        end_grant(grant, by=acting(west["cio"]))
    assert acting(west["teacher"]).can(Permission.REVIEW, east.school)


def test_grant_is_refused_to_own_people_strangers_and_those_without_account(world: World) -> None:
    east, west = world.alpha.schools
    cio = acting(east["cio"])
    nobody = west["teacher2"]
    nobody.user = None
    codes = []
    for person in (east["cio"], east["teacher"], world.beta.schools[0]["teacher"], nobody):
        with pytest.raises(Refused) as refusal:
            grant_review(person, east.school, "load", by=cio)
        codes.append(refusal.value.code)
    assert codes == ["self", "own", "county", "account"]
    with pytest.raises(Forbidden):
        grant_review(west["teacher"], east.school, "load", by=acting(east["principal"]))
    assert SchoolGrant.objects.count() == 0


def test_candidates_are_found_by_whole_name_in_the_county_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    client = signed_in_as(east["cio"])
    wanted = make_person("周敏", world.alpha.county, west.school)
    make_person("周敏", world.beta.county, world.beta.schools[0].school)
    make_person("周敏", world.alpha.county, east.school)
    named = client.get(at("school-roles", east), {"outsider": "周敏"}).context["candidates"]
    assert [person.pk for person in named] == [wanted.pk]
    assert client.get(at("school-roles", east), {"outsider": "周"}).context["candidates"] == []
    seen = signed_in_as(east["principal"]).get(at("school-roles", east), {"outsider": "周敏"})
    assert seen.context["candidates"] == []


def test_outsider_of_another_county_is_not_there(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    foreign = world.beta.schools[0]["teacher"].pk
    answer = signed_in_as(east["cio"]).post(at("outsider-add", east), {"person": foreign, "reason": "x"})
    assert (answer.status_code, SchoolGrant.objects.count()) == (404, 0)
