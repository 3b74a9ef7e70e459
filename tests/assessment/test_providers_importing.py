"""A provider's file: read by its mapping, matched row by row, entered wholly or not at all, once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessment.events import Event
from assessment.training import actions as training
from assessment.training.models import ClaimState, HourClaim, Source
from assessment.training.providers import importing
from assessment.training.providers.importing import Asked
from assessment.training.providers.models import HourImport, HourImportRow
from assessment.training.queries import recognised_hours
from schools.audit.models import AuditEntry
from schools.clock import today
from schools.people.models import Person
from schools.people.sealing import unseal
from schools.refusals import Forbidden, Refused, Stale
from tests.assessment.providing import (
    HEADINGS,
    entered,
    hours_of,
    line,
    mapping_of,
    outcomes,
    sent,
)
from tests.cast import World, acting, give_role, make_person
from tests.schools.roster_files import csv_text, xls, xlsx
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
        (4, "unknown", ""),
        (5, "outsider", ""),
        (6, "fault", "other-name"),
    ]
    assert taken.counts == {
        "new": 1, "same": 0, "changed": 0, "unfinished": 1, "unknown": 1, "outsider": 1, "fault": 1,
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


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"hours": 0}, "few-hours"),
        ({"hours": -3}, "few-hours"),
        ({"hours": 201}, "many-hours"),
        ({"hours": "many"}, "no-hours"),
        ({"hours": None}, "no-hours"),
        ({"hours": True}, "no-hours"),
        ({"hours": "=1+1"}, "no-hours"),
        ({"finished": "2026-13-01"}, "no-day"),
        ({"finished": ""}, "no-day"),
        ({"finished": 46000}, "no-day"),
        ({"finished": "26-05-03"}, "no-day"),
        ({"code": "", "course": ""}, "no-course"),
        ({"code": "C" * 61}, "course-long"),
        ({"number": "", "name": "某某"}, "nobody-named"),
    ],
)
def test_absurd_rows_are_faults(in_alpha: World, changed: dict[str, Any], fault: str) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    taken = sent(alpha, [line(east["teacher"], **changed)])
    assert outcomes(taken) == [(2, "fault", fault)]
    assert taken.rows.get().sentence != ""


def test_future_day_is_a_fault(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    ahead = (today() + timedelta(days=1)).isoformat()
    taken = sent(in_alpha.alpha, [line(east["teacher"], finished=ahead), line(east["teacher2"])])
    assert outcomes(taken) == [(2, "fault", "future-day"), (3, "new", "")]


def test_more_hours_than_the_days_between_hold_are_a_fault(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    mapping = mapping_of(
        alpha, columns={"number": "号", "course": "课", "hours": "时", "begun": "始", "finished": "终"},
        finished_words="",
    )  # fmt: skip
    number = east["teacher"].training_number
    rows = [
        [number, "A", 48, "2026-05-02", "2026-05-03"],
        [number, "B", 48.5, "2026-05-02", "2026-05-03"],
        [number, "C", 1, "2026-05-04", "2026-05-03"],
    ]
    taken = sent(alpha, rows, mapping, headings=["号", "课", "时", "始", "终"])
    assert outcomes(taken) == [(2, "new", ""), (3, "fault", "hours-of-day"), (4, "fault", "late-begin")]


def test_headings_decide_and_not_their_order(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    mapping = mapping_of(alpha)
    turned = [["学时汇总表"], ["备注", *reversed(HEADINGS)], ["x", *reversed(line(east["teacher"], hours=6))]]
    taken = sent(alpha, [], mapping, content=xlsx(turned))
    assert [(row.line, row.outcome, row.hours) for row in taken.rows.all()] == [(3, "new", Decimal("6"))]


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        ([*HEADINGS[:4], "时长", *HEADINGS[5:]], "missing-columns"),
        ([*HEADINGS[:6], "学时"], "repeated-columns"),
    ],
)
def test_missing_or_repeated_heading_is_named(in_alpha: World, headings: list[str], code: str) -> None:
    east = in_alpha.alpha.schools[0]
    with pytest.raises(Refused) as refused:
        sent(in_alpha.alpha, [line(east["teacher"])], headings=headings)
    assert refused.value.code == code
    assert "学时" in str(refused.value)
    assert HourImport.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_and_xls_are_read_alike(in_alpha: World, encoding: str) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    rows = [HEADINGS, line(east["teacher"], hours="7.5")]
    mapping = mapping_of(alpha)
    for content, name in ((csv_text(rows, encoding), "h.csv"), (xls(rows), "h.xls")):
        taken = sent(alpha, [], mapping, content=content, name=name)
        assert [(row.outcome, row.hours) for row in taken.rows.all()] == [("new", Decimal("7.5"))]


@pytest.mark.parametrize("content", [b"", b"   ", b"%PDF-1.7 x", b"PK\x03\x04rubbish", b"\x00\x01\x02"])
def test_what_is_no_table_is_refused(in_alpha: World, content: bytes) -> None:
    programme(in_alpha.alpha)
    mapping = mapping_of(in_alpha.alpha)
    with pytest.raises(Refused):
        importing.receive(
            content=content, name="x.xlsx", mapping=mapping, programme=programme(in_alpha.alpha),
            by=acting(in_alpha.alpha["county-office"]),
        )  # fmt: skip


def test_identity_numbers_come_from_text_alone_and_are_kept_nowhere(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    number = unseal(east["teacher"].id_number_sealed)
    mapping = mapping_of(
        alpha, columns={"id": "身份证号", "course": "课", "hours": "时", "finished": "终"}, finished_words=""
    )
    rows = [
        [number, "A", 3, "2026-05-03"],
        [341324198501150012, "A", 3, "2026-05-03"],
        ["34", "A", 3, "2026-05-03"],
    ]
    taken = sent(alpha, rows, mapping, headings=["身份证号", "课", "时", "终"])
    assert outcomes(taken) == [(2, "new", ""), (3, "fault", "numeric-id"), (4, "fault", "id-wrong")]
    assert taken.rows.get(line=3).values == {"cell": "A3"}
    kept = str(list(taken.rows.values())) + str(list(AuditEntry.objects.values("details", "subject")))
    assert number not in kept


def test_name_and_school_find_one_person_or_say_that_there_are_two(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    make_person("同名", alpha.county, east.school)
    make_person("同名", alpha.county, east.school)
    mapping = mapping_of(
        alpha, columns={"name": "姓名", "school": "单位", "hours": "时", "finished": "终"},
        constants={"course": "通识课"}, finished_words="",
    )  # fmt: skip
    teacher = east["teacher"]
    spread = f"{teacher.name[0]} {teacher.name[1:]}"
    rows = [
        [spread, east.school.name, 3, "2026-05-03"],
        [teacher.name, "西湖小学", 3, "2026-05-03"],
        ["同名", east.school.name, 3, "2026-05-03"],
    ]
    taken = sent(alpha, rows, mapping, headings=["姓名", "单位", "时", "终"])
    assert outcomes(taken) == [(2, "new", ""), (3, "unknown", ""), (4, "fault", "two-people")]
    assert taken.rows.get(line=2).course_code == "通识课"


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
