"""The rows of a provider's file in our words: whom they speak of, which course, how many hours, since when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.training.providers.cells import day_in, hours_in, is_finished
from assessment.training.providers.faults import Fault, RowFault
from assessment.training.providers.models import ColumnMapping, DateOrder, Unit
from assessment.training.providers.tables import ProviderTable
from schools.clock import today
from schools.people.sealing import blind_index
from schools.roster.faults import CellFault
from schools.roster.widgets import as_text, id_number_of, narrow

FIELDS = {
    "number": _("Continuing-education number"),
    "id": _("Identity number (text cells)"),
    "name": _("Teacher's name"),
    "school": _("School"),
    "code": _("Course code"),
    "course": _("Course name"),
    "hours": _("Hours"),
    "begun": _("Begun on"),
    "finished": _("Finished on"),
    "status": _("State (finished or not)"),
}
CONSTANTS = ("course", "code", "finished")
HOURS_MOST, CODE_MOST, COURSE_MOST, WHO_MOST = Decimal(200), 60, 120, 120


@dataclass
class Entry:
    """One row as it was read; the identity number only as its blind index, `fault` where it is refused."""

    line: int
    number: str = ""
    id_index: str = ""
    name: str = ""
    school: str = ""
    code: str = ""
    course: str = ""
    hours: Decimal | None = None
    finished_on: date | None = None
    is_finished: bool = True
    fault: Fault | None = None

    @property
    def who(self) -> str:
        """Whom the row names, as far as that may be shown and kept."""
        return " ".join(part for part in (self.name, self.number) if part)[:WHO_MOST]


class Reader:
    """Reads the rows of one table by one mapping."""

    def __init__(self, table: ProviderTable, mapping: ColumnMapping) -> None:
        self.table, self.mapping = table, mapping
        self.today = today()

    def entries(self) -> list[Entry]:
        return [self.entry(line, cells) for line, cells in self.table.rows]

    def entry(self, line: int, cells: list[Any]) -> Entry:
        """Read one row; what is not finished needs no hours and no day."""
        entry = Entry(line)
        try:
            self.read_person(entry, cells)
            self.read_course(entry, cells)
            if self.has("status"):
                entry.is_finished = is_finished(self.value(cells, "status"), self.mapping.finished_words)
            if entry.is_finished:
                self.read_time(entry, cells)
        except RowFault as refused:
            entry.fault = refused.fault
        return entry

    def read_person(self, entry: Entry, cells: list[Any]) -> None:
        entry.number = self.text(entry, cells, "number", narrow).upper()
        entry.name = "".join(self.text(entry, cells, "name", as_text).split())[:WHO_MOST]
        entry.school = self.text(entry, cells, "school", as_text)
        if self.has("id") and self.value(cells, "id") not in (None, ""):
            try:
                entry.id_index = blind_index(id_number_of(self.value(cells, "id")))
            except CellFault as wrong:
                key = wrong.key if wrong.key in ("numeric-id", "formula") else "id-wrong"
                raise RowFault(key, cell=self.table.cell(entry.line, self.mapping.columns["id"])) from None

    def read_course(self, entry: Entry, cells: list[Any]) -> None:
        entry.course = self.text(entry, cells, "course", as_text, COURSE_MOST)
        entry.code = self.text(entry, cells, "code", narrow, CODE_MOST).upper()
        if not entry.code and not entry.course:
            raise RowFault("no-course")
        entry.code = entry.code or narrow(entry.course)[:CODE_MOST]

    def read_time(self, entry: Entry, cells: list[Any]) -> None:
        unit, place = Unit(self.mapping.unit), self.place(entry, "hours")
        try:
            entry.hours = hours_in(self.value(cells, "hours"), unit)
        except (ValueError, CellFault):
            raise RowFault("no-hours", cell=place, unit=str(unit.label)) from None
        if entry.hours <= 0:
            raise RowFault("few-hours", cell=place, hours=str(entry.hours))
        if entry.hours > HOURS_MOST:
            hours, entry.hours = str(entry.hours), None
            raise RowFault("many-hours", cell=place, hours=hours, most=int(HOURS_MOST))
        entry.finished_on = self.day(entry, cells, "finished")
        if entry.finished_on > self.today:
            day = entry.finished_on.isoformat()
            raise RowFault("future-day", cell=self.place(entry, "finished"), day=day)
        if self.has("begun"):
            days = (entry.finished_on - self.day(entry, cells, "begun")).days + 1
            if days < 1:
                raise RowFault("late-begin", cell=self.place(entry, "begun"))
            if entry.hours > 24 * days:
                raise RowFault("hours-of-day", cell=place, hours=str(entry.hours), days=days)

    def day(self, entry: Entry, cells: list[Any], field: str) -> date:
        order = DateOrder(self.mapping.date_order)
        is_constant = not self.has(field)
        try:
            return day_in(self.value(cells, field), DateOrder.YMD if is_constant else order)
        except (ValueError, CellFault):
            raise RowFault("no-day", cell=self.place(entry, field), order=str(order.label)) from None

    def text(
        self, entry: Entry, cells: list[Any], field: str, read: Callable[[Any], str], most: int = 0
    ) -> str:
        """Return a cell as text; empty where neither a column nor a constant says anything."""
        try:
            text = read(self.value(cells, field))
        except CellFault:
            raise RowFault("formula", cell=self.place(entry, field)) from None
        if most and len(text) > most:
            raise RowFault("course-long", cell=self.place(entry, field), most=most)
        return text

    def has(self, field: str) -> bool:
        return field in self.mapping.columns

    def value(self, cells: list[Any], field: str) -> Any:
        if self.has(field):
            return self.table.value(cells, self.mapping.columns[field])
        return self.mapping.constants.get(field)

    def place(self, entry: Entry, field: str) -> str:
        """Return the cell's address, or a dash where the mapping says the same for every row."""
        return self.table.cell(entry.line, self.mapping.columns[field]) if self.has(field) else "—"
