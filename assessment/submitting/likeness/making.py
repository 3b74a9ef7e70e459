"""Reading files in a process of their own: several at a time, one alone where that went wrong before."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from assessment.submitting.likeness.bench import HERE, TOLD
from assessment.submitting.likeness.models import Fingerprint
from schools.files.kinds import Kind
from schools.files.previews.making import surroundings, wait_for
from schools.files.previews.outcome import Unseen
from schools.files.storing import location

SECONDS, OLD = 180, 3600
PREFIX = "likeness-"
READ = frozenset({Kind.DOCUMENT, Kind.SLIDES, Kind.SHEET, Kind.PDF, Kind.IMAGE})
Outcomes = dict[int, dict[str, Any]]


def make(rows: Sequence[Fingerprint]) -> Outcomes:
    """Return by id what was read; what is missing made the process end, or was not reached in time."""
    found: Outcomes = {row.pk: {} for row in rows if row.file.kind not in READ}
    asked = [(row.pk, row.file.kind, location(row.file)) for row in rows if row.file.kind in READ]
    found |= {pk: {"reason": "damaged"} for pk, _kind, path in asked if not path.exists()}
    there = [(pk, kind, str(path.resolve())) for pk, kind, path in asked if pk not in found]
    if there:
        clear_old()
        with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix=PREFIX) as folder:
            found |= dict(read_in(Path(folder), there))
    return found


def clear_old() -> None:
    """Take away what a killed worker left."""
    for left in Path(settings.FILE_UPLOAD_TEMP_DIR).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - OLD:
                shutil.rmtree(left, ignore_errors=True)


def read_in(workshop: Path, asked: list[tuple[int, str, str]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield what the process wrote down before it ended or was ended."""
    listed, told = workshop / "asked.json", workshop / TOLD
    listed.write_text(json.dumps(asked), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", f"{HERE}.bench", str(listed)],
        cwd=settings.BASE_DIR,
        env=surroundings(workshop) | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            wait_for(child, SECONDS, lambda: None)
        except Unseen:
            pass  # too slow: what was written down counts
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    for line in told.read_text(encoding="utf-8").splitlines() if told.exists() else ():
        with suppress(ValueError):  # a last line that was not finished
            pk, outcome = json.loads(line)
            yield pk, outcome
