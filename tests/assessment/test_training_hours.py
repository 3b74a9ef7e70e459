"""The rules of hours: what completes, what a day holds, what is flagged, what corrects, what a transfer carries."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessment.checking import transfers
from assessment.checking.lines import lines_of
from assessment.checking.models import Outcome
from assessment.events import Event
from assessment.programme.models import Participant, Programme
from assessment.submitting.models import SubmissionState
from assessment.training import actions
from assessment.training.batches import attest_all, recognise_all
from assessment.training.corrections import correct
from assessment.training.flags import flags_of
from assessment.training.ledger import Passed, entries_of, in_all, ledger_rows
from assessment.training.models import Category, ClaimState, HourClaim, Source
from assessment.training.queries import has_enough_hours, lacking_hours, recognised_hours
from schools.clock import SHANGHAI
from schools.notices.models import Notice
from schools.people.models import Person, Transfer
from schools.refusals import Forbidden, Refused, Stale
from tests.cast import SchoolCast, World, acting
from tests.stories import participant, picture, programme, submission_at

ONLINE, PRACTICE = Category.ONLINE, Category.PRACTICE
DAY = date(2026, 5, 3)
S = ClaimState


def earned(
    world: World, person: Person, category: Category, hours: Any, day: date = DAY, **facts: Any
) -> HourClaim:
    """Enter hours for a person as an activity or a course would."""
    serial = HourClaim.objects.count()
    return actions.enter(
        participant=participant(world.alpha, person), category=category, hours=Decimal(hours),
        title=f"Thing {serial}", held_on=day, source=Source.ACTIVITY, origin=f"activity:{serial}", **facts,
    )  # fmt: skip


def recognised(
    world: World, school: SchoolCast, category: Category, hours: Any, who: str = "teacher"
) -> HourClaim:
    claim = earned(world, school[who], category, hours)
    actions.attest(claim=claim, by=acting(school["cio"]))
    actions.recognise(claim=claim, by=acting(world.alpha["county-office"]))
    return claim


def claimed(
    world: World, school: SchoolCast, hours: Any, proof: int, who: str = "teacher", day: date = DAY
) -> HourClaim:
    return actions.claim(
        participant=participant(world.alpha, school[who]), category=PRACTICE, hours=Decimal(hours),
        title=f"Lesson {proof}", held_on=day, proof=picture(proof), by=acting(school[who]),
    )  # fmt: skip


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
    assert in_all(year, east["teacher"]).recognised == online + practice


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


def test_more_than_a_day_holds_is_flagged_with_its_parts(in_alpha: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANGUAGE_CODE = "en"
    east = in_alpha.alpha.schools[0]
    first, second = claimed(in_alpha, east, 8, 1), earned(in_alpha, east["teacher"], PRACTICE, 6)
    beside = [earned(in_alpha, east["teacher"], ONLINE, 9), earned(in_alpha, east["teacher2"], PRACTICE, 12)]
    sentence = "14 h on May 3: 8 + 6. A day holds 12."
    assert flags_of([first, second, *beside]) == {first.pk: [sentence], second.pk: [sentence]}


def test_times_that_overlap_are_flagged_and_those_that_touch_are_not(in_alpha: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANGUAGE_CODE = "en"
    east = in_alpha.alpha.schools[0]

    def lesson(person: Person, begin: int, end: int) -> HourClaim:
        at = {
            "begins_at": datetime(2026, 5, 3, begin, tzinfo=SHANGHAI),
            "ends_at": datetime(2026, 5, 3, end, tzinfo=SHANGHAI),
        }
        return earned(in_alpha, person, PRACTICE, 1, **at)

    rows = [lesson(east["teacher"], *span) for span in ((8, 10), (9, 11), (11, 12))]
    rows.append(lesson(east["teacher2"], 8, 12))
    assert flags_of(rows) == {
        rows[0].pk: ["Overlaps with “Thing 1”, 09:00 to 11:00."],
        rows[1].pk: ["Overlaps with “Thing 0”, 08:00 to 10:00."],
    }


def test_proof_used_twice_is_flagged_to_each_reader_as_far_as_they_may_know(
    in_alpha: World, settings
) -> None:  # type: ignore[no-untyped-def]
    settings.LANGUAGE_CODE = "en"
    east, west = in_alpha.alpha.schools
    mine, theirs = claimed(in_alpha, east, 2, 7), claimed(in_alpha, west, 2, 7)
    claimed(in_alpha, east, 2, 8)
    county = flags_of([mine])[mine.pk]
    assert county == [f"The same proof as {west['teacher'].name}'s claim “Lesson 7” on 2026-05-03."]
    assert flags_of([mine], at_school=east.school.pk) == {
        mine.pk: ["The same proof as a claim at another school."]
    }
    assert flags_of([mine], is_own=True) == {}
    again = claimed(in_alpha, east, 1, 7)
    assert flags_of([mine], is_own=True) == {mine.pk: ["The same proof as “Lesson 7” on 2026-05-03."]}
    for claim, school in ((theirs, west), (again, east)):
        actions.refuse(claim=claim, because="Twice.", by=acting(school["cio"]))
    assert flags_of([mine, theirs]) == {}


def test_flags_ask_as_often_for_one_claim_as_for_many(in_alpha: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    claims = [claimed(in_alpha, east, 1, number) for number in range(6)]
    for some in (claims[:1], claims):
        with django_assert_num_queries(4):
            flags_of(some)


def test_batch_leaves_flagged_claims_standing_unless_ticked_by_themselves(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    cio, office = acting(east["cio"]), acting(in_alpha.alpha["county-office"])
    plain, flagged, twin = (
        claimed(in_alpha, east, 1, 1),
        claimed(in_alpha, east, 1, 2),
        claimed(in_alpha, west, 1, 2),
    )
    mine = [plain, flagged]
    done, refused = attest_all(claims=mine, despite=set(), at_school=east.school.pk, by=cio)
    assert ([one.pk for one in done], [one.pk for one, _sentence in refused]) == ([plain.pk], [flagged.pk])
    assert east["teacher"].name in refused[0][1] and west["teacher"].name not in refused[0][1]
    attest_all(claims=[flagged], despite={flagged.pk}, at_school=east.school.pk, by=cio)
    done, refused = recognise_all(claims=mine, despite=set(), by=office)
    assert ([one.pk for one in done], [one.pk for one, _sentence in refused]) == ([plain.pk], [flagged.pk])
    recognise_all(claims=[flagged], despite={flagged.pk}, by=office)
    states = list(HourClaim.objects.order_by("pk").values_list("state", flat=True))
    assert states == [S.RECOGNISED, S.RECOGNISED, S.CLAIMED]
    assert twin.state == S.CLAIMED


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
    rows = ledger_rows(entries_of(programme(alpha), east["teacher"]))
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
    assert [row.claim.hours for row in ledger_rows(entries_of(year, teacher), at_school=west.school.pk)] == [
        1,
        10,
        5,
    ]
