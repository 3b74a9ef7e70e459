"""What the roster pages show: recent files, and the rows of one file by what they do."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import School
from schools.roster.models import RosterImport, RosterRow
from schools.roster.outcome import Line, Outcome, RowOutcome

SHOWN_MOST = 50
RECENT_MOST = 20
ANOTHER_SCHOOL = _("another school of the county")


@dataclass(frozen=True)
class ShownRow:
    """One person of a roster as a page shows it: no full identity number, no foreign school to a school."""

    number: int
    name: str
    id_number: str
    school: str
    origin: str | Promise
    changes: list[str]


@dataclass(frozen=True)
class Section:
    """The first rows of one outcome, and how many there are."""

    outcome: RowOutcome
    total: int
    rows: list[ShownRow]


def recent(school: School | None) -> QuerySet[RosterImport]:
    """The latest files of a school, or of the county itself, newest first."""
    imports = RosterImport.objects.filter(school=school).select_related("file", "uploaded_by", "committed_by")
    return imports.order_by("-uploaded_at", "-pk")[:RECENT_MOST]


def sections_to_come(outcome: Outcome, school: School | None) -> list[Section]:
    """What a file would add, change and transfer."""
    kinds = (RowOutcome.ADDED, RowOutcome.CHANGED, RowOutcome.TRANSFERRED)
    found = ((kind, outcome.of(kind)) for kind in kinds)
    names = _school_names() if school is None else {}
    return [
        Section(kind, len(lines), [_shown(line, names) for line in lines[:SHOWN_MOST]])
        for kind, lines in found
    ]


def _school_names() -> dict[int, str]:
    return dict(School.objects.values_list("pk", "name"))


def _shown(line: Line, names: dict[int, str]) -> ShownRow:
    origin: str | Promise = ""
    if line.outcome == RowOutcome.TRANSFERRED:
        origin = names.get(line.person.school_id or 0, ANOTHER_SCHOOL)
    return ShownRow(
        line.number, line.name, line.person.id_number_shown, line.school.name, origin, line.changes
    )


def sections_done(roster_import: RosterImport) -> list[Section]:
    """What a committed file added, changed and asked to transfer."""
    is_schools = roster_import.school_id is not None
    sections = []
    for kind in (RowOutcome.ADDED, RowOutcome.CHANGED, RowOutcome.TRANSFERRED):
        rows = RosterRow.objects.filter(roster_import=roster_import, outcome=kind)
        first = rows.select_related("person__school").order_by("line")[:SHOWN_MOST]
        shown = [_done(row, is_schools and row.person.school_id != roster_import.school_id) for row in first]
        sections.append(Section(kind, rows.count(), shown))
    return sections


def _done(row: RosterRow, is_elsewhere: bool) -> ShownRow:
    school = "" if is_elsewhere or row.person.school is None else row.person.school.name
    origin: str | Promise = ANOTHER_SCHOOL if is_elsewhere else ""
    name = "—" if is_elsewhere else row.person.name
    return ShownRow(row.line, name, row.person.id_number_shown, school, origin, row.changes)
