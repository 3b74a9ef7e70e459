"""Bodies and their posts: who may sit where, what a team lacks, what is waived, what is filed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from django_scopes import scope

from assessment.planning.bodies import actions
from assessment.planning.bodies.actions import Holder, Term
from assessment.planning.bodies.models import Body, Seat, Waiver
from assessment.planning.bodies.queries import lacking, snapshot
from assessment.planning.bodies.teams import teams_of
from assessment.programme.models import Programme
from schools.audit.models import AuditEntry
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused
from tests.cast import SchoolCast, World, acting
from tests.stories import programme

FULL = (("principal", "principal"), ("deputy", "deputy-principal"), ("team", "teaching-director"),
        ("cio", "it-backbone"))  # fmt: skip


def seated(cast: SchoolCast, who: str, post: str, **asked: Any) -> Seat:
    """Give `who` of the school a post on its management team, by its CIO."""
    place = {"county": cast.school.county, "school": cast.school, "kind": "management-team", "post": post}
    facts = {"holder": Holder(cast[who]), "term": Term(today()), "by": acting(cast["cio"]), **place, **asked}
    return actions.seat(**facts)


def full_team(cast: SchoolCast) -> None:
    for who, post in FULL:
        seated(cast, who, post)


def code_of(act: Any, *args: Any, **kwargs: Any) -> str:
    """Return the code with which an act is refused."""
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return str(refused.value.code)


def in_county(world: World, kind: str, post: str, **asked: Any) -> Seat:
    alpha = world.alpha
    facts = {"county": alpha.county, "school": None, "kind": kind, "post": post, "term": Term(today())}
    return actions.seat(**{**facts, "by": acting(alpha["county-office"]), **asked})


def test_team_without_anybody_lacks_size_and_every_post(in_alpha: World) -> None:
    year, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    with override("en"):
        assert lacking(year, east.school) == [
            "The management team has 0 people; 3 to 5 are asked for.",
            "The post “Principal” is not filled.",
            "The post “Deputy principal” is not filled.",
            "The post “Teaching director” is not filled.",
            "The post “IT backbone” is not filled.",
        ]


def test_full_team_lacks_nothing_and_that_of_another_school_does_not_count(in_alpha: World) -> None:
    year, (east, west) = programme(in_alpha.alpha), in_alpha.alpha.schools
    full_team(east)
    assert lacking(year, east.school) == []
    assert len(lacking(year, west.school)) == 5


def test_one_person_counts_once_and_shares_only_where_the_programme_lets(in_alpha: World) -> None:
    year, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    for post in ("principal", "deputy-principal", "teaching-director"):
        seated(east, "principal", post)
    seated(east, "team", "it-backbone")
    with override("en"):
        assert lacking(year, east.school) == ["The management team has 2 people; 3 to 5 are asked for."]
        year.team_rule = {**year.team_rule, "may_share": False}
        assert lacking(year, east.school)[1:] == [
            f"{east['principal'].name} holds 3 posts; each post asks for a person of its own."
        ]


def test_too_many_people_and_terms_that_are_over_are_named(in_alpha: World) -> None:
    year, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    full_team(east)
    for who in ("teacher", "teacher2"):
        seated(east, who, "member")
    ended = seated(east, "reviewer", "member", term=Term(date(2020, 1, 1), date(2020, 12, 31)))
    with override("en"):
        assert lacking(year, east.school) == [
            "The management team has 6 people; 3 to 5 are asked for.",
            f"The term of {ended.holder} (Member) ended on 2020-12-31.",
        ]


def test_who_left_the_school_no_longer_fills_the_post(in_alpha: World) -> None:
    year, (east, west) = programme(in_alpha.alpha), in_alpha.alpha.schools
    full_team(east)
    seated(east, "teacher", "member")
    Person.objects.filter(pk=east["team"].pk).update(school=west.school)
    with override("en"):
        assert lacking(year, east.school) == [
            "The post “Teaching director” is not filled.",
            f"{east['team'].name} (Teaching director) is no longer of this school.",
        ]


def test_managed_school_stands_under_the_team_of_its_unit(in_alpha: World) -> None:
    year, (east, west) = programme(in_alpha.alpha), in_alpha.alpha.schools
    full_team(west)
    School.objects.filter(pk=east.school.pk).update(managed_by=west.school)
    small = School.objects.get(pk=east.school.pk)
    assert lacking(year, small) == []
    assert [row["name"] for row in snapshot(year, small)] == [west[who].name for who, _post in FULL]
    member = seated(west, "teacher", "member", holder=Holder(Person.objects.get(pk=east["teacher"].pk)))
    assert member.person == east["teacher"]


def test_snapshot_names_who_sits_today_as_text(in_alpha: World) -> None:
    year, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    until = today() + timedelta(days=300)
    seated(east, "team", "it-backbone", term=Term(today(), until))
    seated(east, "teacher", "member", term=Term(today() + timedelta(days=9)))
    actions.end_seat(seat=seated(east, "teacher2", "member"), because="Moved.", by=acting(east["cio"]))
    seated(east, "cio", "principal", holder=Holder(None, "王教授", "university"))
    rows = snapshot(year, east.school)
    assert [(row["name"], row["since"], row["until"]) for row in rows] == [
        ("王教授", today().isoformat(), ""),
        (east["team"].name, today().isoformat(), until.isoformat()),
    ]
    assert {frozenset(row) for row in rows} == {frozenset({"body", "post", "name", "since", "until"})}


def test_county_waives_with_a_reason_and_asks_again(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    year, east, office = programme(alpha), alpha.schools[0], acting(alpha["county-office"])
    asked = {"programme": year, "school": east.school, "reason": "Three teachers only."}
    for about in ("size", "deputy-principal"):
        actions.waive(about=about, by=office, **asked)
    assert len(lacking(year, east.school)) == 3
    assert code_of(actions.waive, about="size", by=office, **asked) == "waived"
    assert code_of(actions.waive, about="head", by=office, **asked) == "about"
    assert code_of(actions.waive, **{**asked, "reason": " "}, about="principal", by=office) == "reason"
    with pytest.raises(Forbidden):
        actions.waive(about="principal", by=acting(east["cio"]), **asked)
    actions.end_waiver(waiver=Waiver.objects.get(about="size"), by=office)
    assert len(lacking(year, east.school)) == 4
    acts = AuditEntry.objects.filter(act__contains="waive").order_by("pk").values_list("act", "subject")
    assert list(acts) == [
        ("composition-waived", "size"), ("composition-waived", "deputy-principal"), ("waiver-ended", "size"),
    ]  # fmt: skip


def test_refused_seats_leave_no_row(in_alpha: World) -> None:
    (east, west), beta = in_alpha.alpha.schools, in_alpha.beta
    backwards = Term(today(), today() - timedelta(days=1))
    assert code_of(seated, east, "teacher", "member", term=backwards) == "term"
    assert code_of(seated, east, "teacher", "head") == "post"
    assert code_of(seated, east, "teacher", "member", kind="leading-group") == "body"
    assert code_of(seated, east, "teacher", "member", holder=Holder()) == "holder"
    assert code_of(seated, east, "teacher", "member", holder=Holder(east["teacher"], "王")) == "holder"
    assert code_of(seated, east, "teacher", "member", holder=Holder(None, "王")) == "origin"
    assert code_of(seated, east, "teacher", "member", holder=Holder(west["teacher"])) == "school"
    stranger = beta.schools[0]["teacher"]
    assert code_of(seated, east, "teacher", "member", holder=Holder(stranger)) == "county"
    with pytest.raises(Forbidden):
        seated(east, "teacher", "member", by=acting(west["cio"]))
    with pytest.raises(Forbidden):
        in_county(
            in_alpha, "leading-group", "head", holder=Holder(None, "韩", "school"), by=acting(east["cio"])
        )
    assert Seat.objects.count() == 0


def test_single_post_has_one_holder_until_it_ends_or_is_over(in_alpha: World) -> None:
    alpha, office = in_alpha.alpha, acting(in_alpha.alpha["county-office"])
    lead = {"kind": "leading-group", "post": "head"}
    first = in_county(in_alpha, **lead, holder=Holder(alpha["county-leader"]))
    other = Holder(None, "岳校长", "school")
    assert code_of(in_county, in_alpha, **lead, holder=other) == "held"
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            county=alpha.county, body=first.body, post="head", name="乙", origin="school", starts_on=today()
        )
    assert code_of(actions.end_seat, seat=first, because=" ", by=office) == "reason"
    actions.end_seat(seat=first, because="Retired.", by=office)
    assert code_of(actions.end_seat, seat=first, because="Again.", by=office) == "ended"
    second = in_county(in_alpha, **lead, holder=other, term=Term(date(2020, 1, 1), date(2021, 1, 1)))
    third = in_county(in_alpha, **lead, holder=Holder(alpha["county-leader"]))
    rows = Seat.objects.order_by("pk").values_list("pk", "ended_on")
    assert list(rows) == [(first.pk, today()), (second.pk, date(2021, 1, 1)), (third.pk, None)]


def test_one_person_holds_several_posts_but_each_once(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    for post in ("teaching-director", "it-backbone"):
        seated(east, "team", post)
    assert code_of(seated, east, "team", "it-backbone") == "held"
    assert Seat.objects.filter(person=east["team"], ended_on=None).count() == 2


def test_post_gives_no_right_unless_the_role_is_given_too(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    held = Membership.objects.filter(person__in=[east["teacher"], east["teacher2"]], role="team")
    seated(east, "teacher", "member")
    assert held.count() == 0
    seated(east, "teacher2", "member", gives_role=True)
    assert [row.person for row in held] == [east["teacher2"]]
    assert code_of(seated, east, "cio", "it-backbone", gives_role=True) == "self"
    assert not Seat.objects.filter(person=east["cio"]).exists()


def test_bodies_of_schools_and_counties_are_apart(in_alpha: World) -> None:
    alpha, beta = in_alpha.alpha, in_alpha.beta
    in_county(in_alpha, "management-team", "head", holder=Holder(alpha["county-leader"]))
    seated(alpha.schools[0], "team", "member")
    with scope(county=beta.county, school=None):
        assert (Body.objects.count(), Seat.objects.count()) == (0, 0)
    kinds = {(body.school_id is None, body.kind) for body in Body.objects.all()}
    assert kinds == {(True, "management-team"), (False, "management-team")}


def test_teams_side_by_side_ask_as_often_for_two_schools_as_for_ten(  # type: ignore[no-untyped-def]
    in_alpha: World, django_assert_num_queries
) -> None:
    year = Programme.objects.get(pk=programme(in_alpha.alpha).pk)
    full_team(in_alpha.alpha.schools[0])
    with django_assert_num_queries(50, exact=False) as few:
        teams = teams_of(year)
    assert [(team.people, team.lacks) for team in teams if team.people] == [(4, 0)]
    for number in range(8):
        School.objects.create(county=in_alpha.alpha.county, name=f"小学{number}", slug=f"s{number}")
    with django_assert_num_queries(len(few.captured_queries)):
        assert len(teams_of(year)) == 10
    assert len(teams_of(year, standing="lacking")) == 9
