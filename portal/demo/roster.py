"""Writes the demonstration county's teachers as a spreadsheet with the columns of the national system."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.demo.people import InventedPerson
from portal.demo.schools import School

HEADINGS = (
    "姓名",
    "身份证号",
    "性别",
    "民族",
    "单位",
    "学校所在区域",
    "学校类别",
    "职务",
    "职称",
    "最高学历",
    "教龄",
    "手机",
    "邮箱",
    "主要任教学段",
    "主要任教学科",
    "教研组",
    "继教号",
)
WIDTHS = {"身份证号": 22, "单位": 28, "手机": 14, "邮箱": 24, "继教号": 16}
TEXT = "@"


def write_roster(path: Path, people_by_school: Mapping[School, Iterable[InventedPerson]]) -> int:
    """Write one sheet, a row per person and every cell as text; returns the number of people."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("教师信息")
    sheet.freeze_panes = "B2"
    for number, heading in enumerate(HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(heading, 12)
    sheet.append([_text(sheet, heading, bold=True) for heading in HEADINGS])
    written = 0
    for school, people in people_by_school.items():
        for person in people:
            sheet.append([_text(sheet, value) for value in roster_row(person, school)])
            written += 1
    workbook.save(path)
    return written


def roster_row(person: InventedPerson, school: School) -> tuple[str, ...]:
    """The person's values in the order of HEADINGS."""
    return (
        person.name,
        person.id_number,
        person.sex,
        person.people,
        school.name,
        school.area,
        school.category,
        person.post,
        person.title,
        person.degree,
        str(person.years),
        person.mobile,
        person.email,
        person.stage,
        person.subject,
        f"{person.subject}组",
        person.continuing_number,
    )


def _text(sheet: object, value: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = TEXT
    cell.font = Font(bold=bold)
    return cell
