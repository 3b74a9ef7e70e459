"""Alike pieces: found across schools by copy, text and picture; written once, in the right direction."""

import pytest
from django.db.models import F
from django_scopes import scope, scopes_disabled
from PIL import Image

from assessment.submitting import actions
from assessment.submitting.likeness import asking, comparing, running
from assessment.submitting.likeness.checks import likenesses_point_backward, likenesses_stay_at_home
from assessment.submitting.likeness.models import Fingerprint, Likeness, PrintStatus
from assessment.submitting.models import Evidence
from schools.files.storing import location
from schools.organisations.models import County
from tests.assessment import alike_files as files
from tests.assessment.alike_stories import found, lay
from tests.cast import World, acting

LINES = files.sentences(30, 1)


def ask_again() -> None:
    """Let everything be compared once more."""
    with scopes_disabled():
        Fingerprint.objects.update(status=PrintStatus.WAITING, tries=0, lease_until=None)


def test_copy_in_another_school_is_found_with_where_it_was_first(world: World) -> None:
    alpha, (east, west) = world.alpha, world.alpha.schools
    first = lay(alpha, east, files.document(LINES))
    other = lay(alpha, west, files.document(files.sentences(30, 2)), code="A5")
    copy = lay(alpha, west, files.document(LINES, "mine.docx"))
    Evidence._base_manager.filter(pk=copy.pk).update(file=another_copy(first, copy))
    assert found() == [(copy.pk, first.pk, "exact")]
    row = Likeness._base_manager.get()
    assert (row.degree, row.seen_school_id, row.seen_at) == (100, east.school.pk, first.added_at)
    assert other.pk not in (row.piece_id, row.earlier_id)


def another_copy(first: Evidence, copy: Evidence) -> int:
    """Give the copy's file the same bytes as the first one's: a .docx written twice differs in its times."""
    location(copy.file).write_bytes(location(first.file).read_bytes())
    type(copy.file)._base_manager.filter(pk=copy.file_id).update(
        sha256=first.file.sha256, size=first.file.size
    )
    return copy.file_id


def test_text_with_a_fifth_written_anew_is_found_in_another_kind_of_file(world: World) -> None:
    alpha, (east, west) = world.alpha, world.alpha.schools
    first = lay(alpha, east, files.document(LINES))
    paraphrase = lay(alpha, west, files.pdf(files.changed(LINES, 0.2, 5)))
    lay(alpha, west, files.document(files.sentences(30, 3)), "teacher2")
    assert found() == [(paraphrase.pk, first.pk, "text")]
    assert 60 <= Likeness._base_manager.get().degree < 100


def test_photo_of_another_size_is_found_and_another_photo_is_not(world: World) -> None:
    alpha, (east, west) = world.alpha, world.alpha.schools
    image = files.scene(1)
    first = lay(alpha, east, files.photo(image), code="A9")
    smaller = lay(alpha, west, files.photo(image.resize((410, 310)), "small.jpg", quality=45), code="A9")
    lay(alpha, west, files.photo(files.scene(2)), "teacher2", "A9")
    for who, school in (("teacher", east), ("teacher", west)):
        lay(alpha, school, files.photo(Image.new("RGB", (60, 40), "white"), "blank.png"), who, "A9")
    assert found() == [(smaller.pk, first.pk, "image")]


def test_comparing_twice_writes_once_and_in_either_order(world: World) -> None:
    alpha, (east, west) = world.alpha, world.alpha.schools
    first = lay(alpha, east, files.document(LINES))
    second = lay(alpha, west, files.document(files.changed(LINES, 0.1, 4)))
    wanted = [(second.pk, first.pk, "text")]
    assert found() == wanted
    ask_again()
    assert found() == wanted
    with scopes_disabled():
        Likeness.objects.all().delete()
        Fingerprint.objects.filter(file=first.file_id).update(status=PrintStatus.WAITING, lease_until=None)
    assert found() == wanted


def test_own_earlier_attempts_short_texts_and_other_counties_are_left_out(world: World) -> None:
    alpha, east = world.alpha, world.alpha.schools[0]
    piece = lay(alpha, east, files.document(LINES))
    submission = piece.attempt.submission
    with scope(county=alpha.county, school=None):
        other = next(
            item
            for item in submission.point.items.exclude(pk=piece.item_id)
            if "D" in item.kinds or "R" in item.kinds
        )
        actions.use_again(submission=submission, item=other, file=piece.file, by=acting(east["teacher"]))
    lay(alpha, east, files.document(["太短了。"] * 3), "teacher2")
    lay(alpha, world.alpha.schools[1], files.document(["太短了。"] * 3, "x.docx"))
    lay(world.beta, world.beta.schools[0], files.document(LINES))
    assert [one for one in found() if one[2] != "exact"] == []
    with scopes_disabled():
        assert Likeness.objects.exclude(piece__county=F("earlier__county")).count() == 0
        assert Fingerprint.objects.filter(status=PrintStatus.WAITING).count() == 0
        assert Fingerprint.objects.filter(county=world.beta.county).count() == 1


def test_what_is_laid_again_while_it_is_compared_is_compared_again(world: World) -> None:
    alpha, east = world.alpha, world.alpha.schools[0]
    piece = lay(alpha, east, files.document(LINES))
    (held,) = asking.claim()
    assert (asking.claim(), running.run()) == ([], 0)
    with scope(county=alpha.county, school=None):
        asking.ask_for_likeness(piece.file)
        running.finish(held, {held.pk: {}})
    assert Fingerprint._base_manager.get(pk=held.pk).status == PrintStatus.WAITING
    found()
    assert Fingerprint._base_manager.get(pk=held.pk).status == PrintStatus.DONE


def test_laying_writes_the_row_and_wakes_a_worker_after_the_commit(
    world: World,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        piece = lay(world.alpha, world.alpha.schools[0], files.document(LINES))
        row = Fingerprint._base_manager.get(file=piece.file)
        assert (row.status, row.token, row.tries) == (PrintStatus.WAITING, "", 0)
    assert asking.wake in callbacks
    assert Fingerprint._base_manager.count() == 1


def test_lost_rows_are_adopted_and_spoiled_files_end(world: World) -> None:
    alpha, east = world.alpha, world.alpha.schools[0]
    piece = lay(alpha, east, files.document(LINES))
    Fingerprint._base_manager.all().delete()
    location(piece.file).write_bytes(b"PK\x03\x04 spoiled")
    asking.adopt()
    assert found() == []
    row = Fingerprint._base_manager.get()
    assert (row.status, row.reason, bytes(row.signature)) == (PrintStatus.DONE, "damaged", b"")


def test_taking_the_earlier_piece_off_leaves_where_it_was_seen(world: World) -> None:
    alpha, (east, west) = world.alpha, world.alpha.schools
    first = lay(alpha, east, files.document(LINES))
    second = lay(alpha, west, files.document(files.changed(LINES, 0.1, 4)))
    assert found() == [(second.pk, first.pk, "text")]
    with scope(county=alpha.county, school=None):
        actions.take_away(piece=first, by=acting(east["teacher"]))
    assert found() == [(second.pk, None, "text")]
    assert Likeness._base_manager.get().seen_school_id == east.school.pk


def test_form_that_many_people_fill_makes_nobody_alike(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "COMMON", 2)
    alpha, (east, west) = world.alpha, world.alpha.schools
    form = files.sentences(24, 7)
    own = {seed: [*form, *files.sentences(16, seed)] for seed in (20, 21, 22, 23)}
    people = [(east, "teacher"), (east, "teacher2"), (west, "teacher"), (west, "teacher2")]
    pieces = [
        lay(alpha, school, files.document(own[seed]), who)
        for (school, who), seed in zip(people, own, strict=True)
    ]
    copied = lay(alpha, west, files.document(own[20]), "teacher2", "A5")
    found()
    with scopes_disabled():
        last = Likeness.objects.filter(piece=pieces[3]).count()
        assert last == 0
        assert Likeness.objects.filter(piece=copied).values_list("earlier", flat=True)[0] == pieces[0].pk


def test_invariants_find_what_may_not_be(world: World) -> None:
    alpha, (east, west) = world.alpha, world.alpha.schools
    lay(alpha, east, files.document(LINES))
    lay(alpha, west, files.document(files.changed(LINES, 0.1, 4)))
    found()
    assert [list(check()[1]) for check in (likenesses_stay_at_home, likenesses_point_backward)] == [[], []]
    row = Likeness._base_manager.get()
    Likeness._base_manager.filter(pk=row.pk).update(piece=row.earlier_id, earlier=row.piece_id)
    assert len(list(likenesses_point_backward()[1])) == 1
    assert County.objects.count() == 2
