"""The same rows give the same result from .xlsx, .xls and both kinds of .csv."""

import io

import pytest
from openpyxl import Workbook

from schools.roster.formats import RosterFormat, read_table
from schools.roster.outcome import Outcome
from tests.cast import World
from tests.schools.roster_files import HEADINGS, csv_text, number, teacher, teachers, xls, xlsx
from tests.schools.test_roster_refusals import EAST, looked_at

MIXED = [
    [*HEADINGS, "年龄"],
    [*teacher(1, EAST), 40],
    [None] * 9,
    [*teacher(2, EAST, 身份证号=f" {number(2)[:-1]}{number(2)[-1].lower()} ", 姓名="李 伟"), 41],
    [*teacher(3, EAST, 手机="12345"), 42],
    [*teacher(4, "无名小学"), 43],
]
FILES = {
    "xlsx": xlsx(MIXED),
    "xls": xls(MIXED),
    "utf-8": csv_text(MIXED, "utf-8"),
    "utf-8 with mark": csv_text(MIXED, "utf-8-sig"),
    "gbk": csv_text(MIXED, "gbk"),
}


def summary(outcome: Outcome) -> list[object]:
    people = [
        (line.number, line.name, line.outcome, line.person.id_number_index, line.person.teaching_years)
        for line in outcome.lines
    ]
    return [people, [(refusal.cell, refusal.code) for refusal in outcome.refusals], outcome.counts]


@pytest.mark.parametrize("name", FILES)
def test_result_is_the_same_for_every_format(world: World, name: str) -> None:
    outcome = looked_at(world, FILES[name])
    assert outcome.table is not None and outcome.table.unknown == ["年龄"]
    assert summary(outcome) == summary(looked_at(world, FILES["xlsx"]))
    assert [(line.number, line.name) for line in outcome.lines] == [(2, "李伟"), (4, "李伟")]
    assert [(refusal.cell, refusal.code) for refusal in outcome.refusals] == [
        ("F5", "bad-phone"),
        ("D6", "unknown-school"),
    ]


def test_headings_are_found_in_any_order_and_below_a_title(world: World) -> None:
    rows = [list(reversed(row)) for row in teachers(2, EAST)]
    rows[0] = [f" {heading[:1]} {heading[1:]}* " for heading in rows[0]]
    outcome = looked_at(world, xlsx([["教师信息表"], *rows]))
    assert outcome.counts["added"] == 2
    assert [line.number for line in outcome.lines] == [3, 4]


def test_first_filled_sheet_is_read_and_the_others_are_named() -> None:
    workbook = Workbook()
    workbook.active.title = "空"
    for row in teachers(2, EAST):
        workbook.create_sheet("名单") if "名单" not in workbook.sheetnames else None
        workbook["名单"].append(row)
    workbook.create_sheet("说明").append(["请如实填写"])
    stream = io.BytesIO()
    workbook.save(stream)
    table = read_table(stream.getvalue(), "roster.xlsx")
    assert (table.sheet, len(table.rows), table.grid.unread) == ("名单", 2, ["说明"])


def test_format_keeps_types_for_import_export() -> None:
    dataset = RosterFormat().create_dataset(xlsx([HEADINGS, teacher(1, EAST, 身份证号=3.4e17)]))
    assert dataset.headers == HEADINGS
    assert (dataset[0][0], dataset[0][1], dataset[0][4]) == ("李伟", 3.4e17, 1)
    assert type(dataset[0][1]) in (int, float)


def test_hidden_signs_are_taken_out_when_text_was_pasted(world: World) -> None:
    row = teacher(1, EAST, 身份证号=f"\u202a{number(1)}\u200b", 姓名="李\u3000伟", 手机="+86 138-0000-0001")
    (line,) = looked_at(world, xlsx([HEADINGS, row])).lines
    assert (line.name, line.person.phone) == ("李伟", "13800000001")
    assert line.person.id_number_shown == f"3413************{number(1)[-2:]}"
