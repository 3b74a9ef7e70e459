"""Where a cleaned copy is made: a process of its own, bounded like that of the previews; names come by its input."""

import json
import sys
import threading
from importlib import import_module
from pathlib import Path

from schools.files.cleaning.hiding import Hiding
from schools.files.cleaning.report import Report, Uncleaned
from schools.files.previews.bench import MADE, TOLD, end_with_parent, limit

CLEANS = {
    "document": "office",
    "slides": "office",
    "sheet": "office",
    "pdf": "documents",
    "image": "pictures",
    "video": "films",
}


def main(kind: str, ending: str, source: Path, workshop: Path) -> None:
    """Make the cleaned copy of one file and write down beside it what came of it."""
    hiding = Hiding(json.loads(sys.stdin.readline() or "{}"))
    limit()
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        report = clean(kind, source, workshop / MADE / f"copy{ending}", hiding)
        told: dict[str, object] = {"found": sorted(hiding.found), "left": sorted(report.left)}
    except Uncleaned as problem:
        told = {"reason": problem.reason}
    (workshop / TOLD).write_text(json.dumps(told))


def clean(kind: str, source: Path, target: Path, hiding: Hiding) -> Report:
    """Clean by the module that knows the kind; only that one is loaded."""
    module = import_module(f"schools.files.cleaning.{CLEANS[kind]}")
    report: Report = module.clean(source, target, hiding)
    return report


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
