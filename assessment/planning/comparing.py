"""Two versions of a filing side by side: which fields changed, and word by word how."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.functional import Promise

from assessment.planning.content import Content
from assessment.planning.kinds import Field, Kind
from assessment.planning.models import Remark
from assessment.planning.reading import by_anchor, row_texts, text_of

SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n]?")
# A word of letters and figures, a run of spaces, or a single sign: Chinese is compared sign by sign.
WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
LEAST_ALIKE, MOST_WORDS = 0.3, 2000


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, was taken out or put in."""

    change: Literal["same", "out", "in"]
    text: str


@dataclass(frozen=True)
class Compared:
    """One field of both versions: its pieces line by line, and the remarks on the earlier one."""

    anchor: str
    label: str | Promise
    lines: list[list[Piece]]
    remarks: list[Remark]

    @property
    def is_changed(self) -> bool:
        return any(piece.change != "same" for line in self.lines for piece in line)


def compared(kind: Kind, old: Content, new: Content, remarks: Sequence[Remark] = ()) -> list[Compared]:
    """Return every field of the kind with its changes from `old` to `new`."""
    beside = by_anchor(remarks)
    return [
        Compared(
            field.key,
            field.label,
            list(lines_of(field, old, new)),
            [one for anchor, some in beside.items() if anchor.partition(".")[0] == field.key for one in some],
        )
        for field in kind.fields
    ]


def lines_of(field: Field, old: Content, new: Content) -> Iterator[list[Piece]]:
    """Yield the lines of one field: one for a text, one for each row of rows."""
    if field.type == "rows":
        yield from lines_of_rows(row_texts(field, old.get(field.key)), row_texts(field, new.get(field.key)))
    else:
        yield pieces(text_of(field, old.get(field.key)), text_of(field, new.get(field.key)))


def lines_of_rows(old: list[str], new: list[str]) -> Iterator[list[Piece]]:
    """Yield a line for each row: kept, changed, taken out or put in; a row moved is out and in."""
    for action, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action == "equal":
            yield from ([Piece("same", row)] for row in old[a:b])
            continue
        paired = min(b - a, d - c)
        for number in range(paired):
            yield pieces(old[a + number], new[c + number])
        yield from ([Piece("out", row)] for row in old[a + paired : b])
        yield from ([Piece("in", row)] for row in new[c + paired : d])


def pieces(old: str, new: str) -> list[Piece]:
    """Return what stayed and what changed: sentences first, then words inside the changed ones."""
    if old == new:
        return [Piece("same", old)] if old else []
    found: list[Piece] = []
    before, after = sentences(old), sentences(new)
    for action, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        found += [Piece("same", gone)] if action == "equal" else words_changed(gone, come)
    return joined(found)


def sentences(text: str) -> list[str]:
    return [part for part in SENTENCES.findall(text) if part]


def words_changed(old: str, new: str) -> list[Piece]:
    """Return the changed words of a passage; passages too long or too unlike are shown whole, one out and one in."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    is_too_long = max(len(before), len(after)) > MOST_WORDS
    if is_too_long or matcher.quick_ratio() < LEAST_ALIKE or matcher.ratio() < LEAST_ALIKE:
        return [Piece("out", old), Piece("in", new)]
    found = []
    for action, a, b, c, d in matcher.get_opcodes():
        if action == "equal":
            found.append(Piece("same", "".join(before[a:b])))
        else:
            found += [Piece("out", "".join(before[a:b])), Piece("in", "".join(after[c:d]))]
    return found


def joined(found: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without empty ones, neighbours of the same change joined."""
    whole: list[Piece] = []
    for piece in found:
        if not piece.text:
            continue
        if whole and whole[-1].change == piece.change:
            whole[-1] = Piece(piece.change, whole[-1].text + piece.text)
        else:
            whole.append(piece)
    return whole
