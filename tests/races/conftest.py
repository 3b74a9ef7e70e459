"""Two server workers on the test database, and people who press at the same moment."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection

from schools.people.models import Person

TOKEN = "r" * 32


@dataclass
class Server:
    """A running portal; `press` posts as a person."""

    port: int

    def press(self, person: Person, path: str, **data: str) -> int:
        """Post a form and return the status."""
        body = urlencode(data)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session_of(person)}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        link.request("POST", path, body, headers)
        status = link.getresponse().status
        link.close()
        return status

    def at_once(self, *presses: Callable[[], int]) -> list[int]:
        """Let everybody press at the same moment; returns the statuses in order."""
        barrier, statuses = threading.Barrier(len(presses)), [0] * len(presses)

        def run(number: int) -> None:
            barrier.wait()
            try:
                statuses[number] = presses[number]()
            finally:
                connection.close()  # a thread's own, which would keep the test database busy

        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(presses))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return statuses


_sessions: dict[int, str] = {}


def session_of(person: Person) -> str:
    """Return a session of the person's, made once."""
    if person.pk not in _sessions:
        store = SessionStore()
        store[SESSION_KEY] = str(person.user_id)
        store[BACKEND_SESSION_KEY] = "schools.access.backend.MembershipBackend"
        store[HASH_SESSION_KEY] = person.user.get_session_auth_hash()
        store.save()
        _sessions[person.pk] = store.session_key
    return _sessions[person.pk]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """Return the address of the test database that is in use."""
    values = connection.settings_dict
    secret = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    return f"postgres://{values['USER']}{secret}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


@contextmanager
def serving(application: str) -> Iterator[Server]:
    """Serve with two workers of four threads until the block ends; the child is ended by its own id."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "--workers",
        "2",
        "--threads",
        "4",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
    ]
    child = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        wait_for(port)
        yield Server(port)
    finally:
        child.terminate()
        child.wait(30)


def wait_for(port: int) -> None:
    """Wait until the server answers; raises TimeoutError after a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/health/")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"no answer on port {port}")


@pytest.fixture
def on_postgres(transactional_db: None) -> None:
    """Races need a database that several processes write to at once."""
    _sessions.clear()
    if connection.vendor != "postgresql":
        pytest.skip("races run on PostgreSQL (script/test --services)")
