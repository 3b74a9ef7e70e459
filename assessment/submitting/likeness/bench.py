"""Where files are read for their fingerprints: a process of its own, bounded, ending with its parent."""

import json
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from schools.files.previews.bench import end_with_parent, limit

HERE = "assessment.submitting.likeness"
TEXT_KEPT = 20_000  # signs, for looking at two texts side by side
TOLD = "told.jsonl"


def main(asked: Path) -> None:
    """Read every file of the list at `asked`; what is found is written down at once, a line for each file."""
    limit()
    threading.Thread(target=end_with_parent, daemon=True).start()
    with (asked.parent / TOLD).open("a", encoding="utf-8") as told:
        for pk, kind, source in json.loads(asked.read_text(encoding="utf-8")):
            told.write(json.dumps([pk, read(kind, Path(source))]) + "\n")
            told.flush()


def read(kind: str, source: Path) -> dict[str, Any]:
    """Return what a file is recognised by: signature (hex), sight, text; or the reason why there is nothing."""
    reading = import_module(f"{HERE}.reading")
    try:
        if kind == "image":
            sight = import_module(f"{HERE}.seeing").sight_of(source)
            return {"sight": sight} if sight is not None else {"reason": "blank"}
        text = reading.words_of(kind, source)
    except reading.Unreadable:
        return {"reason": "damaged"}
    signature = import_module(f"{HERE}.signing").signature_of(text)
    return {"signature": signature.hex(), "text": text[:TEXT_KEPT], "reason": "" if signature else "short"}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
