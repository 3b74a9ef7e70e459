"""Where foreign bytes are parsed: a process of its own, without network, bounded in memory, ending with its parent."""

import ctypes
import json
import os
import resource
import signal
import sys
import threading
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from schools.files.previews.office import ENDINGS, as_pdf
from schools.files.previews.outcome import Outcome, Unseen

MEMORY_MOST = 3_000_000_000  # bytes of address space, for LibreOffice too
FILE_MOST = 6_000_000_000
NEW_USERS, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET
SHOWS = {
    "image": ("pictures", "show_picture"),
    "pdf": ("pages", "show_pages"),
    "video": ("film", "show_film"),
}
MADE, TOLD = "made", "outcome.json"


def main(kind: str, source: Path, workshop: Path) -> None:
    """Make the copies of one file and write down beside them what came of it."""
    limit()
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        told: dict[str, object] = asdict(copies(kind, source, workshop / MADE))
    except Unseen as problem:
        told = {"reason": problem.reason}
    (workshop / TOLD).write_text(json.dumps(told))


def limit() -> None:
    """Bound this process and all it starts; a kernel that grants no network of one's own is no error."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_MOST, FILE_MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    ctypes.CDLL(None).unshare(NEW_USERS | NEW_NETWORK)


def end_with_parent() -> None:
    """End the whole group when the parent's end of the pipe is closed, however the parent died."""
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)


def copies(kind: str, source: Path, folder: Path) -> Outcome:
    """Make the copies by the module that knows the kind; only that one is loaded."""
    if kind in ENDINGS:
        source, kind = as_pdf(source, folder.parent / "office", kind), "pdf"
    module, function = SHOWS[kind]
    outcome: Outcome = getattr(import_module(f"schools.files.previews.{module}"), function)(source, folder)
    return outcome


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
