"""The columns of a roster: the national system's headings, and where each of them is kept."""

import re
import unicodedata
from dataclasses import dataclass

NAME, ID_NUMBER, SCHOOL = "姓名", "身份证号", "单位"
SEX, GROUP, YEARS, PHONE, EMAIL = "性别", "教研组", "教龄", "手机", "邮箱"
TRAINING_NUMBER = "继教号"
SEXES = ("男", "女")


@dataclass(frozen=True)
class Column:
    """One heading; `attribute` is the person's field, empty where nobody keeps what it says."""

    heading: str
    attribute: str = ""
    is_required: bool = False
    most: int = 0  # characters


COLUMNS = (
    Column(NAME, "name", is_required=True, most=50),
    Column(ID_NUMBER, "id_number_index", is_required=True),
    Column(SEX, "sex"),
    Column("民族", "ethnicity", most=20),
    Column(SCHOOL, "school", is_required=True),
    Column("学校所在区域", most=80),
    Column("学校类别", most=80),
    Column("职务", "post", most=40),
    Column("职称", "title", most=40),
    Column("最高学历", "degree", most=40),
    Column(YEARS, "teaching_years"),
    Column(PHONE, "phone"),
    Column(EMAIL, "email"),
    Column("主要任教学段", "stage", most=20),
    Column("主要任教学科", "subject", most=40),
    Column(GROUP, "group", most=60),
    Column(TRAINING_NUMBER, "training_number", most=40),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
REQUIRED = tuple(column.heading for column in COLUMNS if column.is_required)
MOST = {column.heading: column.most for column in COLUMNS if column.most}
AS_TEXT = (ID_NUMBER, PHONE, TRAINING_NUMBER)  # long numbers that a spreadsheet would spoil


def plain_heading(value: object) -> str:
    """Return a heading as typed, without spaces, marks of duty and remarks in brackets."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return re.sub(r"\(.*?\)|[\s*:]", "", text)
