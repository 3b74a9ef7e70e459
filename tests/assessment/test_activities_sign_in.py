"""Signing in: which codes are taken, from whom, when, and how often."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from django_scopes import scope

from assessment.programme import actions as programmes
from assessment.programme.models import PhaseKind
from assessment.training.activities import actions, signing
from assessment.training.activities.models import Activity, ActivityState, How, SignIn, WrongCode
from schools.clock import now
from schools.people.models import Person
from schools.refusals import Refused
from tests.assessment.activity_stories import opened, planned, signed_in
from tests.cast import World, acting
from tests.stories import participant, programme

HALF_HOUR = timedelta(minutes=30)


def tried(world: World, activity: Activity, person: Person, code: str) -> str:
    """Return "in", or the code of the refusal."""
    try:
        signing.sign_in(
            activity=activity,
            participant=participant(world.alpha, person),
            code=code,
            how=How.CODE,
            by=acting(person),
        )
    except Refused as refusal:
        return refusal.code
    return "in"


def wrong(activity: Activity) -> str:
    """Return a code that is neither the present nor the last nor the next."""
    moment = now()
    near = {signing.code_at(activity, moment + timedelta(seconds=30 * step)) for step in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


@pytest.mark.parametrize(
    ("seconds", "answer"),
    [(0, "in"), (-30, "in"), (-61, "wrong-code"), (-90, "wrong-code"), (61, "wrong-code")],
)
def test_code_is_taken_for_its_half_minute_and_the_next(in_alpha: World, seconds: int, answer: str) -> None:
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    code = signing.code_at(activity, now() + timedelta(seconds=seconds))
    assert tried(in_alpha, activity, east["teacher"], f"{code[:3]} {code[3:]}") == answer
    assert SignIn.objects.count() == (answer == "in")


def test_codes_of_two_activities_differ(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    one, other = opened(in_alpha.alpha, east), opened(in_alpha.alpha, east)
    moment = now()
    codes = [[signing.code_at(row, moment + n * HALF_HOUR) for n in range(3)] for row in (one, other)]
    assert len({code for row in codes for code in row}) > 4
    assert all(len(code) == 6 and code.isdigit() for row in codes for code in row)


@pytest.mark.parametrize(
    ("begins", "ends", "answer"),
    [
        (timedelta(minutes=29), timedelta(minutes=90), "in"),
        (timedelta(minutes=31), timedelta(minutes=90), "early"),
        (timedelta(minutes=-90), timedelta(minutes=-14), "in"),
        (timedelta(minutes=-90), timedelta(minutes=-16), "late-sign-in"),
    ],
)
def test_sign_in_is_taken_in_its_time_only(
    in_alpha: World, begins: timedelta, ends: timedelta, answer: str
) -> None:
    east, moment = in_alpha.alpha.schools[0], now()
    activity = opened(in_alpha.alpha, east, times=(moment + begins, moment + ends))
    assert tried(in_alpha, activity, east["teacher"], signing.code_at(activity, now())) == answer


def test_late_comer_reads_when_it_closed_and_what_would_be_right(in_alpha: World) -> None:
    east, moment = in_alpha.alpha.schools[0], now()
    ends = moment - timedelta(minutes=20)
    activity = opened(in_alpha.alpha, east, times=(ends - HALF_HOUR, ends))
    with override("en"), pytest.raises(Refused) as refused:
        signed_in(in_alpha.alpha, activity, east["teacher"])
    closing = signing.said_at(ends + timedelta(minutes=15))
    told = f"The sign-in closed at {closing}; the leader can add you from the list with a reason."
    assert str(refused.value) == told


def test_planned_cancelled_and_closed_take_nobody(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    cio = acting(east["cio"])
    activity = planned(in_alpha.alpha, east)
    answers = [tried(in_alpha, activity, east["teacher"], signing.code_at(activity, now()))]
    actions.open_sign_in(activity=activity, by=cio)
    actions.write_record(activity=activity, text="Seen.", by=cio)
    actions.close(activity=activity, by=cio)
    answers.append(tried(in_alpha, activity, east["teacher"], signing.code_at(activity, now())))
    off = planned(in_alpha.alpha, east)
    actions.cancel(activity=off, because="Snow.", by=cio)
    answers.append(tried(in_alpha, off, east["teacher"], signing.code_at(off, now())))
    assert (answers, SignIn.objects.count()) == (["not-open", "closed", "cancelled"], 0)


def test_teacher_of_another_school_is_refused_unless_it_is_the_partner(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    alone = opened(in_alpha.alpha, east)
    paired = opened(in_alpha.alpha, east, partner=west.school)
    answers = [tried(in_alpha, row, west["teacher"], signing.code_at(row, now())) for row in (alone, paired)]
    assert answers == ["other-school", "in"]


def test_ten_wrong_codes_are_the_last(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    answers = [tried(in_alpha, activity, east["teacher"], wrong(activity)) for _n in range(11)]
    assert answers == ["wrong-code"] * 10 + ["too-many"]
    right = signing.code_at(activity, now())
    assert tried(in_alpha, activity, east["teacher"], right) == "too-many"
    assert tried(in_alpha, activity, east["teacher2"], right) == "in"
    assert list(WrongCode.objects.order_by("pk").values_list("tries", flat=True)) == [10, 0]


def test_signing_in_twice_is_one_row(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    rows = [signed_in(in_alpha.alpha, activity, east["teacher"], how) for how in (How.QR, How.CODE)]
    assert (rows[0].pk, SignIn.objects.get().how) == (rows[1].pk, How.QR)


def test_nobody_signs_somebody_else_in(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    with pytest.raises(Refused) as refused:
        signing.sign_in(
            activity=activity,
            participant=participant(in_alpha.alpha, east["teacher"]),
            code=signing.code_at(activity, now()),
            how=How.CODE,
            by=acting(east["teacher2"]),
        )
    assert (refused.value.code, SignIn.objects.count()) == ("own", 0)


def test_closed_phase_takes_nobody_and_an_excluded_person_neither(in_alpha: World) -> None:
    east, office = in_alpha.alpha.schools[0], acting(in_alpha.alpha["county-office"])
    activity = opened(in_alpha.alpha, east)
    excluded = participant(in_alpha.alpha, east["teacher2"])
    programmes.exclude(participant=excluded, because="Retired", by=office)
    answers = [tried(in_alpha, activity, east["teacher2"], signing.code_at(activity, now()))]
    programmes.close_phase(programme=programme(in_alpha.alpha), kind=PhaseKind.TRAIN, by=office)
    answers.append(tried(in_alpha, activity, east["teacher"], signing.code_at(activity, now())))
    assert answers == ["no-participant", "late"]


def listed(world: World, activity: Activity, by: Person, reason: str = "") -> str:
    people = [participant(world.alpha, world.alpha.schools[0][who]) for who in ("teacher", "teacher2")]
    try:
        actions.list_in(activity=activity, participants=people, reason=reason, by=acting(by))
    except Refused as refusal:
        return refusal.code
    return "in"


def test_leader_adds_from_the_list_and_afterwards_with_a_reason(in_alpha: World) -> None:
    east, moment = in_alpha.alpha.schools[0], now()
    now_on = opened(in_alpha.alpha, east)
    over = opened(in_alpha.alpha, east, times=(moment - 3 * HALF_HOUR, moment - HALF_HOUR))
    ahead = opened(in_alpha.alpha, east, times=(moment + 2 * HALF_HOUR, moment + 3 * HALF_HOUR))
    answers = [listed(in_alpha, row, east["cio"]) for row in (now_on, over, ahead)]
    answers.append(listed(in_alpha, over, east["cio"], "No network in the room"))
    answers.append(listed(in_alpha, planned(in_alpha.alpha, east), east["cio"], "Why"))
    assert answers == ["in", "reason", "early", "in", "not-open"]
    assert {(row.how, row.reason) for row in over.sign_ins.all()} == {(How.LIST, "No network in the room")}
    assert {row.signed_by_id for row in now_on.sign_ins.all()} == {east["cio"].user_id}


def test_mistaken_tick_is_taken_off_before_the_closing_only(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    activity, cio = opened(in_alpha.alpha, east), acting(east["cio"])
    listed(in_alpha, activity, east["cio"])
    first, second = activity.sign_ins.order_by("pk")
    actions.strike(sign_in=first, by=cio)
    actions.write_record(activity=activity, text="Seen.", by=cio)
    actions.close(activity=activity, by=cio)
    with pytest.raises(Refused) as refused:
        actions.strike(sign_in=SignIn.objects.get(pk=second.pk), by=cio)
    assert (refused.value.code, activity.sign_ins.count()) == ("closed", 1)


def test_head_leads_the_own_group_only(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    head, whole = east["group-head"], opened(in_alpha.alpha, east)
    own = planned(in_alpha.alpha, east, "group-head")
    assert (own.group_id, listed(in_alpha, whole, head)) == (east.group.pk, "forbidden")
    with pytest.raises(Refused) as refused:
        planned(in_alpha.alpha, east, "group-head", group=None)
    assert refused.value.code == "forbidden"
    with pytest.raises(Refused) as refused:
        actions.cancel(activity=planned(in_alpha.alpha, east), because="No.", by=acting(head))
    assert refused.value.code == "not-leader"
    actions.open_sign_in(activity=own, by=acting(head))
    assert (own.state, listed(in_alpha, own, head)) == (ActivityState.OPEN, "in")


def test_an_activity_of_another_county_is_out_of_reach(in_alpha: World) -> None:
    activity = opened(in_alpha.alpha, in_alpha.alpha.schools[0])
    with scope(county=in_alpha.beta.county, school=None):
        assert not Activity.objects.filter(pk=activity.pk).exists()
