"""Dates: waves, extensions, changes that are recorded and told, calendars and the secret address."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.planning.models import FilingKind
from assessment.programme.actions import close_phase, extend, set_phase
from assessment.programme.calendar import closing_time, require_open
from assessment.programme.dates.models import PhaseChange
from assessment.programme.dates.queries import dates_of_schools, own_dates
from assessment.programme.models import PhaseKind, Programme
from assessment.programme.waves.actions import WaveWanted, place, set_waves
from assessment.training.actions import claim
from assessment.training.models import Category
from schools.access.actor import Actor
from schools.clock import SHANGHAI, today
from schools.notices.models import Notice
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused
from tests.cast import World, acting, give_role, make_person
from tests.filings_said import plan_said
from tests.stories import participant, picture, plans, programme

pytestmark = pytest.mark.django_db


def office(world: World) -> Actor:
    return acting(world.alpha["county-office"])


def last_day(moment: datetime | None) -> date:
    assert moment is not None
    return moment.astimezone(SHANGHAI).date()


def two_waves(world: World) -> Programme:
    """East goes first, West in no wave."""
    made = programme(world.alpha)
    wanted = [WaveWanted("First", 2026, 20), WaveWanted("Second", 2027, 80)]
    waves = set_waves(programme=made, waves=wanted, by=office(world))
    place(programme=made, schools=[world.alpha.schools[0].school], wave=waves[0], by=office(world))
    return made


def test_a_wave_has_its_own_dates_and_falls_back_on_the_common_ones(in_alpha: World) -> None:
    made, (east, west) = two_waves(in_alpha), in_alpha.alpha.schools
    first = made.waves.get(number=1)
    past = today() - timedelta(days=1)
    set_phase(
        programme=made, kind=PhaseKind.CHOOSE, wave=first, opens_on=past, closes_on=past, by=office(in_alpha)
    )
    common = today() + timedelta(days=30)
    ends = {cast.school.slug: closing_time(made, PhaseKind.CHOOSE, cast.school) for cast in (east, west)}
    assert {slug: last_day(end) for slug, end in ends.items()} == {"east": past, "west": common}
    assert last_day(closing_time(made, PhaseKind.TRAIN, east.school)) == common
    with pytest.raises(Refused) as refused:
        require_open(made, PhaseKind.CHOOSE, east.school)
    assert refused.value.code == "late"
    require_open(made, PhaseKind.CHOOSE, west.school)
    extend(
        programme=made,
        kind=PhaseKind.CHOOSE,
        school=east.school,
        until=today(),
        reason="Snow",
        by=office(in_alpha),
    )
    require_open(made, PhaseKind.CHOOSE, east.school)


def test_asking_whether_a_phase_is_open_takes_few_queries(
    in_alpha: World, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    made = two_waves(in_alpha)
    with django_assert_max_num_queries(2):
        require_open(made, PhaseKind.SUBMIT, in_alpha.alpha.schools[0].school)


def more_schools(world: World, count: int) -> list[School]:
    """Make schools with a CIO each, which take part."""
    county, made = world.alpha.county, programme(world.alpha)
    schools = [
        School.objects.create(county=county, name=f"第{number}小学", slug=f"s{number}")
        for number in range(count)
    ]
    for school in schools:
        give_role(make_person(f"{school.name}主任", county, school), "cio", school)
    place(programme=made, schools=schools, is_pilot=False, by=office(world))
    return schools


def test_of_forty_schools_three_keep_their_extension_and_thirty_seven_move(in_alpha: World) -> None:
    made = programme(in_alpha.alpha)
    schools = [cast.school for cast in in_alpha.alpha.schools] + more_schools(in_alpha, 38)
    late, moved = today() + timedelta(days=90), today() + timedelta(days=45)
    for school in schools[-3:]:
        extend(
            programme=made,
            kind=PhaseKind.SUBMIT,
            school=school,
            until=late,
            reason="Building site",
            by=office(in_alpha),
        )
    before = {row.school.pk: row.windows["submit"] for row in dates_of_schools(made)}
    told_before = set(Notice.objects.values_list("pk", flat=True))
    set_phase(
        programme=made,
        kind=PhaseKind.SUBMIT,
        opens_on=today() - timedelta(days=30),
        closes_on=moved,
        reason="Harvest",
        by=office(in_alpha),
    )
    after = {row.school.pk: row.windows["submit"] for row in dates_of_schools(made)}
    changed = [pk for pk in after if after[pk].closes_on != before[pk].closes_on]
    assert (len(after), len(changed)) == (40, 37)
    assert {after[school.pk].closes_on for school in schools[-3:]} == {late}
    assert {after[pk].closes_on for pk in changed} == {moved}
    notices = Notice.objects.exclude(pk__in=told_before)
    told = list(notices.values_list("person_id", flat=True))
    assert (len(told), len(set(told))) == (37, 37)
    kept = {school.pk for school in schools[-3:]}
    assert not set(notices.values_list("person__school_id", flat=True)) & kept
    text = notices.first()
    assert text is not None
    assert moved.isoformat() in text.text and "Harvest" in text.text


def test_all_schools_dates_cost_the_same_queries_however_many(in_alpha: World) -> None:
    made = programme(in_alpha.alpha)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            dates_of_schools(made)
        return len(asked)

    few = cost()
    for school in more_schools(in_alpha, 30):
        extend(
            programme=made,
            kind=PhaseKind.PLAN,
            school=school,
            until=today(),
            reason="Snow",
            by=office(in_alpha),
        )
    assert (few, cost()) == (4, 4)


def test_an_unchanged_date_is_neither_recorded_nor_told(in_alpha: World) -> None:
    made = programme(in_alpha.alpha)
    changes, notices = PhaseChange.objects.count(), Notice.objects.count()
    first, last = today() - timedelta(days=30), today() + timedelta(days=30)
    set_phase(programme=made, kind=PhaseKind.PLAN, opens_on=first, closes_on=last, by=office(in_alpha))
    assert (PhaseChange.objects.count(), Notice.objects.count()) == (changes, notices)


def test_every_change_keeps_how_it_was_and_why(in_alpha: World) -> None:
    made = programme(in_alpha.alpha)
    close_phase(programme=made, kind=PhaseKind.PLAN, reason="All are in", by=office(in_alpha))
    change = PhaseChange.objects.filter(kind="plan").order_by("-pk")[0]
    assert last_day(change.closed_at) == today() + timedelta(days=30)
    assert (last_day(change.closes_at), change.reason) == (today(), "All are in")
    assert change.changed_by == in_alpha.alpha["county-office"].user


def test_only_who_sets_rules_moves_dates(in_alpha: World) -> None:
    made, cio = programme(in_alpha.alpha), acting(in_alpha.alpha.schools[0]["cio"])
    with pytest.raises(Forbidden):
        set_phase(programme=made, kind=PhaseKind.PLAN, opens_on=today(), closes_on=today(), by=cio)
    with pytest.raises(Forbidden):
        close_phase(programme=made, kind=PhaseKind.PLAN, by=cio)


def test_the_page_asks_for_the_reason_and_records_it(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    client = signed_in_as(world.alpha["county-office"])
    page = client.get(reverse("assessment:programme-calendar", args=["alpha"]))
    typed = {field.html_name: field.value() or "" for field in page.context["form"] if field.name != "reason"}
    typed["last-plan-0"] = (today() + timedelta(days=9)).isoformat()
    address = reverse("assessment:programme-phases", args=["alpha"])
    assert client.post(address, typed).status_code == 422
    assert client.post(address, {**typed, "reason": "Harvest"}).status_code == 302
    with scopes_disabled():
        change = PhaseChange.objects.get(reason="Harvest")
    assert (change.kind, last_day(change.closes_at)) == ("plan", today() + timedelta(days=9))
    shown = client.get(reverse("assessment:programme", args=["alpha"])).context["changes"]
    assert shown[0].change == change


def test_filing_a_plan_waits_for_its_phase(in_alpha: World) -> None:
    made, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    close_phase(programme=made, kind=PhaseKind.PLAN, by=office(in_alpha))
    cio = acting(east["cio"])
    plan = plans.write(
        programme=made,
        school=east.school,
        kind=FilingKind.PLAN,
        title="Plan",
        content=plan_said(made),
        by=cio,
    )
    with pytest.raises(Refused) as refused:
        plans.file(filing=plan, by=cio)
    assert refused.value.code == "late"
    extend(
        programme=made,
        kind=PhaseKind.PLAN,
        school=east.school,
        until=today(),
        reason="Snow",
        by=office(in_alpha),
    )
    plans.file(filing=plan, by=cio)


def test_claiming_hours_waits_for_its_phase_and_a_teachers_extension_is_that_teachers(
    in_alpha: World,
) -> None:
    made, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    close_phase(programme=made, kind=PhaseKind.TRAIN, by=office(in_alpha))
    row = participant(in_alpha.alpha, east["teacher"])
    extend(
        programme=made,
        kind=PhaseKind.TRAIN,
        school=east.school,
        participant=row,
        until=today(),
        reason="Illness",
        by=office(in_alpha),
    )

    def claims(who: str) -> None:
        claim(
            participant=participant(in_alpha.alpha, east[who]),
            category=Category.PRACTICE,
            hours=2,
            title="Open lesson",
            held_on=today(),
            proof=picture(5),
            by=acting(east[who]),
        )

    claims("teacher")
    with pytest.raises(Refused) as refused:
        claims("teacher2")
    assert refused.value.code == "late"


def test_own_calendar_shows_own_extensions_only(in_alpha: World) -> None:
    made, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    until = today() + timedelta(days=60)
    row = participant(in_alpha.alpha, east["teacher"])
    extend(
        programme=made,
        kind=PhaseKind.SUBMIT,
        school=east.school,
        participant=row,
        until=until,
        reason="Illness",
        by=office(in_alpha),
    )
    other = participant(in_alpha.alpha, east["teacher2"])
    found = {
        name: {one.kind: (one.window.closes_on, one.reason) for one in own_dates(made, east.school, whose)}
        for name, whose in (("own", row), ("other", other), ("school", None))
    }
    common = today() + timedelta(days=30)
    assert {name: dates["submit"] for name, dates in found.items()} == {
        "own": (until, "Illness"),
        "other": (common, ""),
        "school": (common, ""),
    }


def test_dates_of_the_schools_mark_what_is_extended(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        made, east = programme(world.alpha), world.alpha.schools[0]
        until = today() + timedelta(days=77)
        extend(
            programme=made,
            kind=PhaseKind.RETURN,
            school=east.school,
            until=until,
            reason="Snow",
            by=office(world),
        )
    client = signed_in_as(world.alpha["county-leader"])
    rows = client.get(reverse("assessment:programme-dates", args=["alpha"]) + "?sort=-return").context["rows"]
    found = [
        (row.school.slug, row.windows["return"].closes_on, row.windows["return"].is_extended) for row in rows
    ]
    assert found == [("east", until, True), ("west", today() + timedelta(days=30), False)]
