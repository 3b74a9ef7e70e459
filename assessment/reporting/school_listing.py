"""Which teachers of the board are shown, in which order, and each as formatted cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assessment.checking.school_lines import Pill
from assessment.programme.models import Programme
from assessment.reporting.figures import Cell
from assessment.reporting.school_board import STUCK_AT, BoardRow, hours_cell
from assessment.selecting.models import Selection, SelectionState
from schools.pinyin import spelled

BY_NAME, WORST_FIRST, BY_GROUP = "name", "worst", "group"
SORTINGS: tuple[tuple[str, str | Promise], ...] = (
    (BY_NAME, gettext_lazy("By name")),
    (WORST_FIRST, gettext_lazy("Furthest behind first")),
    (BY_GROUP, gettext_lazy("By group")),
)


@dataclass(frozen=True)
class TeacherShown:
    """One teacher as the table wants them; urls are empty where the reader has no right to the page."""

    row: BoardRow
    name: str
    group: str
    choice: Selection | Pill
    choice_url: str
    cells: tuple[Cell, ...]
    work_url: str


@dataclass(frozen=True)
class Doors:
    """The pages that the reader may open from the board; an empty address is a closed door."""

    selections: str = ""
    submissions: str = ""


def groups_of(rows: Sequence[BoardRow]) -> list[tuple[str, str]]:
    """Return (id, name) of the groups that the board's teachers are in, by name."""
    found = (row.line.participant.person.group for row in rows)
    return sorted({(str(group.pk), group.name) for group in found if group}, key=lambda pair: pair[1])


def found(rows: Sequence[BoardRow], words: str, group: str, at: str) -> list[BoardRow]:
    """Return the rows of a group that are stuck at a stage and whose name, pinyin or initials fit."""
    return [
        row
        for row in rows
        if is_named(row, words)
        and (not group or str(row.line.participant.person.group_id) == group)
        and (at not in STUCK_AT or row.at == at)
    ]


def is_named(row: BoardRow, words: str) -> bool:
    """Say whether the words are part of the name, or the beginning of its pinyin or initials."""
    person, small = row.line.participant.person, words.strip().lower().replace(" ", "")
    return (
        words.strip() in person.name or person.initials.startswith(small) or person.pinyin.startswith(small)
    )


def in_order(rows: Sequence[BoardRow], sorting: str) -> list[BoardRow]:
    """Return the rows by name as they come, by group, or by how far they are."""
    if sorting == WORST_FIRST:
        return sorted(rows, key=how_far)
    if sorting == BY_GROUP:
        return sorted(rows, key=lambda row: spelled(getattr(row.line.participant.person.group, "name", "~")))
    return list(rows)


def how_far(row: BoardRow) -> tuple[int, int, float]:
    """Return a key that is smaller the less is done; those not counted come last."""
    hours = float(row.line.online_hours + row.line.practice_hours)
    return list(STUCK_AT).index(row.at), row.line.credits, hours


def shown(programme: Programme, rows: Sequence[BoardRow], doors: Doors) -> list[TeacherShown]:
    """Return the rows of one page formatted."""
    return [teacher_shown(programme, row, doors) for row in rows]


def choice_url(row: BoardRow, doors: Doors) -> str:
    """Return the page of the choice; a draft is its teacher's own."""
    if not doors.selections or row.choice is None or row.choice.state == SelectionState.DRAFT:
        return ""
    return f"{doors.selections}{row.choice.pk}/"


def teacher_shown(programme: Programme, row: BoardRow, doors: Doors) -> TeacherShown:
    person = row.line.participant.person
    query = urlencode({"state": "all", "q": person.name})
    return TeacherShown(
        row,
        person.name,
        person.group.name if person.group else "",
        row.choice_shown,
        choice_url(row, doors),
        (
            hours_cell(row.line.online_hours, programme.online_hours),
            hours_cell(row.line.practice_hours, programme.practice_hours),
            *row.work,
        ),
        f"{doors.submissions}?{query}" if doors.submissions and row.line.submissions else "",
    )
