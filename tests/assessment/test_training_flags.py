"""What is flagged about claims, to whom, and how a batch passes flagged ones over."""

from datetime import date, datetime

from assessment.training import actions
from assessment.training.batches import attest_all, recognise_all
from assessment.training.flags import flags_of
from assessment.training.models import Category, ClaimState, HourClaim
from schools.clock import SHANGHAI
from schools.people.models import Person
from tests.assessment.hours import claimed, earned
from tests.cast import World, acting

ONLINE, PRACTICE = Category.ONLINE, Category.PRACTICE
DAY = date(2026, 5, 3)
S = ClaimState


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
        with django_assert_num_queries(2):
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
