"""Rosters for the tests: the same rows as .xlsx, .xls and .csv, and people to put in them."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook

from schools.people.id_numbers import check_sign

HEADINGS = ["姓名", "身份证号", "性别", "单位", "教龄", "手机", "邮箱", "教研组"]
NAMES = ("王芳", "李伟", "张敏", "刘洋", "陈静", "杨帆", "赵磊", "黄丽")
Rows = list[list[Any]]


def number(serial: int) -> str:
    """Return the valid identity number of the person of this serial."""
    first17 = f"3413241980{1 + serial // 1000 % 12:02d}1{serial // 12000 % 9}{serial % 1000:03d}"
    return first17 + check_sign(first17)


def teacher(serial: int, school: str, **changed: Any) -> list[Any]:
    """Return one row in the order of HEADINGS."""
    row = {
        "姓名": NAMES[serial % len(NAMES)],
        "身份证号": number(serial),
        "性别": "女",
        "单位": school,
        "教龄": serial % 30,
        "手机": f"138{serial:08d}",
        "邮箱": f"t{serial}@example.com",
        "教研组": "数学组",
    }
    return list((row | changed).values())


def teachers(count: int, school: str, first: int = 0) -> Rows:
    """Return headings and rows of so many people."""
    return [HEADINGS, *(teacher(serial, school) for serial in range(first, first + count))]


def xlsx(rows: Rows, *, title: str = "教师", change: Callable[[Any], None] | None = None) -> bytes:
    """Return a workbook; `change` may spoil the sheet before it is saved."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def long_xlsx(count: int) -> bytes:
    """Return a workbook of so many rows, made quickly by repeating the XML of one."""
    source = zipfile.ZipFile(io.BytesIO(xlsx([HEADINGS, ["王芳", "x", "", "东风小学"]])))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name.endswith("sheet1.xml"):
                row = re.search(r'<row r="2".*?</row>', content)[0]
                rows = (re.sub(r'r="([A-D]?)2"', rf'r="\g<1>{at}"', row) for at in range(2, count + 2))
                content = content.replace(row, "".join(rows))
            target.writestr(name, content)
    return stream.getvalue()


def xls(rows: Rows, *, change: Callable[[Any], None] | None = None) -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("教师", cell_overwrite_ok=True)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value)
    if change:
        change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def csv_text(rows: Rows, encoding: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["" if value is None else value for value in row] for row in rows])
    return stream.getvalue().encode(encoding)


def saved(folder: Path, content: bytes, name: str = "roster.xlsx") -> Path:
    """Write `content` as a file and return its path."""
    path = folder / name
    path.write_bytes(content)
    return path
