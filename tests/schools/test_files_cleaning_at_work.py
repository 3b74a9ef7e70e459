"""The work of making cleaned copies: once, whoever dies or comes twice; originals stay, logs say no names."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from schools.clock import now
from schools.files.cleaning import asking, tasks
from schools.files.cleaning.models import Cleaned
from schools.files.cleaning.naming import patterns_of
from schools.files.cleaning.running import MOST_TRIES, Superseded, claim, run, run_waiting, stay
from schools.files.models import Preview, StoredFile
from schools.files.storing import digest_of, location
from schools.people.models import Person
from tests.cast import World
from tests.schools import preview_files as files
from tests.schools.named_files import NAME, letter, photo


@pytest.fixture
def teacher(in_alpha: World) -> Person:
    person = in_alpha.alpha.schools[0]["teacher"]
    person.name = NAME
    person.save()
    return person


@pytest.fixture
def told(teacher: Person, in_alpha: World) -> StoredFile:
    """A document of the teacher's that is asked for."""
    file = files.stored(in_alpha.alpha.county, f"{NAME}.docx", letter())
    asking.ask_for_cleaning([(file.county_id, file.pk, teacher.pk)])
    return file


def row(file: StoredFile) -> Cleaned:
    return Cleaned.objects.get(file=file)


def left_over() -> list[Path]:
    return list(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("cleaning-*"))


def test_copy_is_made_once_and_is_a_file_of_its_own(told: StoredFile, teacher: Person) -> None:
    before = digest_of(location(told))
    run(told.pk)
    asking.ask_for_cleaning([(told.county_id, told.pk, teacher.pk)])
    run(told.pk)
    made = row(told)
    assert (made.state, made.found, made.token) == ("ready", ["name", "pinyin"], "")
    copy = made.copy
    assert copy is not None
    assert (copy.name, copy.stored_by, copy.kind) == ("evidence.docx", None, "document")
    assert digest_of(location(told)) == before != copy.sha256 == digest_of(location(copy))
    assert Preview.objects.get(file=copy).state == "waiting"
    assert (StoredFile.objects.filter(name="evidence.docx").count(), left_over()) == (1, [])


def test_second_worker_finds_nothing_to_claim_and_a_late_one_changes_nothing(told: StoredFile) -> None:
    late = claim(told.pk)
    assert late is not None
    assert (claim(told.pk), run_waiting(9)) == (None, 0)
    Cleaned.objects.update(lease_until=now() - timedelta(seconds=1))
    assert run_waiting(9) == 1
    with pytest.raises(Superseded):
        stay(late)
    assert row(told).state == "ready"


def test_spoiled_file_is_closed_and_one_that_kills_its_workers_given_up(
    told: StoredFile, in_alpha: World
) -> None:
    spoiled = files.stored(in_alpha.alpha.county, "spoiled.jpg", b"no picture")
    asking.ask_for_cleaning([(spoiled.county_id, spoiled.pk, None)])
    Cleaned.objects.filter(file=told).update(tries=MOST_TRIES)
    assert run_waiting(9) == 2
    ends = {one.file_id: (one.state, one.reason, one.copy) for one in Cleaned.objects.all()}
    assert ends == {told.pk: ("none", "given-up", None), spoiled.pk: ("none", "damaged", None)}


def test_failure_is_logged_without_names_and_tried_again(
    told: StoredFile,
    caplog: pytest.LogCaptureFixture,
    settings,
    tmp_path: Path,  # type: ignore[no-untyped-def]
) -> None:
    caplog.set_level(logging.INFO)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "gone" / NAME)
    (tmp_path / "gone").write_bytes(b"a file where a folder should be")
    run(told.pk)
    assert (NAME in caplog.text, "failed" in caplog.text) == (False, True)
    assert row(told).state == "waiting"
    assert asking.waiting_ids(9) == []
    Cleaned.objects.update(lease_until=now() - timedelta(seconds=1))
    assert asking.waiting_ids(9) == [told.pk]


def test_sweep_adopts_what_nobody_asked_for(
    teacher: Person, in_alpha: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = files.stored(in_alpha.alpha.county, "photo.jpg", photo())

    def needed() -> Iterator[asking.Needed]:
        yield file.county_id, file.pk, teacher.pk

    monkeypatch.setattr(asking, "NEEDED", [needed])
    asking.adopt()
    asking.adopt()
    assert (row(file).state, row(file).person) == ("waiting", teacher)


def test_patterns_name_all_that_names_a_person(teacher: Person) -> None:
    assert {kind for kind, pattern in patterns_of(teacher).items() if pattern} >= {
        "name", "pinyin", "phone", "identity", "training",
    }  # fmt: skip
    assert patterns_of(None) == {}


def test_worker_is_told_of_the_rest_until_nothing_waits(
    told: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(asking.current_app, "send_task", lambda name, **_more: sent.append(name))
    tasks.make_cleaned()
    tasks.make_cleaned()
    assert (row(told).state, sent) == ("ready", ["schools.cleaning.make"])
