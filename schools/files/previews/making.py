"""Making the copies of one file in a process of its own, which is ended with all its children when it is late."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from schools.files.kinds import Kind
from schools.files.previews.bench import MADE, TOLD
from schools.files.previews.outcome import Made, Outcome, Unseen

SECONDS = {Kind.IMAGE: 90, Kind.PDF: 240, Kind.VIDEO: 3 * 3600}
OFFICE_SECONDS = 360
ALIVE_EVERY = 20  # seconds


def make(kind: str, source: Path, workshop: Path, *, alive: Callable[[], None]) -> tuple[Path, Outcome]:
    """Return the folder of copies and what they are; calls `alive` now and then.

    Raises Unseen where there is nothing to see, RuntimeError where the process died on the way.
    """
    seconds = SECONDS.get(Kind(kind), OFFICE_SECONDS)
    told = told_by("schools.files.previews.bench", [kind, str(source)], workshop, seconds, alive)
    if "reason" in told:
        raise Unseen(told["reason"])
    return workshop / MADE, Outcome([Made(**one) for one in told["made"]], told["pages"])


def told_by(
    module: str,
    arguments: list[str],
    workshop: Path,
    seconds: int,
    alive: Callable[[], None],
    *,
    said: bytes = b"",
) -> dict[str, Any]:
    """Run a module in a process of its own and return what it wrote down; `said` is put to its input first.

    Raises Unseen where it is late, RuntimeError where it died.
    """
    (workshop / MADE).mkdir()
    command = [sys.executable, "-m", module, *arguments, str(workshop)]
    with subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=surroundings(workshop),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            if said and child.stdin is not None:
                child.stdin.write(said)
                child.stdin.flush()
            wait_for(child, seconds, alive)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # what LibreOffice may have left behind
    return written_in(workshop, child.returncode)


def surroundings(workshop: Path) -> dict[str, str]:
    """Return the environment of the process: none of the portal's secrets, and a home that goes with it."""
    here = str(workshop)
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": here, "TMPDIR": here, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def wait_for(child: "subprocess.Popen[bytes]", seconds: int, alive: Callable[[], None]) -> None:
    """Wait until the process has ended, at most so many seconds."""
    ends = time.monotonic() + seconds
    while True:
        try:
            child.wait(min(ALIVE_EVERY, max(0.1, ends - time.monotonic())))
            return
        except subprocess.TimeoutExpired:
            if time.monotonic() >= ends:
                raise Unseen("too-slow") from None
            alive()


def written_in(workshop: Path, code: int) -> dict[str, Any]:
    """Read what the process wrote down."""
    try:
        told: dict[str, Any] = json.loads((workshop / TOLD).read_text())
    except (OSError, ValueError):
        raise RuntimeError(f"the process ended with {code}") from None
    return told
