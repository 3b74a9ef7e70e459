"""Online hours of the demonstration county: a platform's files, imported and recognised as the office does it."""

import io
from datetime import timedelta
from typing import Any

from openpyxl import Workbook

from assessment.programme.models import Participant
from assessment.training.providers import actions, importing
from assessment.training.providers.importing import Asked
from assessment.training.providers.models import LEFT_OUT, ColumnMapping, HourImport
from portal.demo.year import Year
from schools.clock import today
from schools.organisations.models import School

PROVIDER, MAPPING = "江淮教师研修网", "学员结业名单"
HEADINGS = ("学员姓名", "继教号", "工作单位", "课程编号", "课程名称", "获得学时", "完成日期", "学习状态")
COLUMNS = {
    "name": "学员姓名",
    "number": "继教号",
    "code": "课程编号",
    "course": "课程名称",
    "hours": "获得学时",
    "finished": "完成日期",
    "status": "学习状态",
}
COURSES = (
    ("JH2-101", "学情数据的采集与解读", 12, 75),
    ("JH2-204", "数字资源的选择与加工", 10, 60),
    ("JH2-317", "技术支持的课堂评价", 8, 45),
)
# Students of the platform whom the county does not know: they left, or their number was mistyped.
UNKNOWN = (("韩雪梅", "JH00990001"), ("邹立群", "JH00990002"))
PEOPLE_PER_FILE = 500


def walk(year: Year, schools: list[School], *, is_recognised: bool = True) -> None:
    """Enter some thirty online hours for everybody of these schools, and send the first file a second time."""
    mapping = ColumnMapping.objects.filter(provider__name=PROVIDER).first() or begin(year)
    people = [row for school in schools for row in year.teachers.participants(school)]
    for start in range(0, len(people), PEOPLE_PER_FILE):
        content = sheet_of(year, people[start : start + PEOPLE_PER_FILE])
        taken = enter(year, mapping, content, is_recognised=is_recognised)
        year.counts["online hours entered"] += taken.counts["new"]
        year.counts["rows of nobody left out"] += taken.left_out
        if start == 0:
            again = enter(year, mapping, content, is_recognised=is_recognised)
            year.counts["online hours there already"] += again.counts["same"]


def begin(year: Year) -> ColumnMapping:
    """Enter the provider and say which of its headings is which field."""
    provider = actions.add_provider(county=year.demo.county, name=PROVIDER, by=year.office)
    mapping = actions.take_sample(
        provider=provider, name=MAPPING, content=written([]), file_name=f"{MAPPING}样表.xlsx", by=year.office
    )
    settings: dict[str, Any] = {
        "columns": COLUMNS,
        "constants": {},
        "unit": "hours",
        "date_order": "ymd",
        "finished_words": "已结业",
    }
    actions.save_mapping(mapping=mapping, settings=settings, by=year.office)
    return mapping


def enter(year: Year, mapping: ColumnMapping, content: bytes, *, is_recognised: bool) -> HourImport:
    """Send one file, look at it and enter it, leaving out whom the county does not know."""
    taken = importing.receive(
        content=content,
        name=f"{MAPPING}.xlsx",
        mapping=mapping,
        programme=year.demo.programme,
        by=year.office,
    )
    asked = Asked(leave_out=taken.count(*LEFT_OUT), is_recognised=is_recognised)
    importing.commit(hour_import=taken, asked=asked, by=year.office)
    return taken


def sheet_of(year: Year, people: list[Participant]) -> bytes:
    """Return the platform's list: every course of everybody, a few not finished, two people of nowhere."""
    rows: list[tuple[Any, ...]] = []
    for participant in people:
        person = participant.person
        for code, course, hours, days in COURSES:
            day = today() - timedelta(days=days + year.rng.randrange(10))
            rows.append(
                (
                    person.name,
                    person.training_number,
                    participant.school.name,
                    code,
                    course,
                    hours,
                    day,
                    "已结业",
                )
            )
    for name, number in UNKNOWN:
        rows.append((name, number, "—", *COURSES[0][:3], today() - timedelta(days=70), "已结业"))
    for row in year.rng.sample(rows, min(3, len(rows))):
        rows.append((*row[:3], "JH2-400", "人工智能通识（选修）", 4, None, "学习中"))
    return written(rows)


def written(rows: list[tuple[Any, ...]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("结业名单")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
