"""The work of making previews: once, whoever dies or comes twice; only for what people look at."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django_scopes import scope, scopes_disabled

from assessment.submitting.models import Evidence, SubmissionState
from schools.clock import now
from schools.files.models import Preview, PreviewState, Rendition, StoredFile
from schools.files.previews import asking, tasks
from schools.files.previews.running import MOST_TRIES, Superseded, claim, copies_of, run, stay, work
from schools.files.storing import location
from tests.cast import World
from tests.schools import preview_files as files
from tests.stories import begun_submission, fill, picture


@pytest.fixture
def photo(in_alpha: World) -> StoredFile:
    """A picture that is asked for."""
    file = files.stored(in_alpha.alpha.county, "photo.png", picture(3).read())
    asking.ask_for_preview(file)
    return file


def counts(file: StoredFile) -> tuple[str, int, int]:
    """Return the preview's state, its copies, and its folders of copies."""
    folder = copies_of(file)
    preview = Preview.objects.get(file=file)
    folders = len(list(folder.iterdir())) if folder.exists() else 0
    return preview.state, preview.renditions.count(), folders


def left_over() -> list[Path]:
    return list(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("preview-*"))


def test_asking_and_making_twice_makes_nothing_twice(photo: StoredFile) -> None:
    run(photo.pk)
    made = set(Rendition.objects.values_list("pk", "path"))
    asking.ask_for_preview(photo)
    run(photo.pk)
    assert counts(photo) == ("ready", 2, 1)
    assert set(Rendition.objects.values_list("pk", "path")) == made
    assert left_over() == []


def test_second_worker_finds_nothing_to_claim(photo: StoredFile) -> None:
    assert claim(photo.pk) is not None
    assert claim(photo.pk) is None
    run(photo.pk)
    assert counts(photo) == ("waiting", 0, 0)


def test_preview_of_a_killed_worker_is_swept_up_and_made(photo: StoredFile) -> None:
    dead = claim(photo.pk)
    assert dead is not None
    leftover = Path(settings.FILE_UPLOAD_TEMP_DIR) / f"preview-{photo.pk}-{dead.token}"
    leftover.mkdir()
    half = copies_of(photo) / dead.token
    half.mkdir(parents=True)
    assert list(asking.waiting()) == []
    Preview.objects.update(lease_until=now() - timedelta(seconds=1))
    assert [one.file_id for one in asking.waiting()] == [photo.pk]
    run(photo.pk)
    assert counts(photo) == ("ready", 2, 1)
    assert (leftover.exists(), half.exists()) == (False, False)


def test_worker_that_comes_late_changes_nothing(photo: StoredFile) -> None:
    late = claim(photo.pk)
    assert late is not None
    Preview.objects.update(lease_until=now() - timedelta(seconds=1))
    run(photo.pk)
    before = set(Rendition.objects.values_list("pk", "path"))
    with pytest.raises(Superseded):
        stay(late)
    with pytest.raises(Superseded):
        work(late)
    assert counts(photo) == ("ready", 2, 1)
    assert set(Rendition.objects.values_list("pk", "path")) == before
    assert left_over() == []


def test_preview_is_given_up_after_three_tries(photo: StoredFile) -> None:
    Preview.objects.update(tries=MOST_TRIES)
    run(photo.pk)
    preview = Preview.objects.get(file=photo)
    assert (preview.state, preview.reason, preview.token) == ("none", "given-up", "")


@pytest.mark.full
def test_process_ends_with_its_parent(tmp_path: Path, in_alpha: World) -> None:
    film = location(
        files.stored(
            in_alpha.alpha.county,
            "long.mp4",
            files.film(tmp_path / "a.mp4", codec="libx265", size=(1920, 1080), seconds=4),
        )
    )
    (tmp_path / "made").mkdir()
    command = [sys.executable, "-m", "schools.files.previews.bench", "video", str(film), str(tmp_path)]
    child = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, start_new_session=True)
    time.sleep(0.4)
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(10) == -9
    assert not (tmp_path / "outcome.json").exists()


def test_only_a_few_are_told_of_and_films_one_at_a_time(in_alpha: World, tmp_path: Path) -> None:
    county = in_alpha.alpha.county
    films = [files.stored(county, f"{n}.mp4", b"film %d" % n) for n in range(3)]
    photos = [files.stored(county, f"{n}.png", b"photo %d" % n) for n in range(10)]
    for file in (*films, *photos):
        asking.ask_for_preview(file)
    asking.sweep()
    told = Preview.objects.filter(lease_until__gte=now()).values_list("file__kind", flat=True)
    assert sorted(told) == ["image"] * (asking.TOLD_MOST - 1) + ["video"]
    assert claim(films[0].pk) is not None
    assert claim(films[1].pk) is None
    assert claim(photos[0].pk) is not None


def test_evidence_is_asked_for_when_it_is_laid(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    fill(submission, east["teacher"])
    laid = set(Evidence.objects.values_list("file_id", flat=True))
    assert len(laid) > 0
    assert set(Preview.objects.values_list("file_id", flat=True)) == laid
    assert submission.state == SubmissionState.DRAFT


def test_adopting_takes_what_is_shown_and_nothing_else(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    fill(begun_submission(in_alpha.alpha, east), east["teacher"])
    roster = files.stored(in_alpha.alpha.county, "roster.xlsx", files.sheet())
    wanted = set(Evidence.objects.values_list("file_id", flat=True))
    Preview.objects.all().delete()
    asking.adopt()
    asked = Preview.objects.values_list("file_id", "state")
    assert set(asked) == {(file_id, PreviewState.WAITING) for file_id in wanted}
    assert roster.pk not in wanted


def test_adopting_reaches_every_county(world: World) -> None:
    south = world.beta.schools[0]
    submission = begun_submission(world.beta, south)
    with scope(county=world.beta.county, school=None):
        fill(submission, south["teacher"])
        Preview.objects.all().delete()
    asking.adopt()
    with scopes_disabled():
        assert set(Preview.objects.values_list("county__slug", flat=True)) == {"beta"}


def test_file_without_a_row_is_made_when_somebody_looks(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    fill(begun_submission(in_alpha.alpha, east), east["teacher"])
    shown, hidden = (files.stored(in_alpha.alpha.county, f"{n}.png", picture(n).read()) for n in (77, 78))
    piece = Evidence.objects.order_by("pk")[0]
    Evidence.objects.filter(pk=piece.pk).update(file=shown)
    Preview.objects.all().delete()
    tasks.make_preview(shown.pk)
    tasks.make_preview(hidden.pk)
    assert list(Preview.objects.values_list("file_id", "state")) == [(shown.pk, "ready")]
