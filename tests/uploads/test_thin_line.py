"""A large film over a village line: it breaks, the server dies, and the file arrives whole all the same."""

import http.client
import io
import os
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django_scopes import scopes_disabled
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader import Uploader

from assessment.submitting.models import Evidence
from schools.files.storing import digest_of, location
from schools.files.tus import PIECE, SILENCE
from tests.stories import film
from tests.uploads.conftest import Desk
from tests.uploads.line import Line, Scale, Web, has_opener, running_web

pytestmark = pytest.mark.fault

SIZE = 300_000_000
PART = 32_000_000
THIN = 5_000_000
CUTS = [70_000_000, 130_000_000, 200_000_000]
KILL_AT = 240_000_000
GROWTH_MOST = 40  # megabytes


@pytest.fixture
def large_film(tmp_path: Path) -> Path:
    """A genuine film made 300 MB long by an atom that players skip; no two of its megabytes are alike."""
    path = tmp_path / "lesson.mp4"
    path.write_bytes(lengthened(film().read(), SIZE))
    return path


def lengthened(content: bytes, size: int) -> bytes:
    filling = size - len(content) - 8
    return content + (filling + 8).to_bytes(4, "big") + b"free" + os.urandom(filling)


def warm(web: Web, desk: Desk) -> None:
    """Let every worker open a file, so that what it loads for that is not counted later."""
    headers = desk.headers | {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
    headers |= {"Upload-Length": "64", "Upload-Metadata": "filename YS5tcDQ="}
    until = time.monotonic() + 60
    while not all(has_opener(pid) for pid in web.workers):
        assert time.monotonic() < until
        link = http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)
        link.request("POST", desk.entrance, b"\0\0\0\x40ftyp".ljust(64, b"\0"), headers)
        assert link.getresponse().status == 422
        link.close()


def kill_at(web: Web, line: Line, sent: int) -> None:
    """End the server at once when so many bytes have passed the line, in the middle of a part."""
    while line.sent < sent:
        time.sleep(0.005)
    web.kill()


def go_on(uploader: Uploader) -> None:
    """Ask where the server stands until it answers, as a client does after a broken line."""
    until = time.monotonic() + 90
    while True:
        try:
            uploader.offset = uploader.get_offset()
            return
        except (TusCommunicationError, OSError):
            assert time.monotonic() < until
            time.sleep(0.5)


def test_large_film_arrives_whole_through_cuts_and_a_killed_server(
    desk: Desk, large_film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_web() as web:
        warm(web, desk)
        scale = Scale()
        scale.put(web.workers)
        line = Line(web.port, thin=THIN, cuts=list(CUTS))
        client = TusClient(f"http://127.0.0.1:{line.port}{desk.entrance}", headers=desk.headers)
        uploader = client.uploader(str(large_film), chunk_size=PART, metadata={"filename": large_film.name})
        started, breaks = time.monotonic(), 0
        killer = threading.Thread(target=kill_at, args=(web, line, KILL_AT))
        killer.start()
        while uploader.offset < SIZE:
            before = uploader.offset
            try:
                uploader.upload_chunk()
            except (TusCommunicationError, OSError):
                breaks += 1
                if web.is_dead:
                    web.start()
                    warm(web, desk)
                    scale.put(web.workers)
                go_on(uploader)
                assert uploader.offset >= before  # nothing that was acknowledged is lost
        killer.join()
        seconds = time.monotonic() - started
        scale.is_on = False
        line.close()
    with scopes_disabled():
        stored = Evidence.objects.select_related("file").get().file
    assert (stored.size, digest_of(location(stored))) == (SIZE, digest_of(large_film))
    assert line.broken == len(CUTS)
    assert breaks > len(CUTS)  # each cut, and the killed server at least once
    with capsys.disabled():
        print(
            f"\n{SIZE // 1_000_000} MB in {seconds:.0f} s, {line.sent / 1e6:.0f} MB over the line, {breaks} breaks, "
            f"one kill; workers held {max(scale.before.values())} MB before, grew by at most {scale.growth} MB"
        )
    assert scale.growth < GROWTH_MOST


def test_line_that_falls_silent_lets_the_file_go(desk: Desk) -> None:
    """A phone that lost its network says no good-bye: what it sent counts, and the next one may go on."""
    content = lengthened(film().read(), 1_000_000)
    with running_web() as web:
        address = f"http://127.0.0.1:{web.port}"
        client = TusClient(f"{address}{desk.entrance}", headers=desk.headers)
        uploader = client.uploader(file_stream=io.BytesIO(content), metadata={"filename": "lesson.mp4"})
        uploader.set_url(uploader.create_url())
        phone = socket.create_connection(("127.0.0.1", web.port))
        phone.sendall(beginning_of(uploader.url, len(content), desk.headers) + content[:500_000])
        time.sleep(1)
        uploader.offset = 0
        with pytest.raises(TusCommunicationError) as refused:
            uploader.upload_chunk()
        assert refused.value.status_code == 423
        time.sleep(SILENCE)
        go_on(uploader)
        assert 500_000 - PIECE < uploader.offset <= 500_000
        uploader.upload()
        phone.close()
    with scopes_disabled():
        assert Evidence.objects.get().file.size == len(content)


def beginning_of(url: str, length: int, headers: dict[str, str]) -> bytes:
    """Return the head of a request that announces the whole file."""
    lines = [f"PATCH {urlsplit(url).path} HTTP/1.1", f"Host: {urlsplit(url).netloc}", "Tus-Resumable: 1.0.0"]
    lines += [
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        f"Content-Length: {length}",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"
