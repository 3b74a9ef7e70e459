"""A provider's file: read by its mapping, matched row by row, entered wholly or not at all, once."""

from decimal import Decimal

import pytest

from assessment.events import Event
from assessment.training import actions as training
from assessment.training.models import ClaimState, HourClaim, Source
from assessment.training.providers import importing
from assessment.training.providers.importing import Asked
from assessment.training.providers.models import HourImportRow
from assessment.training.queries import recognised_hours
from schools.audit.models import AuditEntry
from schools.people.models import Person
from schools.refusals import Forbidden, Refused, Stale
from tests.assessment.providing import (
    entered,
    hours_of,
    line,
    outcomes,
    sent,
)
from tests.cast import World, acting, give_role, make_person
from tests.stories import programme

S = ClaimState


def online_of(world: World, person: Person) -> Decimal:
    return recognised_hours(programme(world.alpha), [person.pk])[person.pk]["online"]


def test_dry_run_says_of_every_row_what_it_comes_to_and_enters_nothing(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    south = in_alpha.beta.schools[0]["teacher"]
    newcomer = make_person("新来者", alpha.county, east.school)
    programme(alpha)
    Person.objects.filter(pk=newcomer.pk).update(training_number="NEW1")
    outsider = make_person("局外人", alpha.county)
    taken = sent(
        alpha,
        [
            line(east["teacher"]),
            line(east["teacher2"], status="未结业", hours="?"),
            line(south),
            line(outsider),
            line(east["cio"], name="别人"),
        ],
    )
    assert outcomes(taken) == [
        (2, "new", ""),
        (3, "unfinished", ""),
        (4, "nobody", ""),
        (5, "outsider", ""),
        (6, "fault", "other-name"),
    ]
    assert taken.counts == {
        "new": 1, "same": 0, "changed": 0, "unfinished": 1, "nobody": 1, "outsider": 1, "fault": 1,
    }  # fmt: skip
    assert HourClaim.objects.count() == 0


def test_committed_hours_wait_for_the_county_and_name_file_line_and_confirmer(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    taken = entered(alpha, [line(east["teacher"], hours=12.5), line(east["teacher2"], "C2", 7)])
    claim = HourClaim.objects.get(person=east["teacher"])
    facts = (claim.hours, claim.state, claim.source, claim.category, claim.title, str(claim.held_on))
    assert facts == (Decimal("12.5"), S.ATTESTED, Source.IMPORT, "online", "Course C1", "2026-05-03")
    assert claim.origin == f"provider:{taken.provider_id}:C1"
    assert claim.school_id == east.school.pk
    row = HourImportRow.objects.get(claim=claim)
    assert (row.hour_import.file.name, row.line) == ("hours.xlsx", 2)
    assert row.hour_import.committed_by == alpha["county-office"].user
    event = Event.objects.get(workflow="hour-claim", subject_id=claim.pk)
    assert (event.action, event.version, event.role) == ("vouch", 1, "county-office")
    assert event.details == {"import": taken.pk}
    assert AuditEntry.objects.filter(act="hours-import", subject=str(taken.pk)).count() == 1


def test_recognised_at_once_counts_at_once(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    entered(in_alpha.alpha, [line(east["teacher"])], is_recognised=True)
    assert hours_of(east["teacher"]) == [(Decimal("10"), S.RECOGNISED)]
    assert online_of(in_alpha, east["teacher"]) == 10


def test_same_and_overlapping_files_add_nothing_twice(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    entered(alpha, [line(east["teacher"]), line(east["teacher"], "C2", 5)])
    again = entered(alpha, [line(east["teacher"]), line(east["teacher"], "C2", 5)])
    assert outcomes(again) == [(2, "same", ""), (3, "same", "")]
    overlapping = entered(alpha, [line(east["teacher"], "C2", 5), line(east["teacher2"])])
    assert outcomes(overlapping) == [(2, "same", ""), (3, "new", "")]
    assert hours_of(east["teacher"]) == [(Decimal("10"), S.ATTESTED), (Decimal("5"), S.ATTESTED)]
    with pytest.raises(Refused) as refused:
        importing.commit(hour_import=again, asked=Asked(), by=acting(alpha["county-office"]))
    assert refused.value.code == "committed"


def test_changed_hours_are_amended_while_they_wait_and_the_event_keeps_the_old(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    entered(alpha, [line(east["teacher"], hours=10)])
    taken = entered(alpha, [line(east["teacher"], hours=14)])
    row = taken.rows.get()
    assert (row.outcome, row.before, row.hours) == ("changed", Decimal("10"), Decimal("14"))
    assert hours_of(east["teacher"]) == [(Decimal("14"), S.ATTESTED)]
    event = Event.objects.get(workflow="hour-claim", subject_id=row.claim_id, action="amend")
    assert event.details == {"import": taken.pk, "before": "10.0"}


def test_changed_hours_that_are_recognised_get_a_counter_entry_or_a_supplement(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    office = acting(alpha["county-office"])
    entered(alpha, [line(east["teacher"], hours=10)], is_recognised=True)
    entered(alpha, [line(east["teacher"], hours=8)])
    assert hours_of(east["teacher"]) == [(Decimal("10"), S.RECOGNISED), (Decimal("-2"), S.RECOGNISED)]
    assert online_of(in_alpha, east["teacher"]) == 8
    assert outcomes(entered(alpha, [line(east["teacher"], hours=8)])) == [(2, "same", "")]
    entered(alpha, [line(east["teacher"], hours=11)])
    assert hours_of(east["teacher"])[2] == (Decimal("3"), S.ATTESTED)
    assert online_of(in_alpha, east["teacher"]) == 8
    entered(alpha, [line(east["teacher"], hours=12)])
    assert hours_of(east["teacher"])[2] == (Decimal("4"), S.ATTESTED)
    assert outcomes(sent(alpha, [line(east["teacher"], hours=5)])) == [(2, "fault", "waiting-hours")]
    training.recognise(claim=HourClaim.objects.get(hours=4), by=office)
    entered(alpha, [line(east["teacher"], hours=5)])
    assert online_of(in_alpha, east["teacher"]) == 5
    assert [hours for hours, _state in hours_of(east["teacher"])] == [10, -2, 4, -4, -3]


def test_two_rows_of_one_course_and_person_name_both_lines(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    rows = [line(east["teacher"]), line(east["teacher"], status="学习中"), line(east["teacher"], hours=11)]
    taken = sent(alpha, rows)
    assert outcomes(taken) == [(2, "new", ""), (3, "unfinished", ""), (4, "fault", "twice")]
    fault = taken.rows.get(line=4)
    assert fault.values == {"first": 2, "second": 4}
    assert "2" in fault.sentence and "4" in fault.sentence


def test_a_fault_lets_nothing_in_and_unknown_rows_only_when_their_number_is_ticked(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    stranger = make_person("陌生人", in_alpha.beta.county)
    for rows, leave_out, code in (
        ([line(east["teacher"]), line(east["teacher2"], hours=-1)], 0, "faults"),
        ([line(east["teacher"]), line(stranger)], 0, "left-out"),
        ([line(east["teacher"]), line(stranger)], 2, "left-out"),
    ):
        taken = sent(alpha, rows)
        with pytest.raises(Refused) as refused:
            importing.commit(
                hour_import=taken, asked=Asked(leave_out=leave_out), by=acting(alpha["county-office"])
            )
        taken.refresh_from_db()
        assert (refused.value.code, taken.committed_at, HourClaim.objects.count()) == (code, None, 0)
    taken = entered(alpha, [line(east["teacher"]), line(stranger)], leave_out=1)
    assert (taken.left_out, hours_of(east["teacher"])) == (1, [(Decimal("10"), S.ATTESTED)])


def test_report_that_is_no_longer_true_enters_nothing(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    first, second = sent(alpha, [line(east["teacher"])]), sent(alpha, [line(east["teacher"], hours=9)])
    office = acting(alpha["county-office"])
    importing.commit(hour_import=first, asked=Asked(), by=office)
    with pytest.raises(Stale):
        importing.commit(hour_import=second, asked=Asked(), by=office)
    assert hours_of(east["teacher"]) == [(Decimal("10"), S.ATTESTED)]
    importing.look_again(hour_import=second, by=office)
    assert outcomes(second) == [(2, "changed", "")]


def test_importers_own_hours_wait_for_the_school(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    programme(alpha)
    give_role(east["teacher"], "county-office")
    taken = sent(alpha, [line(east["teacher"]), line(east["teacher2"])])
    importing.commit(hour_import=taken, asked=Asked(is_recognised=True), by=acting(east["teacher"]))
    assert hours_of(east["teacher"]) == [(Decimal("10"), S.CLAIMED)]
    assert hours_of(east["teacher2"]) == [(Decimal("10"), S.RECOGNISED)]


def test_only_the_office_imports_and_only_into_its_own_county(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    taken = sent(alpha, [line(east["teacher"])])
    for stranger in (alpha["county-leader"], east["cio"], in_alpha.beta["county-office"]):
        with pytest.raises(Forbidden):
            importing.commit(hour_import=taken, asked=Asked(), by=acting(stranger))
    assert HourClaim.objects.count() == 0
