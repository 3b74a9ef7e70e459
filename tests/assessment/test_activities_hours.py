"""Hours of activities: how they come about, what the table cuts, who attests them, and what is the proof."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django_scopes import scopes_disabled

from assessment.training.activities import actions, checks
from assessment.training.activities.conversion import default_rate, rates_of, session_hours
from assessment.training.activities.models import Activity, ActivityKind, Basis, ConversionRate, SignIn
from assessment.training.activities.queries import activity_of, expected
from assessment.training.models import ClaimState, HourClaim, Source
from schools.clock import now
from schools.invariants import CHECKS
from schools.people.models import Person
from schools.refusals import Refused, Stale
from tests.assessment.activity_stories import around_now, closed, opened, planned, signed_in
from tests.cast import World, acting, give_role
from tests.stories import participant, picture, programme


def ledger(person: Person) -> list[tuple[str, Decimal, int]]:
    """Return origin without its number, hours and state of the person's claims."""
    with scopes_disabled():
        rows = HourClaim.objects.filter(person=person).order_by("pk")
        return [(row.origin.partition(":")[0], row.hours, row.state) for row in rows]


def broken() -> list[str]:
    """Return what the checks of this stage find."""
    with scopes_disabled():
        return [
            line
            for _number, _told, check in CHECKS
            if check.__module__ == checks.__name__
            for line in check()[1]
        ]


def no_cap(world: World, kind: str = ActivityKind.DISCUSSION, year: str | None = None) -> None:
    actions.set_rate(
        programme=programme(world.alpha), kind=kind, basis=Basis.CLOCK_HOUR, hours=Decimal(1),
        most_per_session=Decimal(4), most_per_year=Decimal(year) if year else None,
        by=acting(world.alpha["county-office"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("basis", "hours", "most", "minutes", "counted"),
    [
        ("clock-hour", "1", "4", 90, "1.5"),
        ("clock-hour", "1", "4", 40, "0.7"),
        ("clock-hour", "1", "4", 600, "4.0"),
        ("clock-hour", "1.5", None, 60, "1.5"),
        ("clock-hour", "1", None, 900, "12.0"),
        ("session", "2", None, 45, "2.0"),
        ("session", "2", "1", 45, "1.0"),
    ],
)
def test_conversion(basis: Basis, hours: str, most: str | None, minutes: int, counted: str) -> None:
    limit = Decimal(most) if most else None
    rate = ConversionRate(basis=basis, hours=Decimal(hours), most_per_session=limit)
    begin = datetime(2022, 5, 4, 14)
    assert str(session_hours(rate, begin, begin + timedelta(minutes=minutes), 12)) == counted


def test_table_stands_with_defaults_and_is_written_on_first_need(in_alpha: World) -> None:
    year = programme(in_alpha.alpha)
    rates = rates_of(year)
    assert ([rate.kind for rate in rates], ConversionRate.objects.count()) == (ActivityKind.values, 0)
    no_cap(in_alpha, year="3")
    assert ConversionRate.objects.count() == len(ActivityKind)
    changed = {rate.kind: rate.most_per_year for rate in rates_of(year)}
    assert changed == {rate.kind: rate.most_per_year for rate in rates} | {"discussion": Decimal(3)}
    with pytest.raises(Refused):
        actions.set_rate(
            programme=year, kind="showing", basis="session", hours=Decimal(9), most_per_session=None,
            most_per_year=None, by=acting(in_alpha.alpha.schools[0]["cio"]),
        )  # fmt: skip


def test_closing_enters_hours_and_attests_all_but_the_closers_own(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east, times=around_now(90))
    for who in ("teacher", "teacher2"):
        signed_in(in_alpha.alpha, activity, east[who])
    closed(in_alpha.alpha, activity, east["cio"])
    assert ledger(east["teacher"]) == [("activity", Decimal("1.5"), ClaimState.ATTESTED)]
    assert ledger(east["group-head"]) == []
    claim = HourClaim.objects.get(person=east["teacher"])
    assert (claim.source, claim.begins_at, claim.ends_at) == (
        Source.ACTIVITY,
        activity.begins_at,
        activity.ends_at,
    )
    assert activity_of(claim.origin) == activity
    assert [activity_of(origin) for origin in ("course:1", "activity:x", "")] == [None, None, None]
    assert broken() == []


def test_closer_who_came_does_not_attest_the_own_hours(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    teacher = east["teacher"]
    give_role(teacher, "cio", east.school)
    activity = opened(in_alpha.alpha, east)
    signed_in(in_alpha.alpha, activity, teacher)
    signed_in(in_alpha.alpha, activity, east["teacher2"])
    closed(in_alpha.alpha, activity, teacher)
    states = [ledger(person)[0][2] for person in (teacher, east["teacher2"])]
    assert states == [ClaimState.CLAIMED, ClaimState.ATTESTED]


def test_head_closes_and_the_hours_wait_for_the_school(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east, "group-head")
    signed_in(in_alpha.alpha, activity, east["teacher"])
    closed(in_alpha.alpha, activity, east["group-head"])
    assert ledger(east["teacher"]) == [("activity", Decimal("1.0"), ClaimState.CLAIMED)]


def test_partner_schools_teacher_gets_hours_that_wait_at_the_own_school(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    activity = opened(in_alpha.alpha, east, partner=west.school, kind=ActivityKind.PAIRED)
    signed_in(in_alpha.alpha, activity, west["teacher"])
    closed(in_alpha.alpha, activity, east["cio"])
    assert ledger(west["teacher"]) == [("activity", Decimal("2.0"), ClaimState.CLAIMED)]
    assert HourClaim.objects.get(person=west["teacher"]).school == west.school
    assert broken() == []


def test_most_of_a_year_cuts_and_says_so(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    no_cap(in_alpha, year="2.5")
    for _n in range(3):
        activity = opened(in_alpha.alpha, east, times=around_now(90))
        signed_in(in_alpha.alpha, activity, east["teacher"])
        closed(in_alpha.alpha, activity, east["cio"])
    rows = SignIn.objects.order_by("pk").values_list("hours", "cut", "cut_because")
    assert list(rows) == [
        (Decimal("1.5"), Decimal(0), ""),
        (Decimal("1.0"), Decimal("0.5"), "year"),
        (Decimal("0.0"), Decimal("1.5"), "year"),
    ]
    assert [hours for _origin, hours, _state in ledger(east["teacher"])] == [Decimal("1.5"), Decimal("1.0")]
    assert broken() == []


def test_closing_asks_for_a_record_or_a_file(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity, cio = opened(in_alpha.alpha, east), acting(east["cio"])
    signed_in(in_alpha.alpha, activity, east["teacher"])
    with pytest.raises(Refused) as refused:
        actions.close(activity=activity, by=cio)
    assert (refused.value.code, HourClaim.objects.count()) == ("no-output", 0)
    output = actions.add_output(activity=activity, upload=picture(3), by=cio)
    actions.close(activity=activity, by=cio)
    with pytest.raises(Refused) as refused:
        actions.remove_output(output=output, by=cio)
    assert (refused.value.code, HourClaim.objects.count()) == ("closed", 1)


def test_closing_before_the_beginning_and_twice_is_refused(in_alpha: World) -> None:
    east, moment = in_alpha.alpha.schools[0], now()
    cio = acting(east["cio"])
    ahead = opened(in_alpha.alpha, east, times=(moment + timedelta(hours=2), moment + timedelta(hours=3)))
    with pytest.raises(Refused) as refused:
        closed(in_alpha.alpha, ahead, east["cio"])
    assert refused.value.code == "not-begun"
    activity = opened(in_alpha.alpha, east)
    signed_in(in_alpha.alpha, activity, east["teacher"])
    old = Activity.objects.get(pk=activity.pk)
    closed(in_alpha.alpha, activity, east["cio"])
    with pytest.raises(Stale):
        actions.close(activity=old, by=cio)
    assert HourClaim.objects.count() == 1


def test_two_activities_at_once_count_each_for_itself(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    both = [opened(in_alpha.alpha, east), opened(in_alpha.alpha, east, kind=ActivityKind.ANALYSIS)]
    signed_in(in_alpha.alpha, both[0], east["teacher"])
    signed_in(in_alpha.alpha, both[1], east["teacher2"])
    for activity in both:
        closed(in_alpha.alpha, activity, east["cio"])
    counted = [len(ledger(east[who])) for who in ("teacher", "teacher2")]
    assert (counted, broken()) == ([1, 1], [])


def test_late_additions_are_counted_at_once(in_alpha: World) -> None:
    east, ends = in_alpha.alpha.schools[0], now() - timedelta(minutes=5)
    activity = opened(in_alpha.alpha, east, times=(ends - timedelta(hours=1), ends))
    closed(in_alpha.alpha, activity, east["cio"])
    row = participant(in_alpha.alpha, east["teacher"])
    for _twice in range(2):
        actions.list_in(
            activity=activity, participants=[row], reason="Phone was flat", by=acting(east["cio"])
        )
    assert ledger(east["teacher"]) == [("activity", Decimal("1.0"), ClaimState.ATTESTED)]
    assert broken() == []


def test_expected_are_the_group_or_the_whole_school(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    with scopes_disabled():
        Person.objects.filter(pk=east["teacher2"].pk).update(group=None)
    of_group, of_school = planned(in_alpha.alpha, east, "group-head"), planned(in_alpha.alpha, east)
    people = [{row.person for row in expected(activity)} for activity in (of_group, of_school)]
    assert people == [{east["teacher"]}, {east["teacher"], east["teacher2"]}]


def test_plans_without_sense_are_refused(in_alpha: World) -> None:
    east, moment = in_alpha.alpha.schools[0], now()
    for facts, code in (({"times": (moment, moment)}, "span"), ({"partner": east.school}, "partner")):
        with pytest.raises(Refused) as refused:
            planned(in_alpha.alpha, east, **facts)
        assert refused.value.code == code
    assert Activity.objects.count() == 0


def test_checks_find_what_is_wrong(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    row = signed_in(in_alpha.alpha, activity, east["teacher"])
    closed(in_alpha.alpha, activity, east["cio"])
    assert broken() == []
    SignIn.objects.filter(pk=row.pk).update(signed_at=activity.ends_at + timedelta(hours=1))
    assert broken() == [f"sign-in {row.pk} (code)"]
    SignIn.objects.filter(pk=row.pk).update(how="list", reason="Flat phone", hours=None)
    assert len(broken()) == 2


def test_default_rate_is_not_saved(in_alpha: World) -> None:
    assert default_rate(programme(in_alpha.alpha), ActivityKind.WORKSHOP).pk is None
