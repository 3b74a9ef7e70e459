"""Where alike pieces are shown: reviewer, decider and office read what they may, a teacher reads nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled
from pytest_django.fixtures import Settings

from assessment.reviewing import actions as reviewing
from assessment.reviewing.alike import beside_review
from assessment.reviewing.models import Review
from assessment.submitting.likeness import actions
from assessment.submitting.likeness.models import Fingerprint, Likeness, LikenessLook
from assessment.submitting.models import Evidence, Submission, SubmissionState
from schools.access.permissions import Permission
from schools.refusals import Forbidden, Refused
from tests.cast import World, acting
from tests.stories import submission_at

SignIn = Callable[..., Client]
LONG_AGO = datetime(2025, 11, 3, 4, tzinfo=UTC)
MOST_BYTES = 60_000


@dataclass
class Pair:
    """A piece of East's teacher under review, the earlier one of West's, and what says that they are alike."""

    world: World
    review: Review
    piece: Evidence
    earlier: Evidence
    row: Likeness

    @property
    def submission(self) -> Submission:
        return self.piece.attempt.submission


def first_piece(submission: Submission) -> Evidence:
    rows = Evidence.objects.select_related("file", "attempt__submission__school__county", "item", "school")
    return rows.filter(attempt__submission=submission).order_by("pk")[0]


@pytest.fixture(scope="module")
def given(common_ground: World) -> tuple[int, int]:
    """East's and West's teachers have handed the point A1 in; East's is under review."""
    alpha, (east, west) = common_ground.alpha, common_ground.alpha.schools
    theirs = submission_at(alpha, west, SubmissionState.SUBMITTED)
    mine = submission_at(alpha, east, SubmissionState.SUBMITTED)
    with scope(county=alpha.county, school=None):
        reviewing.assign(submission=mine, reviewer=east["reviewer"], by=acting(east["cio"]))
    return mine.pk, theirs.pk


@pytest.fixture
def pair(given: tuple[int, int], world: World, settings: Settings) -> Pair:
    settings.LANGUAGE_CODE = "en"
    with scopes_disabled(), translation.override("en"):
        mine, theirs = (Submission.objects.get(pk=pk) for pk in given)
        Evidence.objects.filter(attempt__submission=theirs).update(added_at=LONG_AGO)
        piece, earlier = first_piece(mine), first_piece(theirs)
        review = Review.objects.select_related("submission__school", "person").get(submission=mine)
        return Pair(world, review, piece, earlier, alike(piece, earlier))


def alike(piece: Evidence, other: Evidence, **facts: object) -> Likeness:
    values = {"kind": "text", "degree": 84, "seen_at": other.added_at, "seen_school": other.school}
    values |= {"earlier": other} | facts
    return Likeness.objects.create(county=piece.county, piece=piece, **values)


def text_at(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"assessment:{name}", args=args), headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def hints(pair: Pair, *, is_blind: bool) -> list[str]:
    """Return the sentences beside the reviewed piece."""
    pair.review.is_blind = is_blind
    with scope(county=pair.world.alpha.county, school=None), translation.override("en"):
        piece = first_piece(pair.submission)
        beside_review(pair.review, [piece], acting(pair.review.person))
        return [one.sentence for one in piece.alike]


def test_reviewer_reads_what_it_is_like_and_opens_nothing(pair: Pair, signed_in_as: SignIn) -> None:
    west = pair.world.alpha.schools[1]
    text = text_at(signed_in_as(pair.review.person), "review", pair.review.pk)
    assert "like an earlier piece of 西湖小学, 2025-11" in text
    assert "Similar text, 84 of 100" in text
    assert west["teacher"].name not in text
    assert pair.earlier.file.name not in text
    assert f"/evidence/{pair.earlier.pk}/" not in text
    stolen = reverse("assessment:review-evidence", args=[pair.review.pk, pair.earlier.pk])
    assert signed_in_as(pair.review.person).get(stolen).status_code == 404


def test_blind_reviewer_reads_neither_school_nor_name(pair: Pair) -> None:
    assert hints(pair, is_blind=False) == ["like an earlier piece of 西湖小学, 2025-11"]
    assert hints(pair, is_blind=True) == ["like an earlier piece of another school, 2025-11"]
    Likeness._base_manager.filter(pk=pair.row.pk).update(seen_school=pair.piece.school)
    assert hints(pair, is_blind=True) == ["like an earlier piece of this school, 2025-11"]
    Likeness._base_manager.filter(pk=pair.row.pk).update(earlier=None)
    assert hints(pair, is_blind=True) == ["like an earlier piece of this school, 2025-11"]


def test_piece_carried_over_into_the_next_attempt_keeps_its_likeness(pair: Pair) -> None:
    with scope(county=pair.world.alpha.county, school=None):
        copied = Evidence(attempt=pair.piece.attempt, file=pair.piece.file, item=pair.piece.item)
        beside_review(pair.review, [copied], acting(pair.review.person))
        assert [one.pk for one in copied.alike] == [pair.row.pk]


def test_teacher_sees_nothing_and_reaches_nothing(pair: Pair, signed_in_as: SignIn) -> None:
    for school, piece in zip(pair.world.alpha.schools, (pair.piece, pair.earlier), strict=True):
        client = signed_in_as(school["teacher"])
        text = text_at(client, "submission", piece.attempt.submission_id)
        assert [word for word in ("likeness", "like an earlier", "Similar", "alike") if word in text] == []
        closed = {
            reverse("assessment:county-likenesses", args=["alpha"]): 403,
            reverse("assessment:county-likeness", args=["alpha", pair.row.pk]): 403,
            reverse("assessment:county-likeness-file", args=["alpha", pair.row.pk, "piece"]): 403,
            reverse("assessment:county-likeness-file", args=["alpha", pair.row.pk, "earlier"]): 403,
        }
        other = pair.earlier if piece is pair.piece else pair.piece
        closed[reverse("assessment:evidence-file", args=[other.pk])] = 404
        assert {url: client.get(url).status_code for url in closed} == closed


def test_decider_opens_the_earlier_piece_where_the_own_rights_reach(pair: Pair, signed_in_as: SignIn) -> None:
    east, west = pair.world.alpha.schools
    at = ("alpha", "east", pair.submission.pk)
    there = ["alpha", "west", pair.earlier.attempt.submission_id, pair.earlier.pk]
    theirs = reverse("assessment:school-evidence", args=there)
    client = signed_in_as(east["cio"])
    text = text_at(client, "school-submission", *at)
    assert ("like an earlier piece of 西湖小学" in text, theirs in text) == (True, False)
    assert client.get(theirs).status_code == 404
    assert "like an earlier" not in text_at(signed_in_as(east["principal"]), "school-submission", *at)
    with scopes_disabled():
        type(west.school).objects.filter(pk=west.school.pk).update(managed_by=east.school)
    text = text_at(signed_in_as(east["cio"]), "school-submission", *at)
    assert theirs in text
    assert signed_in_as(east["cio"]).get(theirs).status_code == 200


def test_own_work_shows_its_decider_nothing(pair: Pair, signed_in_as: SignIn) -> None:
    east = pair.world.alpha.schools[0]
    with scopes_disabled():
        Submission.objects.filter(pk=pair.submission.pk).update(person=east["cio"])
    text = text_at(signed_in_as(east["cio"]), "school-submission", "alpha", "east", pair.submission.pk)
    assert "like an earlier" not in text


def test_looks_are_recorded_and_change_no_grade(pair: Pair, signed_in_as: SignIn) -> None:
    east, office = pair.world.alpha.schools[0], pair.world.alpha["county-office"]
    before = Submission._base_manager.values("state", "grade", "version").get(pk=pair.submission.pk)
    said = [
        (east["reviewer"], ["review-likeness-look", pair.review.pk, pair.row.pk], "harmless", ""),
        (
            east["cio"],
            ["school-likeness-look", "alpha", "east", pair.submission.pk, pair.row.pk],
            "talk",
            "Ask.",
        ),
        (office, ["county-likeness-look", "alpha", pair.row.pk], "talk", "With both."),
    ]
    for person, (name, *args), verdict, note in said:
        url = reverse(f"assessment:{name}", args=args)
        assert signed_in_as(person).post(url, {"verdict": verdict, "note": note}).status_code == 302
    rows = LikenessLook._base_manager.order_by("pk").values_list("verdict", "note", "role")
    wanted = [("harmless", "", "reviewer"), ("talk", "Ask.", "cio"), ("talk", "With both.", "county-office")]
    assert list(rows) == wanted
    assert Submission._base_manager.values("state", "grade", "version").get(pk=pair.submission.pk) == before
    reviewer = text_at(signed_in_as(east["reviewer"]), "review", pair.review.pk)
    assert ("Ask." in reviewer, "With both." in reviewer) == (False, False)
    assert "Ask." in text_at(signed_in_as(office), "county-likeness", "alpha", pair.row.pk)


def test_looks_need_a_right_a_word_and_somebody_else(pair: Pair) -> None:
    east = pair.world.alpha.schools[0]
    refused = []
    for who, verdict, note in (
        ("teacher", "harmless", ""),
        ("teacher2", "harmless", ""),
        ("cio", "guilty", ""),
        ("cio", "talk", "  "),
    ):
        with scope(county=pair.world.alpha.county, school=None), pytest.raises(Refused) as refusal:
            actions.look(likeness=pair.row, verdict=verdict, note=note, permission=Permission.DECIDE,
                         place=east.school, by=acting(east[who]))  # fmt: skip
        refused.append(refusal.value.code)
    assert refused == ["forbidden", "forbidden", "verdict", "note"]
    assert issubclass(Forbidden, Refused)


def test_office_sees_the_pair_with_its_shared_passages(pair: Pair, signed_in_as: SignIn) -> None:
    office = signed_in_as(pair.world.alpha["county-office"])
    with scopes_disabled():
        for piece, words in (
            (pair.piece, "我们用问卷了解学情的起点"),
            (pair.earlier, "先用问卷了解学情的起点<b>"),
        ):
            county = piece.county
            Fingerprint.objects.update_or_create(file=piece.file, defaults={"county": county, "text": words})
    text = text_at(office, "county-likeness", "alpha", pair.row.pk)
    assert "<mark>用问卷了解学情的起点</mark>" in text
    assert "&lt;b&gt;" in text
    for side, piece in (("piece", pair.piece), ("earlier", pair.earlier)):
        url = reverse("assessment:county-likeness-file", args=["alpha", pair.row.pk, side])
        assert url in text
        assert b"".join(office.get(url))[:2] == b"PK"
        assert piece.file.name in text
    assert office.get(url.replace("earlier", "other")).status_code == 404


def test_what_is_not_handed_in_is_not_opened(pair: Pair, signed_in_as: SignIn) -> None:
    office = signed_in_as(pair.world.alpha["county-office"])
    with scopes_disabled():
        type(pair.earlier.attempt).objects.filter(pk=pair.earlier.attempt_id).update(submitted_at=None)
    text = text_at(office, "county-likeness", "alpha", pair.row.pk)
    assert pair.earlier.file.name not in text
    url = reverse("assessment:county-likeness-file", args=["alpha", pair.row.pk, "earlier"])
    assert office.get(url).status_code == 404
    with scopes_disabled():
        type(pair.piece.attempt).objects.filter(pk=pair.piece.attempt_id).update(submitted_at=None)
    assert f"/likenesses/{pair.row.pk}/" not in text_at(office, "county-likenesses", "alpha")


def test_list_is_filtered_and_asks_as_much_for_thirty_as_for_one(pair: Pair, signed_in_as: SignIn) -> None:
    office = signed_in_as(pair.world.alpha["county-office"])
    url = reverse("assessment:county-likenesses", args=["alpha"])
    office.get(url)
    with CaptureQueriesContext(connection) as one:
        office.get(url)
    with scopes_disabled():
        for number in range(29):
            alike(pair.piece, pair.earlier, kind="image", degree=60 + number, earlier=None)
    with CaptureQueriesContext(connection) as thirty:
        answer = office.get(url)
    assert len(answer.context["rows"]) == 30
    assert len(thirty) == len(one)
    assert len(answer.content) < MOST_BYTES
    counts = {
        query: len(office.get(f"{url}?{query}").context["rows"])
        for query in ("kind=text", "degree=75", "point=A5", "point=A1", "verdict=none", "q=zzz")
    }
    assert counts == {
        "kind=text": 1,
        "degree=75": 15,
        "point=A5": 30,
        "point=A1": 30,
        "verdict=none": 30,
        "q=zzz": 0,
    }
