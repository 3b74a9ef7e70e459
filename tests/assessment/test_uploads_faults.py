"""Files that arrive in parts: what is refused at the end, and what survives broken lines and killed servers."""

import errno
import io
import os
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django_scopes import scopes_disabled

from assessment.submitting import sendings
from assessment.submitting.models import Sending, SubmissionState
from schools.clock import now
from schools.files import arrivals, receiving
from schools.files.models import Arrival
from schools.files.tasks import sweep_arrivals
from tests.assessment.uploading import (
    NONE,
    PIECES,
    TUS,
    Sender,
    checksum,
    left_behind,
    lying,
    plan,
    sha,
)
from tests.cast import World
from tests.stories import picture, submission_at


def test_file_that_is_no_document_is_refused_at_the_end_and_leaves_nothing(sender: Sender) -> None:
    content = picture(9).read()
    url = sender.begin("plan.docx", len(content)).headers["Location"]
    sender.patch(url, 0, content[:50])
    answer = sender.patch(url, 50, content[50:])
    sentence = answer.json()["error"]
    assert (answer.status_code, left_behind()) == (422, NONE)
    assert (lying(sender.submission), Sending.objects.get().refusal) == ([], sentence)
    assert (sender.head(url).status_code, sender.standing(url)["error"]) == (410, sentence)
    again = sender.patch(url, 50, content[50:])
    assert (again.status_code, again.json()["error"]) == (410, sentence)
    places = sender.client.get(f"/me/submissions/{sender.submission.pk}/").context["places"]
    assert [one.refusal for place in places for one in place.arriving] == [sentence]
    assert (sender.delete(url).status_code, Sending.objects.count()) == (204, 0)


def test_item_without_room_begins_nothing_and_takes_nothing(sender: Sender, monkeypatch: Any) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    monkeypatch.setattr("assessment.submitting.actions.MOST_FILES_PER_ITEM", 0)
    assert sender.begin("b.docx", 5).status_code == 422
    assert (sender.patch(url, 0, content).status_code, left_behind()) == (422, NONE)


def test_submission_that_was_frozen_on_the_way_takes_nothing(sender: Sender, in_alpha: World) -> None:
    submission = sender.submission
    upload, content = plan("Late")
    url = sender.begun(upload)
    submission_at(in_alpha.alpha, in_alpha.alpha.schools[0], SubmissionState.SUBMITTED)
    before = lying(submission)
    assert (sender.patch(url, 0, content).status_code, sender.begin("b.docx", 5).status_code) == (422, 422)
    assert (lying(submission), left_behind()[1]) == (before, [])


def test_too_many_at_once_are_refused(sender: Sender, monkeypatch: Any) -> None:
    monkeypatch.setattr(arrivals, "MOST_OPEN", 2)
    statuses = [sender.begin(f"{number}.docx", 5).status_code for number in range(3)]
    assert (statuses, Arrival.objects.count()) == ([201, 201, 429], 2)


def test_full_disk_takes_no_more_files(sender: Sender, monkeypatch: Any) -> None:
    monkeypatch.setattr(arrivals, "SPARE", 1 << 60)
    assert (sender.begin("a.docx", 5).status_code, Arrival.objects.count()) == (507, 0)


def test_disk_that_grows_full_on_the_way_keeps_what_was_safe(sender: Sender, monkeypatch: Any) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[:100])
    with monkeypatch.context() as patched:
        patched.setattr(arrivals, "write", has_no_room)
        answer = sender.patch(url, 100, content[100:])
    assert (answer.status_code, list(answer.json()), sender.offset(url)) == (507, ["error"], 100)
    sender.patch(url, 100, content[100:])
    assert lying(sender.submission)[0][2] == sha(content)


def has_no_room(*_args: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_second_writer_is_told_to_wait(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    with arrivals.held(Arrival.objects.get()):
        assert sender.patch(url, 0, content[:50]).status_code == 423
    assert sender.patch(url, 0, content[:50]).status_code == 204


def test_broken_line_keeps_what_came(sender: Sender) -> None:
    """The body ends before its announced length; a part with a checksum counts whole or not at all."""
    upload, content = plan()
    url = sender.begun(upload)
    offsets = []
    for start, headers in ((0, {}), (300, {"Upload-Checksum": checksum(content[300:])})):
        sender.client.patch(
            url,
            content[start:],
            content_type=PIECES,
            headers=TUS | {"Upload-Offset": str(start)} | headers,
            **{"wsgi.input": io.BytesIO(content[start : start + 300])},
        )
        offsets.append(sender.offset(url))
    assert offsets == [300, 300]
    sender.patch(url, 300, content[300:])
    assert lying(sender.submission)[0][2] == sha(content)


class Killed(BaseException):
    """Stands for a server that dies."""


def test_server_killed_while_writing_goes_on_from_what_is_safe(sender: Sender, monkeypatch: Any) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[:100])
    with monkeypatch.context() as patched:
        patched.setattr(arrivals, "settle", dies)
        with pytest.raises(Killed):
            sender.patch(url, 100, content[100:900])
    assert sender.offset(url) == 100
    sender.patch(url, 100, content[100:])
    assert lying(sender.submission)[0][2] == sha(content)


@pytest.mark.parametrize(
    "moment", [(sendings, "received"), (sendings, "lay"), (arrivals, "complete"), (receiving, "record")]
)
def test_server_killed_before_laying_lays_it_once_with_the_next_try(
    sender: Sender, monkeypatch: Any, moment: tuple[Any, str]
) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[:900])
    with monkeypatch.context() as patched:
        patched.setattr(*moment, dies)
        with pytest.raises(Killed):
            sender.patch(url, 900, content[900:])
    assert (sender.offset(url), lying(sender.submission), left_behind()[0]) == (900, [], 0)
    assert sender.patch(url, 900, content[900:]).status_code == 204
    assert lying(sender.submission) == [(sender.item.number, "教学设计.docx", sha(content))]
    assert left_behind() == (1, [], 1)


def dies(*_args: Any, **_kwargs: Any) -> None:
    raise Killed


def test_nothing_is_laid_twice_when_the_last_answer_was_lost(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content)
    repeated = [sender.patch(url, 0, content), sender.patch(url, len(content), b"")]
    assert [answer.status_code for answer in repeated] == [409, 204]
    assert (sender.offset(url), len(lying(sender.submission)), left_behind()) == (len(content), 1, (1, [], 1))


def test_bytes_lost_with_a_restored_disk_are_asked_for_again(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[:900])
    os.truncate(arrivals.bytes_of(Arrival.objects.get()), 400)
    assert (sender.patch(url, 900, content[900:]).status_code, sender.offset(url)) == (409, 400)
    sender.patch(url, 400, content[400:])
    assert lying(sender.submission)[0][2] == sha(content)


def test_untouched_files_are_forgotten_after_a_week(sender: Sender) -> None:
    old, fresh = sender.begun(plan("old")[0]), sender.begun(plan("fresh")[0])
    for url in (old, fresh):
        sender.patch(url, 0, b"P" * 40)
    with scopes_disabled():
        Arrival.objects.filter(name="old.docx").update(touched_at=now() - timedelta(days=7, minutes=1))
        Arrival.objects.filter(name="fresh.docx").update(touched_at=now() - timedelta(days=6, hours=23))
        kept = Arrival.objects.get(name="fresh.docx").key
    orphan = arrivals.folder() / "orphan"
    orphan.write_bytes(b"x")
    os.utime(orphan, (time.time() - 8 * 86_400,) * 2)
    sweep_arrivals()
    assert (sender.head(old).status_code, sender.head(fresh).status_code) == (404, 200)
    assert left_behind()[1] == [kept]


def test_forgetting_is_on_the_clock_of_the_worker() -> None:
    script = (
        "import django; django.setup(); from portal.celery import app; app.loader.import_default_modules();"
        "asked = {one['task'] for one in app.conf.beat_schedule.values()};"
        "print('schools.files.sweep_arrivals' in asked and asked <= set(app.tasks))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "True"
