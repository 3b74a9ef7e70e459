"""The empty roster to fill in: the headings with their notes, long numbers as text, no sample person."""

import io

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from schools.roster.columns import (
    AS_TEXT,
    COLUMNS,
    EMAIL,
    GROUP,
    ID_NUMBER,
    NAME,
    PHONE,
    SCHOOL,
    SEX,
    SEXES,
    YEARS,
)
from schools.roster.tables import ROWS_MOST

NOTES: dict[str, str | Promise] = {
    NAME: gettext_lazy("Required. At most 50 characters."),
    ID_NUMBER: gettext_lazy("Required. 18 characters, kept as text: a number would lose its last digits."),
    SCHOOL: gettext_lazy("Required. The name as the county's list has it; a school may leave it empty."),
    SEX: gettext_lazy("Choose one of the two, or leave it empty."),
    YEARS: gettext_lazy("A whole number of years, from 0 to 60."),
    PHONE: gettext_lazy("11 digits."),
    EMAIL: gettext_lazy("Like name@example.com, or empty."),
    GROUP: gettext_lazy("The name of the teaching group; a new name makes a new group."),
}
SHADE = PatternFill("solid", fgColor="FFE3ECF7")


def template() -> bytes:
    """Return the bytes of an .xlsx with one sheet."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = _("Roster")[:31]
    for number, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, number, column.heading)
        cell.font = Font(bold=True, underline="single" if column.is_required else None)
        cell.fill = SHADE
        if note := NOTES.get(column.heading):
            empty = "" if column.is_required else _("An empty cell changes nothing.")
            cell.comment = Comment(f"{note} {empty}".strip(), _("Roster"), width=300, height=90)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = 24 if column.heading in (ID_NUMBER, SCHOOL, EMAIL) else 14
        if column.heading in AS_TEXT:
            dimension.number_format = "@"
        if column.heading == SEX:
            choice = DataValidation("list", formula1=f'"{",".join(SEXES)}"', allow_blank=True)
            letter = get_column_letter(number)
            choice.add(f"{letter}2:{letter}{ROWS_MOST + 1}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
