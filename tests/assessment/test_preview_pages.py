"""Evidence in place: who gets copies, ranges of films, what pages show while and after previews are made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review
from assessment.submitting.models import Evidence, Submission, SubmissionState
from schools.checks import copies_lie_where_their_rows_say
from schools.files.models import Preview, PreviewState, Rendition, StoredFile
from schools.files.previews.showing import REASONS
from tests.access.copies import give_copy
from tests.cast import World, acting
from tests.schools import preview_files as files
from tests.stories import begun_submission, fill, film, submission_at

SignIn = Callable[..., Client]


@pytest.fixture(scope="module")
def assigned(common_ground: World) -> int:
    """A submission of East's teacher is East's reviewer's to review."""
    east = common_ground.alpha.schools[0]
    submission = submission_at(common_ground.alpha, east, SubmissionState.SUBMITTED)
    with scope(county=common_ground.alpha.county, school=None):
        return reviewing.assign(submission=submission, reviewer=east["reviewer"], by=acting(east["cio"])).pk


@pytest.fixture
def review(assigned: int, world: World) -> Review:
    """The review of East's reviewer."""
    with scopes_disabled():
        return Review.objects.select_related("submission", "person").get(pk=assigned)


@pytest.fixture
def sent(review: Review) -> Submission:
    """The submission of East's teacher."""
    return review.submission


def pieces_of(sent: Submission) -> list[Evidence]:
    with scopes_disabled():
        return list(Evidence.objects.filter(attempt__submission=sent).select_related("file").order_by("pk"))


def lay_instead(piece: Evidence, file: StoredFile) -> None:
    """Let the piece be another file."""
    with scopes_disabled():
        Evidence.objects.filter(pk=piece.pk).update(file=file)


def address(review: Review, piece: Evidence, rest: str = "") -> str:
    return reverse("assessment:review-evidence", args=[review.pk, piece.pk]) + rest


def test_copies_pass_the_check_of_their_original(
    world: World, sent: Submission, review: Review, signed_in_as: SignIn
) -> None:
    east, west = world.alpha.schools
    piece = pieces_of(sent)[0]
    with scopes_disabled():
        give_copy(piece.file, b"page one")
    own = reverse("assessment:evidence-file", args=[piece.pk]) + "preview/page/1/"
    at_school = reverse("assessment:school-evidence", args=["alpha", "east", sent.pk, piece.pk])
    asked = [
        (east["teacher"], own, 200),
        (east["teacher2"], own, 404),
        (east["reviewer"], address(review, piece, "preview/page/1/"), 200),
        (east["reviewer2"], address(review, piece, "preview/page/1/"), 404),
        (west["reviewer"], address(review, piece, "preview/page/1/"), 404),
        (east["cio"], f"{at_school}preview/page/1/", 200),
        (west["cio"], f"{at_school}preview/page/1/", 404),
        (east["reviewer"], address(review, piece, "preview/page/2/"), 404),
        (east["reviewer"], address(review, piece, "preview/video/1/"), 404),
        (east["reviewer"], address(review, piece, "preview/../1/"), 404),
    ]
    answers = [(person, url, signed_in_as(person).get(url).status_code) for person, url, _status in asked]
    assert answers == asked


def test_copy_may_be_kept_by_its_reader_only(
    sent: Submission, review: Review, world: World, signed_in_as: SignIn
) -> None:
    piece = pieces_of(sent)[0]
    with scopes_disabled():
        give_copy(piece.file, b"page one")
    answer = signed_in_as(world.alpha.schools[0]["reviewer"]).get(address(review, piece, "preview/page/1/"))
    assert b"".join(answer) == b"page one"
    assert answer["Cache-Control"].startswith("private, max-age=")
    assert "Cookie" in answer["Vary"]
    assert answer["Content-Disposition"] == 'inline; filename="page-1.webp"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_copy_of_a_film_is_given_in_ranges(
    sent: Submission, review: Review, world: World, signed_in_as: SignIn
) -> None:
    piece = pieces_of(sent)[0]
    content = bytes(range(256)) * 40
    with scopes_disabled():
        give_copy(piece.file, content, "video")
    client, url = signed_in_as(world.alpha.schools[0]["reviewer"]), address(review, piece, "preview/video/1/")
    part = client.get(url, headers={"range": "bytes=1000-1999"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 1000-1999/{len(content)}")
    assert b"".join(part) == content[1000:2000]
    assert b"".join(client.get(url, headers={"range": "bytes=-5"})) == content[-5:]
    beyond = client.get(url, headers={"range": f"bytes={len(content)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")


def test_page_waits_then_shows_pages_then_says_why_not(
    sent: Submission, review: Review, world: World, signed_in_as: SignIn
) -> None:
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    page, piece = reverse("assessment:review", args=[review.pk]), pieces_of(sent)[0]
    fragment = address(review, piece, "preview/")
    for url in (page, fragment):
        assert f'hx-get="{fragment}"' in client.get(url).content.decode()
    with scopes_disabled():
        give_copy(piece.file, b"page one")
    for url in (page, fragment):
        text = client.get(url).content.decode()
        assert f'hx-get="{fragment}"' not in text
        assert f'<img src="{address(review, piece, "preview/page/1/")}" width="30" height="40"' in text
    with scopes_disabled():
        Rendition.objects.all().delete()
        none = Preview.objects.filter(file=piece.file)
        none.update(**{"state": PreviewState.NONE, "reason": "no-office"})
    for url in (page, fragment):
        text = client.get(url).content.decode()
        assert (str(REASONS["no-office"]) in text, "?download" in text) == (True, True)
        assert f'hx-get="{fragment}"' not in text


def test_film_plays_its_copy_where_there_is_one(
    sent: Submission, review: Review, world: World, signed_in_as: SignIn
) -> None:
    piece = pieces_of(sent)[0]
    stored = files.stored(world.alpha.county, "lesson.mp4", film().read(), 65)
    lay_instead(piece, stored)
    with scopes_disabled():
        preview = give_copy(stored, b"poster", "poster").preview
    client, url = signed_in_as(world.alpha.schools[0]["reviewer"]), address(review, piece, "preview/")
    text = client.get(url).content.decode()
    assert f'<video src="{address(review, piece)}" poster="{url}poster/1/" width="30"' in text
    assert "1:05" in text
    with scopes_disabled():
        Rendition.objects.create(
            county_id=stored.county_id, preview=preview, kind="video", path="x", size=1, mime="video/mp4",
            width=1, height=1,
        )  # fmt: skip
    assert f'<video src="{url}video/1/"' in client.get(url).content.decode()


def test_teacher_sees_a_thumbnail_and_what_reviewers_see(world: World, signed_in_as: SignIn) -> None:
    east = world.alpha.schools[0]
    draft = begun_submission(world.alpha, east, code="A5")
    with scope(county=world.alpha.county, school=None):
        fill(draft, east["teacher"])
    piece = pieces_of(draft)[0]
    own = reverse("assessment:evidence-file", args=[piece.pk])
    page = reverse("assessment:submission", args=[draft.pk])
    client = signed_in_as(east["teacher"])
    assert f'hx-get="{own}preview/"' in client.get(page).content.decode()
    with scopes_disabled():
        preview = give_copy(piece.file, b"page one").preview
        Rendition.objects.create(
            county_id=preview.county_id, preview=preview, kind="thumbnail", path="x", size=1,
            mime="image/webp", width=9, height=12,
        )  # fmt: skip
    text = client.get(page).content.decode()
    assert f'src="{own}preview/thumbnail/1/" width="9" height="12"' in text
    assert f'<img src="{own}preview/page/1/"' in text
    assert f'hx-get="{own}preview/"' not in text


def test_queries_stay_the_same_for_more_files_and_pages(
    sent: Submission, review: Review, world: World, signed_in_as: SignIn
) -> None:
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    page, pieces = reverse("assessment:review", args=[review.pk]), pieces_of(sent)
    with scopes_disabled():
        give_copy(pieces[0].file, b"one")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    with scopes_disabled():
        for number, piece in enumerate(pieces[1:]):
            give_copy(piece.file, b"more %d" % number)
        for number in range(8):
            more = files.stored(world.alpha.county, f"{number}.png", b"more %d" % number)
            give_copy(more, b"copy", "picture")
            first = pieces[0]
            Evidence.objects.create(
                county_id=first.county_id, school_id=first.school_id, attempt_id=first.attempt_id,
                item_id=first.item_id, file=more,
            )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        text = client.get(page).content.decode()
    assert text.count("preview/picture/1/") == 16
    assert len(many) == len(few)


def test_checker_finds_a_copy_that_is_gone(sent: Submission) -> None:
    with scopes_disabled():
        copy = give_copy(pieces_of(sent)[0].file, b"page one")
        from_rule = list(copies_lie_where_their_rows_say()[1])
        (Path(settings.MEDIA_ROOT) / copy.path).unlink()
        assert (from_rule, len(list(copies_lie_where_their_rows_say()[1]))) == ([], 1)
