"""The rules of hours: what completes, what a day holds, what is flagged, what corrects, what a transfer carries."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django_scopes import scope

from assessment.checking import transfers
from assessment.checking.lines import lines_of
from assessment.checking.models import Outcome
from assessment.events import Event
from assessment.programme.models import Participant, Programme
from assessment.submitting.models import SubmissionState
from assessment.training import actions
from assessment.training.corrections import correct
from assessment.training.ledger import Passed, in_all, ledger_rows
from assessment.training.models import Category, ClaimState, HourClaim, Source
from assessment.training.queries import claims_of, has_enough_hours, lacking_hours, recognised_hours, sums_of
from schools.notices.models import Notice
from schools.people.models import Person, Transfer
from schools.refusals import Forbidden, Refused, Stale
from tests.assessment.hours import claimed, earned
from tests.cast import SchoolCast, World, acting
from tests.stories import programme, submission_at

ONLINE, PRACTICE = Category.ONLINE, Category.PRACTICE
DAY = date(2026, 5, 3)
S = ClaimState


def recognised(
    world: World, school: SchoolCast, category: Category, hours: Any, who: str = "teacher"
) -> HourClaim:
    claim = earned(world, school[who], category, hours)
    actions.attest(claim=claim, by=acting(school["cio"]))
    actions.recognise(claim=claim, by=acting(world.alpha["county-office"]))
    return claim


@pytest.mark.parametrize(
    ("rules", "online", "practice", "lacking"),
    [
        ((30, 30, None), 35, 25, ["5 practice hours"]),
        ((30, 30, None), 30, 30, []),
        ((0, 25, 50), 40, 24, ["1 practice hours"]),
        ((0, 25, 50), 25, 25, []),
        ((0, 25, 50), 24, 25, ["1 hours in all"]),
        ((0, 25, 50), 25, 24, ["1 practice hours", "1 hours in all"]),
        ((0, 25, 50), 0, 50, []),
    ],
)
def test_hours_complete_by_category_and_in_all(  # type: ignore[no-untyped-def]
    in_alpha: World,
    settings,
    rules: tuple[int, int, int | None],
    online: int,
    practice: int,
    lacking: list[str],
) -> None:
    settings.LANGUAGE_CODE = "en"
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    year = programme(alpha)
    Programme.objects.filter(pk=year.pk).update(
        online_hours=rules[0], practice_hours=rules[1], total_hours=rules[2], credits=None
    )
    year.refresh_from_db()
    if online:
        recognised(in_alpha, east, ONLINE, online)
    recognised(in_alpha, east, PRACTICE, practice)
    hours = recognised_hours(year, [east["teacher"].pk])[east["teacher"].pk]
    assert (has_enough_hours(year, hours), lacking_hours(year, hours)) == (not lacking, lacking)
    lines = {line.participant.person_id: line for line in lines_of(year, east.school)}
    line = lines[east["teacher"].pk]
    assert line.outcome == (Outcome.INCOMPLETE if lacking else Outcome.COMPLETE)
    assert in_all(year, sums_of(year, east["teacher"])).recognised == online + practice


def test_hours_alone_earn_no_credits(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    recognised(in_alpha, east, ONLINE, 30)
    recognised(in_alpha, east, PRACTICE, 30)
    (line,) = [
        one
        for one in lines_of(programme(alpha), east.school)
        if one.participant.person_id == east["teacher"].pk
    ]
    assert (line.online_hours, line.practice_hours, line.credits, line.outcome) == (
        30,
        30,
        0,
        Outcome.INCOMPLETE,
    )


def test_a_day_holds_so_many_hours_and_the_refusal_says_how_many_are_left(in_alpha: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANGUAGE_CODE = "en"
    east = in_alpha.alpha.schools[0]
    first = claimed(in_alpha, east, 8, 1)
    with pytest.raises(Refused) as refused:
        claimed(in_alpha, east, "4.5", 2)
    assert (refused.value.code, str(refused.value)) == (
        "hours",
        "A day has at most 12 hours of practice; on May 3 4 are left.",
    )
    second = claimed(in_alpha, east, 4, 3)
    claimed(in_alpha, east, 12, 4, day=DAY - timedelta(days=1))
    actions.refuse(claim=first, because="No.", by=acting(east["cio"]))
    claimed(in_alpha, east, 8, 5)
    with pytest.raises(Refused):
        actions.claim_again(claim=first, by=acting(east["teacher"]))
    assert (first.state, second.state) == (S.REFUSED, S.CLAIMED)


def test_recognised_hours_are_corrected_by_a_row_that_names_them(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    claim, office = recognised(in_alpha, east, PRACTICE, 10), acting(alpha["county-office"])
    row = correct(claim=claim, hours=Decimal(4), because="The list says 6.", by=office, seen=Decimal(10))
    assert (row.hours, row.state, row.corrects_id, row.category, row.source) == (
        -4, S.RECOGNISED, claim.pk, PRACTICE, Source.CORRECTION,
    )  # fmt: skip
    assert recognised_hours(programme(alpha), [claim.person_id])[claim.person_id][PRACTICE] == 6
    with pytest.raises(Stale):
        correct(claim=claim, hours=Decimal(4), because="Again.", by=office, seen=Decimal(10))
    for hours in ("6.1", "0", "-1"):
        with pytest.raises(Refused):
            correct(claim=claim, hours=Decimal(hours), because="More.", by=office)
    with pytest.raises(Refused):
        correct(claim=claim, hours=Decimal(1), because=" ", by=office)
    with pytest.raises(Refused):
        correct(claim=row, hours=Decimal(1), because="Of a correction.", by=office)
    with pytest.raises(Forbidden):
        correct(claim=claim, hours=Decimal(1), because="Mine.", by=acting(east["cio"]))
    correct(claim=claim, hours=Decimal(6), because="All of it.", by=office)
    assert recognised_hours(programme(alpha), [claim.person_id])[claim.person_id][PRACTICE] == 0
    assert Notice.objects.filter(person=east["teacher"]).count() == 2
    claim.refresh_from_db()
    assert (claim.hours, claim.state) == (10, S.RECOGNISED)


def test_pending_hours_are_not_corrected(in_alpha: World) -> None:
    claim = claimed(in_alpha, in_alpha.alpha.schools[0], 2, 1)
    with pytest.raises(Refused) as refused:
        correct(claim=claim, hours=Decimal(1), because="No.", by=acting(in_alpha.alpha["county-office"]))
    assert refused.value.code == "state"


def test_ledger_says_who_passed_each_row_and_what_is_left(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    claim = recognised(in_alpha, east, PRACTICE, 10)
    correct(claim=claim, hours=Decimal(4), because="The list says 6.", by=acting(alpha["county-office"]))
    rows = ledger_rows(claims_of(programme(alpha), east["teacher"]))
    shown = [
        (row.claim.hours, name_of(row.attested), name_of(row.recognised), row.words, row.left) for row in rows
    ]
    office = alpha["county-office"].name
    assert shown == [(-4, "", office, "The list says 6.", -4), (10, east["cio"].name, office, "", 6)]
    assert [row.can_be_corrected for row in rows] == [False, True]


def name_of(passed: Passed | None) -> str:
    return passed.name if passed else ""


def moved(world: World, person: Person, old: SchoolCast, new: SchoolCast) -> None:
    """The person moves to another school."""
    transfer = Transfer.objects.create(
        county=world.alpha.county, school=new.school, person=person, from_school=old.school
    )
    transfers.complete(transfer=transfer, by=acting(world.alpha["county-office"]))


def test_transfer_carries_pending_hours_and_everything_counts_once(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    teacher, office = east["teacher"], acting(alpha["county-office"])
    submission_at(alpha, east, SubmissionState.ACCEPTED)
    kept = recognised(in_alpha, east, PRACTICE, 10)
    pending, refused = (
        claimed(in_alpha, east, 5, 1, day=DAY - timedelta(days=1)),
        claimed(in_alpha, east, 1, 2),
    )
    actions.refuse(claim=refused, because="No date.", by=acting(east["cio"]))
    moved(in_alpha, teacher, east, west)
    for claim in (kept, pending, refused):
        claim.refresh_from_db()
    new = Participant.objects.get(person=teacher, ends_on__isnull=True)
    assert (kept.school_id, pending.school_id, refused.school_id) == (
        east.school.pk, west.school.pk, west.school.pk,
    )  # fmt: skip
    assert (pending.participant_id, pending.state, refused.state) == (new.pk, S.CLAIMED, S.REFUSED)
    event = Event.objects.get(workflow="hour-claim", subject_id=pending.pk, action="carry")
    assert (event.details, event.school_id) == ({"from_school": east.school.pk}, west.school.pk)
    with pytest.raises(Forbidden):
        actions.attest(claim=pending, by=acting(east["cio"]))
    actions.attest(claim=pending, by=acting(west["cio"]))
    actions.recognise(claim=pending, by=office)
    year = programme(alpha)
    assert recognised_hours(year, [teacher.pk])[teacher.pk][PRACTICE] == 15
    (line,) = [one for one in lines_of(year, west.school) if one.participant.person_id == teacher.pk]
    assert (line.practice_hours, line.credits) == (15, 4)
    assert [row.claim.hours for row in ledger_rows(claims_of(year, teacher), at_school=west.school.pk)] == [
        1,
        10,
        5,
    ]
    with scope(county=alpha.county, school=west.school):
        assert [part.recognised for part in sums_of(year, teacher)] == [0, 15]
