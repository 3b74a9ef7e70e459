"""The figures of the days: a recount of the events, and the invariant that holds them to the counters."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django_scopes import scope, scopes_disabled

from assessment.checking.results import decisions
from assessment.events import Event
from assessment.programme.models import DayFigures, Programme, SchoolProgress
from assessment.reporting.checks import days_add_up_to_the_counters
from assessment.reporting.curves import points_of, ticks
from assessment.reporting.days import STAGES, Span, recount
from assessment.reporting.figures import counters_of, figures_of
from assessment.submitting.models import SubmissionState
from portal.demo.stretching import anchors_of, stretch
from schools.clock import today
from schools.people.models import Transfer
from tests.cast import World, acting
from tests.stories import programme, submission_at


@pytest.fixture(scope="module")
def work(common_ground: World) -> None:
    """East has a submission accepted and one begun; West has one returned and one taken back."""
    alpha = common_ground.alpha
    east, west = alpha.schools
    submission_at(alpha, east, SubmissionState.ACCEPTED)
    submission_at(alpha, east, SubmissionState.DRAFT, code="A5")
    submission_at(alpha, west, SubmissionState.RETURNED)
    passed = submission_at(alpha, west, SubmissionState.PASSED, "teacher2")
    with scope(county=alpha.county, school=None):
        decisions.take_back(submission=passed, why="Wrong file.", by=acting(west["cio"]))


@pytest.fixture
def busy(work: None, world: World) -> Programme:
    """Alpha's programme, in which East and West have moved."""
    return programme(world.alpha)


def sums(of: Programme) -> dict[int, tuple[int, ...]]:
    rows = DayFigures.objects.filter(programme=of).values("school_id")
    found = rows.annotate(**{f"sum_{stage}": Sum(stage) for stage in STAGES}).order_by()
    return {row["school_id"]: tuple(row[f"sum_{stage}"] for stage in STAGES) for row in found}


def counters(of: Programme) -> dict[int, tuple[int, ...]]:
    rows = {
        row.school_id: figures_of(counters_of(row)) for row in SchoolProgress.objects.filter(programme=of)
    }
    return {pk: tuple(getattr(figures, stage) for stage in STAGES) for pk, figures in rows.items()}


def broken() -> list[str]:
    with scopes_disabled():
        return list(days_add_up_to_the_counters()[1])


def test_days_add_up_to_the_counters(world: World, busy: Programme) -> None:
    east, west = (cast.school.pk for cast in world.alpha.schools)
    with scope(county=world.alpha.county, school=None):
        recount(busy)
        assert sums(busy) == counters(busy) == {east: (1, 1, 1, 1), west: (2, 2, 0, 0)}


def test_recount_twice_writes_the_same_rows(world: World, busy: Programme) -> None:
    with scope(county=world.alpha.county, school=None):
        first = recount(busy)
        rows = list(DayFigures.objects.order_by("pk").values())
        assert recount(busy, Span(today() - timedelta(days=1))) == first == len(rows)
        assert list(DayFigures.objects.order_by("pk").values()) == rows


def test_recount_takes_away_what_no_event_says(world: World, busy: Programme) -> None:
    with scope(county=world.alpha.county, school=None):
        DayFigures.objects.create(
            county=world.alpha.county,
            school=world.alpha.schools[0].school,
            programme=busy,
            day=today() - timedelta(days=9),
            passed=7,
        )
        assert broken() != []
        recount(busy)
    assert broken() == []


def test_days_are_those_of_shanghai(world: World, busy: Programme) -> None:
    with scope(county=world.alpha.county, school=None):
        late = Event.objects.filter(workflow="submission", action="accept").get()
        before_midnight = late.at.replace(year=2022, month=5, day=3, hour=16, minute=30)  # 00:30 on the 4th
        Event._base_manager.filter(pk=late.pk).update(at=before_midnight)
        recount(busy)
        day = DayFigures.objects.get(accepted=1).day
    assert day.isoformat() == "2022-05-04"


def test_carried_work_is_counted_at_the_new_school(  # type: ignore[no-untyped-def]
    world: World, busy: Programme, signed_in_as
) -> None:
    east, west = world.alpha.schools
    submission_at(world.alpha, east, SubmissionState.SUBMITTED, "teacher2")
    with scope(county=world.alpha.county, school=None):
        row = Transfer.objects.create(
            county=world.alpha.county, person=east["teacher2"], from_school=east.school, school=west.school
        )
    signed_in_as(world.alpha["county-office"]).post(f"/alpha/transfers/{row.pk}/complete/")
    with scope(county=world.alpha.county, school=None):
        recount(busy)
        assert sums(busy) == counters(busy) == {east.school.pk: (1, 1, 1, 1), west.school.pk: (2, 3, 0, 0)}


def test_invariant_finds_a_counter_that_drifted(world: World, busy: Programme) -> None:
    assert broken() == []
    SchoolProgress._base_manager.filter(programme=busy, chosen=1).update(chosen=2)
    assert len(broken()) == 1


def test_command_counts_every_county(world: World, busy: Programme) -> None:
    call_command("recount_days", days=2)
    with scope(county=world.alpha.county, school=None):
        assert sums(busy) == counters(busy)


def test_stretching_keeps_the_order_and_the_sums(world: World, busy: Programme) -> None:
    with scope(county=world.alpha.county, school=None):
        before = list(Event.objects.exclude(workflow="certificate").order_by("at", "pk").values_list("pk"))
        begin = anchors_of(busy)[0][1]
        stretch(busy)
        events = Event.objects.exclude(workflow="certificate")
        assert list(events.order_by("at", "pk").values_list("pk")) == before
        assert events.earliest("at").at <= begin
        recount(busy)
        assert sums(busy) == counters(busy)
        assert DayFigures.objects.values("day").distinct().count() > 1
    assert broken() == []


def test_curve_ends_on_its_last_day_and_stays_short() -> None:
    first, last = date(2022, 3, 1), date(2022, 12, 26)
    days = list(ticks(first, last))
    assert (days[-1], days[0] >= first, len(days) <= 27) == (last, True, True)
    moved = [(first, (1, 0, 0, 0)), (last, (1, 3, 0, 0))]
    points = list(points_of(moved, days, (4, 3, 3, 3)))
    assert (points[0].counts, points[-1].counts, points[-1].percents) == (
        (1, 0, 0, 0),
        (2, 3, 0, 0),
        (50, 100, 0, 0),
    )
