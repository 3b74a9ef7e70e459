"""How a provider's file is read: kinds, headings, cells, whom a row names, and what is refused."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessment.training.models import ClaimState
from assessment.training.providers import importing
from assessment.training.providers.cells import day_in, hours_in, is_finished
from assessment.training.providers.models import HourImport
from schools.audit.models import AuditEntry
from schools.clock import today
from schools.people.sealing import unseal
from schools.refusals import Refused
from tests.assessment.providing import (
    HEADINGS,
    line,
    mapping_of,
    outcomes,
    sent,
)
from tests.cast import World, acting, make_person
from tests.schools.roster_files import csv_text, xls, xlsx
from tests.stories import programme

S = ClaimState


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
    assert outcomes(taken) == [(2, "new", ""), (3, "nobody", ""), (4, "fault", "two-people")]
    assert taken.rows.get(line=2).course_code == "通识课"


@pytest.mark.parametrize(
    ("value", "unit", "hours"),
    [
        (90, "minutes", "1.5"),
        ("95分钟", "minutes", "1.6"),
        ("1:30", "clock", "1.5"),
        ("12:06:30", "clock", "12.1"),
        ("1小时30分", "clock", "1.5"),
        (time(2, 15), "clock", "2.3"),
        (timedelta(hours=30), "clock", "30.0"),
        ("1,5", "hours", "1.5"),
        ("１２学时", "hours", "12.0"),
        (7.25, "hours", "7.3"),
    ],
)
def test_hours_are_read_in_their_unit(value: Any, unit: str, hours: str) -> None:
    assert str(hours_in(value, unit)) == hours


@pytest.mark.parametrize(
    ("value", "unit"), [("1:75", "clock"), (1.5, "clock"), ("NaN", "hours"), ("1e9", "hours")]
)
def test_what_is_no_time_is_refused(value: Any, unit: str) -> None:
    with pytest.raises(ValueError):
        hours_in(value, unit)


@pytest.mark.parametrize(
    ("value", "order", "day"),
    [
        ("2026-05-03 18:22:01", "ymd", "2026-05-03"),
        ("2026年5月3日", "ymd", "2026-05-03"),
        (20260503, "ymd", "2026-05-03"),
        ("3.5.2026", "dmy", "2026-05-03"),
        ("5/3/2026", "mdy", "2026-05-03"),
        (datetime(2026, 5, 3, 9), "mdy", "2026-05-03"),
    ],
)
def test_days_are_read_in_their_order(value: Any, order: str, day: str) -> None:
    assert day_in(value, order).isoformat() == day


@pytest.mark.parametrize(
    ("value", "words", "finished"),
    [
        ("已结业", "已结业，合格", True),
        ("合 格", "已结业，合格", True),
        ("不合格", "已结业，合格", False),
        (0.9, "80%", True),
        ("79%", "80%", False),
        (100, "80%", True),
        ("", "80%", False),
        ("=A1", "80%", False),
    ],
)
def test_only_the_words_for_finished_count(value: Any, words: str, finished: bool) -> None:
    assert is_finished(value, words) == finished
