"""Blind reviews: frozen when given out, copies instead of originals, and what role holders are told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled

from assessment.programme.models import Programme
from assessment.programme.rules.actions import change_rules
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review
from assessment.submitting import actions as submitting
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.clock import now
from schools.files.cleaning.models import Cleaned, CleaningState
from schools.files.cleaning.naming import KINDS
from schools.files.storing import location
from schools.people.models import Membership, Person
from schools.refusals import Refused
from tests.access.copies import give_cleaned, give_copy
from tests.cast import SINCE, SchoolCast, World, acting
from tests.schools.cleaning import clean_all
from tests.stories import begun_submission, document, fill, grade_all, submission_at

SignIn = Callable[[Person], Client]


@pytest.fixture(scope="module")
def handed_in(common_ground: World) -> int:
    """Work that was handed in while the programme is blind."""
    east = common_ground.alpha.schools[0]
    draft = begun_submission(common_ground.alpha, east)
    with scope(county=common_ground.alpha.county, school=None):
        office = acting(common_ground.alpha["county-office"])
        change_rules(programme=draft.programme, rules={"is_blind": True}, reason="Fairer", by=office)
    return submission_at(common_ground.alpha, east, SubmissionState.SUBMITTED).pk


@pytest.fixture
def sent(handed_in: int, in_alpha: World) -> Submission:
    return Submission.objects.select_related("programme", "person", "school", "point").get(pk=handed_in)


@pytest.fixture
def east(in_alpha: World) -> SchoolCast:
    return in_alpha.alpha.schools[0]


@pytest.fixture
def review(sent: Submission, east: SchoolCast) -> Review:
    return reviewing.assign(submission=sent, reviewer=east["reviewer"], by=acting(east["cio"]))


@pytest.fixture(autouse=True)
def in_english(settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANGUAGE_CODE = "en"
    translation.activate("en")


def first_piece(review: Review) -> Evidence:
    with scopes_disabled():
        return (
            Evidence.objects.select_related("file", "item")
            .filter(attempt=review.attempt_id)
            .order_by("pk")[0]
        )


def test_review_is_blind_as_the_programme_was_when_it_was_given_out(
    review: Review, sent: Submission, east: SchoolCast, in_alpha: World
) -> None:
    office = acting(in_alpha.alpha["county-office"])
    change_rules(programme=sent.programme, rules={"is_blind": False}, reason="No more", by=office)
    sent = Submission.objects.get(pk=sent.pk)
    later = reviewing.assign(submission=sent, reviewer=east["reviewer2"], by=acting(east["cio"]))
    review.refresh_from_db()
    assert (review.is_blind, len(review.code), review.work_name, review.place_name) == (
        True,
        6,
        review.code,
        "",
    )
    assert (later.is_blind, later.code, later.work_name) == (False, "", sent.person.name)


def test_original_is_never_given_while_the_copy_is_made_or_when_there_is_none(
    review: Review, east: SchoolCast, signed_in_as: SignIn
) -> None:
    client, piece = signed_in_as(east["reviewer"]), first_piece(review)
    page = reverse("assessment:review", args=[review.pk])
    url = reverse("assessment:review-evidence", args=[review.pk, piece.pk])
    original = location(piece.file).read_bytes()
    with scopes_disabled():
        give_copy(piece.file, b"page of the original")
    for state, status, words in (
        (CleaningState.WAITING, 202, "being prepared"),
        (CleaningState.NONE, 404, "freed of names"),
    ):
        with scopes_disabled():
            Cleaned.objects.filter(file=piece.file).update(**{"state": state})
        answers = [client.get(one) for one in (page, url, f"{url}preview/", f"{url}preview/page/1/")]
        assert [one.status_code for one in answers] == [200, status, 200, 404]
        assert [words in one.content.decode() for one in answers[:3]] == [True] * 3
        contents = [one.content for one in answers]
        assert [one for one in contents if original in one or piece.file.name.encode() in one] == []
        assert [one for one in contents if f'href="{url}'.encode() in one] == []
    with scopes_disabled():
        Cleaned.objects.filter(file=piece.file).delete()
    assert client.get(url).status_code == 202


def test_copy_is_given_under_a_neutral_name(review: Review, east: SchoolCast, signed_in_as: SignIn) -> None:
    client, piece = signed_in_as(east["reviewer"]), first_piece(review)
    with scopes_disabled():
        give_copy(give_cleaned(piece.file, b"without names"), b"page without names")
    url = reverse("assessment:review-evidence", args=[review.pk, piece.pk])
    given, part = client.get(url), client.get(url, headers={"range": "bytes=0-6"})
    name = f"{review.code}-{piece.item.number}{piece.file.extension}"
    assert b"".join(given) == b"without names"
    assert given["Content-Disposition"].endswith(f"filename*=UTF-8''{name}")
    assert (part.status_code, b"".join(part)) == (206, b"without")
    assert b"".join(client.get(f"{url}preview/page/1/")) == b"page without names"
    assert name in client.get(reverse("assessment:review", args=[review.pk])).content.decode()


def test_pages_name_the_work_by_its_code_also_when_it_is_finished(
    review: Review, sent: Submission, east: SchoolCast, signed_in_as: SignIn
) -> None:
    client = signed_in_as(east["reviewer"])
    pages = [reverse("assessment:reviews"), reverse("assessment:review", args=[review.pk])]
    other = reviewing.assign(submission=sent, reviewer=east["reviewer2"], by=acting(east["cio"]))
    grade_all(other, Grade.FAIL, "Words of another")
    for _turn in range(2):
        texts = [client.get(page).content.decode() for page in pages]
        assert [review.code in text for text in texts] == [True, True]
        assert [sent.person.name in text for text in texts] == [False, False]
        assert ["Words of another" in text for text in texts] == [False, False]
        if _turn == 0:
            with scopes_disabled():
                grade_all(Review.objects.get(pk=review.pk), Grade.PASS)


def test_earlier_words_come_without_names(
    review: Review, sent: Submission, east: SchoolCast, signed_in_as: SignIn
) -> None:
    cio, teacher = acting(east["cio"]), east["teacher"]
    reviewing.send_back(
        submission=sent, items=items_of(sent)[:1], advice=f"{teacher.name}, once more.",
        due_at=now() + timedelta(days=7), by=cio,
    )  # fmt: skip
    fill(sent, teacher)
    submitting.submit(submission=sent, is_own_work=True, by=acting(teacher))
    again = reviewing.assign(submission=sent, reviewer=east["reviewer"], by=cio)
    text = signed_in_as(east["reviewer"]).get(reverse("assessment:review", args=[again.pk])).content.decode()
    assert ("□□, once more." in text, teacher.name in text) == (True, False)


def test_cio_who_reviews_blind_is_told_honestly_and_decides_nothing(
    review: Review, sent: Submission, east: SchoolCast, signed_in_as: SignIn
) -> None:
    cio, office = east["cio"], acting(east["cio"])
    Membership.objects.create(
        person=cio, role="reviewer", county=cio.county, school=east.school, starts_on=SINCE
    )
    own = reviewing.assign(submission=sent, reviewer=cio, by=office)
    other = reviewing.assign(submission=sent, reviewer=east["reviewer2"], by=office)
    grade_all(review, Grade.EXCELLENT, "The words of the first")
    grade_all(other, Grade.EXCELLENT, "The words of the second")
    page = reverse("assessment:school-submission", args=["alpha", "east", sent.pk])
    text = signed_in_as(cio).get(page).content.decode()
    assert ("without knowing whose it is" in text, own.code in text) == (True, False)
    assert [words for words in ("The words of", "Adds up to") if words in text] == []
    for guess in Grade:
        with pytest.raises(Refused) as refused:
            reviewing.decide(submission=sent, advice="Well done.", by=acting(cio), seen=guess)
        assert refused.value.code == "reviewing-decider"
    reviewing.release(review=own, by=office)
    reviewing.decide(submission=sent, advice="Well done.", by=acting(cio))
    assert "The words of the first" in signed_in_as(cio).get(page).content.decode()


def test_teacher_and_cio_are_told_when_a_file_names_the_teacher(
    sent: Submission, east: SchoolCast, in_alpha: World, signed_in_as: SignIn
) -> None:
    draft = begun_submission(in_alpha.alpha, east, code="A5")
    teacher, item = east["teacher"], next(one for one in items_of(draft) if "D" in one.kinds)
    with scope(county=in_alpha.alpha.county, school=None):
        by = acting(teacher)
        told = submitting.add_evidence(
            submission=draft, item=item, upload=document(f"by {teacher.name}"), by=by
        )
    page = reverse("assessment:submission", args=[draft.pk])
    assert "You are named in this file" not in signed_in_as(teacher).get(page).content.decode()
    with scopes_disabled():
        clean_all()
        assert Cleaned.objects.get(file=told.file).found == ["name"]
    text = signed_in_as(teacher).get(page).content.decode()
    assert text.count(f"You are named in this file: {KINDS['name']}") == 2
    piece = sent.rounds.get().evidence.order_by("pk")[0]
    Cleaned.objects.filter(file=piece.file_id).update(found=["name", "phone"])
    at_school = reverse("assessment:school-submission", args=["alpha", "east", sent.pk])
    text = signed_in_as(east["cio"]).get(at_school).content.decode()
    assert f"The teacher is named in this file: {KINDS['name']}, {KINDS['phone']}." in text


def test_page_asks_the_same_queries_for_more_files(
    review: Review, east: SchoolCast, signed_in_as: SignIn
) -> None:
    client, page = signed_in_as(east["reviewer"]), reverse("assessment:review", args=[review.pk])
    pieces = Evidence.objects.select_related("file__county").filter(attempt=review.attempt_id).order_by("pk")
    give_copy(give_cleaned(pieces[0].file, b"one"), b"page")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for piece in pieces[1:]:
        give_copy(give_cleaned(piece.file, b"one more"), b"page")
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(pieces) > 1
    assert len(many) == len(few)


def test_programme_without_blindness_cleans_nothing_for_reviewers(in_alpha: World) -> None:
    with scopes_disabled():
        Programme.objects.update(is_blind=False)
        before = Cleaned.objects.count()
    west = in_alpha.alpha.schools[1]
    plain = submission_at(in_alpha.alpha, west, SubmissionState.SUBMITTED)
    given = reviewing.assign(submission=plain, reviewer=west["reviewer"], by=acting(west["cio"]))
    assert (given.is_blind, given.code, Cleaned.objects.count()) == (False, "", before)
