"""The official JavaScript client of tus, fetched for the test, sends a file to a running server."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django_scopes import scopes_disabled
from pytest_django.live_server_helper import LiveServer

from assessment.submitting.models import Evidence
from schools.files.storing import digest_of, location
from tests.stories import film
from tests.uploads.conftest import Desk

pytestmark = pytest.mark.outside

SCRIPT = Path(__file__).with_name("tus_js.cjs")


@pytest.fixture
def tus_js_client(tmp_path: Path) -> Path:
    """A folder with the package tus-js-client in it."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not on this machine")
    command = [npm, "install", "--prefix", str(tmp_path), "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run([*command, "tus-js-client@4"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_official_client_stops_and_goes_on(
    live_server: LiveServer, desk: Desk, tus_js_client: Path, tmp_path: Path
) -> None:
    lesson = tmp_path / "课堂实录.mp4"
    content = film().read()
    lesson.write_bytes(content + (20_008).to_bytes(4, "big") + b"free" + bytes(range(250)) * 80)
    arguments = [str(tus_js_client), live_server.url + desk.entrance, str(lesson), lesson.name]
    done = subprocess.run(
        ["node", str(SCRIPT), *arguments, json.dumps(desk.headers)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["stoppedAt"], told["url"].startswith(live_server.url)) == (8192, True)
    with scopes_disabled():
        stored = Evidence.objects.select_related("file").get().file
    assert (stored.name, digest_of(location(stored))) == (lesson.name, digest_of(lesson))
