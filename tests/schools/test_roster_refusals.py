"""Every bad roster is refused with its code and its exact place, and nothing is half done."""

import time
from typing import Any

import pytest
import xlwt

from schools.access.actor import Actor
from schools.people.models import Person
from schools.roster import importing
from schools.roster.outcome import Outcome
from tests.cast import World
from tests.schools.roster_files import HEADINGS, csv_text, long_xlsx, number, teacher, teachers, xls, xlsx

EAST, WEST = "东风小学", "西湖小学"
COLUMN = {heading: "ABCDEFGH"[at] for at, heading in enumerate(HEADINGS)}


def looked_at(world: World, content: bytes, *, own: bool = False, name: str = "roster.xlsx") -> Outcome:
    """Preview a file of county Alpha, or of its first school."""
    school = world.alpha.schools[0].school if own else None
    return importing.preview(content, name, county=world.alpha.county, school=school, by=Actor(user=None))


def places(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(refusal.sheet, refusal.cell, refusal.code) for refusal in outcome.refusals]


def wrong_check_digit(serial: int) -> str:
    good = number(serial)
    return good[:17] + ("0" if good[17] != "0" else "1")


BAD_CELLS: list[tuple[str, Any, str]] = [
    ("身份证号", 3.41324198501150e17, "numeric-id"),
    ("身份证号", "3.41324E+17", "numeric-id"),
    ("身份证号", "34132419850115001", "id-shape"),
    ("身份证号", "341324850115001", "id-shape"),
    ("身份证号", "341324198513450018", "id-birth"),
    ("身份证号", wrong_check_digit(6), "id-check"),
    ("身份证号", None, "id-missing"),
    ("身份证号", "=B2", "formula"),
    ("姓名", None, "name-missing"),
    ("姓名", "王" * 200, "name-long"),
    ("姓名", '=CONCATENATE("王","芳")', "formula"),
    ("姓名", number(900), "name-missing"),
    ("单位", "东风小学校", "unknown-school"),
    ("单位", None, "unknown-school"),
    ("单位", "南山小学", "unknown-school"),
    ("教龄", "三年", "bad-number"),
    ("教龄", 5.5, "bad-number"),
    ("教龄", 61, "bad-number"),
    ("邮箱", "wang.example.com", "bad-email"),
    ("手机", "0557-1234567", "bad-phone"),
    ("性别", "F", "bad-sex"),
    ("教研组", "组" * 61, "text-long"),
]


@pytest.mark.parametrize(("heading", "value", "code"), BAD_CELLS)
def test_cell_is_refused_when_bad(world: World, heading: str, value: Any, code: str) -> None:
    rows = teachers(8, EAST)
    rows[6][HEADINGS.index(heading)] = value
    outcome = looked_at(world, xlsx(rows))
    assert places(outcome) == [("教师", f"{COLUMN[heading]}7", code)]
    assert outcome.counts == {"added": 7, "changed": 0, "transferred": 0, "unchanged": 0, "refused": 1}
    sentence = outcome.refusals[0].sentence
    assert f"{COLUMN[heading]}7" in sentence and "%(" not in sentence


def test_numeric_id_is_explained_when_excel_spoiled_it(world: World) -> None:
    rows = [HEADINGS, teacher(1, EAST, 身份证号=3.4e17)]
    (refusal,) = looked_at(world, xlsx(rows)).refusals
    assert refusal.source % {"cell": refusal.cell} == (
        "Cell B2 holds a number. Excel has lost its last digits: format the column as text "
        "and enter the identity number again."
    )


def test_unknown_school_names_the_nearest(world: World) -> None:
    outcome = looked_at(world, xlsx([HEADINGS, teacher(1, "东风小学校")]))
    assert outcome.refusals[0].values == {"nearest": EAST}


def test_row_keeps_all_its_refusals_when_several_cells_are_bad(world: World) -> None:
    rows = [HEADINGS, teacher(1, EAST, 身份证号=3.4e17, 手机="12", 性别="x")]
    outcome = looked_at(world, xlsx(rows))
    assert places(outcome) == [
        ("教师", "B2", "numeric-id"),
        ("教师", "C2", "bad-sex"),
        ("教师", "F2", "bad-phone"),
    ]
    assert outcome.counts["refused"] == 1


def test_duplicate_is_refused_at_its_second_place(world: World) -> None:
    rows = [*teachers(3, EAST), teacher(1, EAST, 姓名="王小芳")]
    outcome = looked_at(world, xlsx(rows))
    assert places(outcome) == [("教师", "B5", "duplicate")]
    assert outcome.refusals[0].values == {"first": 3}


def test_no_refusal_holds_a_personal_value(world: World) -> None:
    rows = [*teachers(3, "不存在的学校"), teacher(1, EAST, 身份证号=wrong_check_digit(4), 手机="4711")]
    outcome = looked_at(world, xlsx(rows))
    kept = str([refusal.as_json() for refusal in outcome.refusals])
    for secret in (number(0), number(1), wrong_check_digit(4), "4711", "王芳"):
        assert secret not in kept


def test_other_school_is_refused_when_the_file_is_a_schools(world: World) -> None:
    rows = [HEADINGS, teacher(1, EAST), teacher(2, WEST), teacher(3, "")]
    outcome = looked_at(world, xlsx(rows), own=True)
    assert places(outcome) == [("教师", "D3", "other-school")]
    assert outcome.counts["added"] == 2


def test_office_person_is_refused_when_listed_at_a_school(in_alpha: World) -> None:
    outcome = looked_at(in_alpha, xlsx(teachers(1, EAST)))
    line = outcome.lines[0].person
    Person.objects.create(county=in_alpha.alpha.county, name="王芳", id_number_index=line.id_number_index)
    assert places(looked_at(in_alpha, xlsx(teachers(1, EAST)))) == [("教师", "B2", "office-person")]


def merge(place: str) -> Any:
    return lambda sheet: sheet.merge_cells(place)


def with_title(rows: list[list[Any]]) -> list[list[Any]]:
    return [["教师信息表", *[None] * 7], *rows]


ROWS = teachers(3, EAST)
WHOLE_FILES: list[tuple[bytes, str, str, str]] = [
    (b"", "", "", "empty"),
    (b"\n \n", "", "", "empty"),
    (xlsx([]), "", "", "empty"),
    (xlsx([HEADINGS]), "教师", "", "empty"),
    (csv_text([HEADINGS], "utf-8"), "roster", "", "empty"),
    (xlsx(ROWS)[:3000], "", "", "truncated"),
    (xls(ROWS)[:3000], "", "", "truncated"),
    (csv_text(ROWS, "utf-8") + '"王芳,'.encode(), "roster", "", "truncated"),
    (b"%PDF-1.7\n1 0 obj", "", "", "not-a-table"),
    (b"\x89PNG\r\n\x1a\n" + bytes(90), "", "", "not-a-table"),
    ("<table><tr><td>姓名</td></tr></table>".encode(), "", "", "not-a-table"),
    ("关于教师信息的通知\n各学校:\n".encode(), "", "", "not-a-table"),
    (xlsx(ROWS, change=merge("C1:D1")), "教师", "C1:D1", "merged-headings"),
    (xlsx(with_title(ROWS), change=merge("A1:H1")), "教师", "A1:H1", "merged-headings"),
    (xls(ROWS, change=lambda sheet: sheet.merge(0, 0, 2, 3)), "教师", "C1:D1", "merged-headings"),
    (xlsx([row[:1] + row[2:] for row in ROWS]), "教师", "", "missing-columns"),
    (xlsx([[*row, row[0]] for row in ROWS]), "教师", "I1", "repeated-columns"),
]


@pytest.mark.parametrize(("content", "sheet", "cell", "code"), WHOLE_FILES)
def test_file_is_refused_when_it_is_no_roster(
    world: World, content: bytes, sheet: str, cell: str, code: str
) -> None:
    outcome = looked_at(world, content)
    assert places(outcome) == [(sheet, cell, code)]
    assert outcome.counts == {"added": 0, "changed": 0, "transferred": 0, "unchanged": 0, "refused": 1}
    assert "%(" not in outcome.refusals[0].sentence


def test_missing_headings_are_named(world: World) -> None:
    outcome = looked_at(world, xlsx([["姓名", "性别"], ["王芳", "女"]]))
    assert outcome.refusals[0].values == {"line": 1, "missing": "身份证号、单位"}


def test_truncated_workbook_is_refused_at_every_length(world: World) -> None:
    for whole in (xlsx(ROWS), xls(ROWS)):
        for part in range(100, len(whole) - 400, len(whole) // 12):
            (refusal,) = looked_at(world, whole[:part]).refusals
            assert refusal.code == "truncated"


@pytest.mark.full
def test_too_many_rows_are_refused_quickly(world: World) -> None:
    rows = [HEADINGS, *([["王芳", "x", "", EAST]] * 100_000)]
    for content in (csv_text(rows, "gb18030"), long_xlsx(100_000), xls(rows[:20_012])):
        started = time.perf_counter()
        outcome = looked_at(world, content)
        assert places(outcome) == [("", "", "too-many-rows")]
        assert time.perf_counter() - started < 2


def test_too_large_file_is_refused_before_it_is_read(world: World) -> None:
    assert places(looked_at(world, b"x" * 20_000_001)) == [("", "", "too-large")]


def test_formula_is_refused_in_xls_and_csv(world: World) -> None:
    spoilt = xls(ROWS, change=lambda sheet: sheet.write(2, 0, xlwt.Formula("D2")))
    assert places(looked_at(world, spoilt)) == [("教师", "A3", "formula")]
    rows = [*ROWS, teacher(7, EAST, 身份证号=f'="{number(7)}"')]
    assert places(looked_at(world, csv_text(rows, "utf-8"))) == [("roster", "B5", "formula")]


def test_spoiled_number_is_refused_when_csv_has_lost_its_type(world: World) -> None:
    rows = [HEADINGS, teacher(1, EAST, 身份证号="341324198501150000"), teacher(2, EAST, 身份证号="3.4E+17")]
    outcome = looked_at(world, csv_text(rows, "gb18030"))
    assert places(outcome) == [("roster", "B2", "numeric-id"), ("roster", "B3", "numeric-id")]
