"""Making the cleaned copy of one file in a process of its own; the names to hide are told it, never written down."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from schools.files.cleaning.report import Uncleaned
from schools.files.kinds import EXTENSIONS, Kind
from schools.files.models import StoredFile
from schools.files.previews.bench import MADE
from schools.files.previews.making import told_by
from schools.files.previews.outcome import Unseen
from schools.files.storing import location

SECONDS = {Kind.VIDEO: 1800}
OTHER_SECONDS = 240
ENDINGS = {mime: f".{ending}" for ending, (_kind, mime) in reversed(EXTENSIONS.items())}


@dataclass(frozen=True)
class Made:
    """A cleaned copy, the kinds of names that were found, and what could not be cleaned."""

    path: Path
    found: list[str]
    left: list[str]


def make(file: StoredFile, patterns: dict[str, str], workshop: Path, *, alive: Callable[[], None]) -> Made:
    """Return the cleaned copy of `file`, made in `workshop`; calls `alive` now and then.

    Raises Uncleaned where none can be made, RuntimeError where the process died on the way.
    """
    source = location(file)
    if not source.exists():
        raise Uncleaned("damaged")
    ending = ending_of(file)
    try:
        told = told_by(
            "schools.files.cleaning.bench",
            [file.kind, ending, str(source)],
            workshop,
            SECONDS.get(Kind(file.kind), OTHER_SECONDS),
            alive,
            said=f"{json.dumps(patterns)}\n".encode(),
        )
    except Unseen as problem:
        raise Uncleaned(problem.reason) from problem
    if "reason" in told:
        raise Uncleaned(told["reason"])
    return Made(workshop / MADE / f"copy{ending}", told["found"], told["left"])


def ending_of(file: StoredFile) -> str:
    """Return the ending that its content asks for, not what its owner wrote behind the last dot."""
    return ENDINGS.get(file.mime, ".bin")
