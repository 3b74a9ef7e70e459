"""A thin and breaking line before a server that can be killed, and the memory that the server holds."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.races.conftest import free_port, wait_for

PIECE = 1 << 16


@dataclass
class Line:
    """A TCP proxy: `thin` bytes pass at `rate` bytes a second, then freely; at each of `cuts` everything breaks."""

    target: int
    thin: int = 0
    rate: int = 125_000
    cuts: list[int] = field(default_factory=list)
    sent: int = 0
    broken: int = 0

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self.listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            threading.Thread(target=self._upwards, args=(near, far), daemon=True).start()
            threading.Thread(target=self._downwards, args=(near, far), daemon=True).start()

    def _upwards(self, near: socket.socket, far: socket.socket) -> None:
        try:
            while piece := near.recv(PIECE):
                if self.sent < self.thin:
                    time.sleep(len(piece) / self.rate)
                self.sent += len(piece)
                if self.cuts and self.sent >= self.cuts[0]:
                    self.cuts.pop(0)
                    self.broken += 1
                    break
                far.sendall(piece)
        except OSError:
            pass
        hang_up(near, far)

    def _downwards(self, near: socket.socket, far: socket.socket) -> None:
        try:
            while piece := far.recv(PIECE):
                near.sendall(piece)
        except OSError:
            pass
        hang_up(near, far)

    def close(self) -> None:
        self.listener.close()


def hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@dataclass
class Web:
    """The portal under gunicorn with two workers of four threads, in the tests' database, on one port for good."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PORTAL_TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "VAR_DIR": str(settings.VAR_DIR),
        }
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--no-control-socket"]
        command += [
            "--workers",
            "2",
            "--threads",
            "4",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--log-level",
            "error",
        ]
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, start_new_session=True
        )
        wait_for(self.port)

    def kill(self) -> None:
        """End master and workers at once, as a power cut would."""
        assert self.process is not None
        if not self.is_dead:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)

    @property
    def is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def workers(self) -> list[int]:
        assert self.process is not None
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def running_web() -> Iterator[Web]:
    web = Web()
    web.start()
    try:
        yield web
    finally:
        web.kill()


def resident(pid: int) -> int:
    """Return the megabytes of memory that a process holds, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1000 for line in lines if line.startswith("VmRSS")), 0)


def has_opener(pid: int) -> bool:
    """Say whether the process has the libraries loaded that files are opened with."""
    return "/av/" in Path(f"/proc/{pid}/maps").read_text()


@dataclass
class Scale:
    """Watches the memory of processes from when they are put on it; `growth` is the most any has grown by."""

    before: dict[int, int] = field(default_factory=dict)
    most: dict[int, int] = field(default_factory=dict)
    is_on: bool = True

    def __post_init__(self) -> None:
        threading.Thread(target=self._watch, daemon=True).start()

    def put(self, pids: list[int]) -> None:
        self.before |= {pid: resident(pid) for pid in pids}

    def _watch(self) -> None:
        while self.is_on:
            for pid in list(self.before):
                self.most[pid] = max(self.most.get(pid, 0), resident(pid))
            time.sleep(0.1)

    @property
    def growth(self) -> int:
        return max(self.most.get(pid, 0) - start for pid, start in self.before.items())
