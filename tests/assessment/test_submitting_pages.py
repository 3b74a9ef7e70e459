"""The teacher's page of one point: sending up, using again, submitting, withdrawing, reading advice."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from assessment.checking.results.decisions import take_back
from assessment.programme.models import Programme
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.models import EvidenceItem
from tests.cast import World, acting
from tests.stories import (
    ADVICE,
    begun_submission,
    confirmed_selection,
    document,
    fill,
    picture,
    programme,
    submission_at,
)

pytestmark = pytest.mark.usefixtures("chosen")

JSON = {"headers": {"accept": "application/json"}}


def page(submission: Submission) -> str:
    return f"/me/submissions/{submission.pk}/"


def add(client: Client, submission: Submission, item: EvidenceItem, upload: Any, **extra: Any):  # type: ignore[no-untyped-def]
    return client.post(f"{page(submission)}items/{item.pk}/add/", {"file": upload} if upload else {}, **extra)


def lying(submission: Submission) -> list[tuple[int, str]]:
    with scopes_disabled():
        pieces = Evidence.objects.filter(attempt__submission=submission).order_by("pk")
        return list(pieces.values_list("item__number", "file__name"))


def state_of(submission: Submission) -> int:
    with scopes_disabled():
        return Submission.objects.get(pk=submission.pk).state


def test_beginning_twice_leads_to_the_same_page(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    confirmed_selection(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    places = [client.post("/me/submissions/begin/A5/").headers["Location"] for _time in range(2)]
    begun = Submission.objects.get()
    assert (places, begun.point.code) == ([page(begun)] * 2, "A5")


def test_beginning_is_refused_when_the_point_is_not_chosen(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    confirmed_selection(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    assert client.post("/me/submissions/begin/C7/").headers["Location"] == "/me/"
    assert (client.post("/me/submissions/begin/Z1/").status_code, Submission.objects.count()) == (404, 0)


def test_submission_of_another_teacher_is_not_there(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    fill(submission, east["teacher"])
    item, piece = items_of(submission)[0], Evidence.objects.first()
    client = signed_in_as(east["teacher2"])
    before = lying(submission)
    answers = [
        client.get(page(submission)),
        add(client, submission, item, document("Foreign")),
        client.post(f"{page(submission)}items/{item.pk}/reuse/", {"file": piece.file_id}),
        client.post(f"{page(submission)}submit/", {"is_own_work": "on"}),
        client.post(f"{page(submission)}withdraw/"),
        client.get(f"/me/evidence/{piece.pk}/file/"),
        client.post(f"/me/evidence/{piece.pk}/remove/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 7
    assert (lying(submission), state_of(submission)) == (before, SubmissionState.DRAFT)


def test_limits_and_criteria_stand_on_the_page_before_anything_is_sent(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    answer = signed_in_as(east["teacher"]).get(page(submission))
    items = items_of(submission)
    assert [place.item for place in answer.context["places"]] == items
    assert [place.is_missing for place in answer.context["places"]] == [item.is_required for item in items]
    assert all(
        f"{place.item.max_megabytes}MB" in place.limits.replace(" ", "") for place in answer.context["places"]
    )
    assert answer.content.decode().count("data-uploads=") == len(items)
    assert answer.context["submit"].is_open is False


def test_file_arrives_and_a_script_is_told_where_to_go(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    item = items_of(submission)[0]
    client = signed_in_as(east["teacher"])
    answer = add(client, submission, item, document("Plan"), **JSON)
    piece = Evidence.objects.get()
    assert answer.json() == {"next": f"{page(submission)}?added={piece.pk}#item-{item.number}"}
    assert lying(submission) == [(item.number, "Plan.docx")]
    shown = client.get(f"/me/evidence/{piece.pk}/file/")
    assert len(b"".join(shown.streaming_content)) == piece.file.size


def test_form_without_script_is_led_back_to_the_item(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    item = items_of(submission)[0]
    client = signed_in_as(east["teacher"])
    answer = add(client, submission, item, document("Plan"))
    assert (
        answer.headers["Location"]
        == f"{page(submission)}?added={Evidence.objects.get().pk}#item-{item.number}"
    )
    assert add(client, submission, item, None).headers["Location"] == f"{page(submission)}#item-{item.number}"


def unfit(name: str) -> SimpleUploadedFile:
    """Return an upload of one of the wrong sorts."""
    if name == "wrong kind":
        return picture(3)
    if name == "empty":
        return SimpleUploadedFile("plan.docx", b"")
    if name == "lying ending":
        return SimpleUploadedFile("plan.docx", picture(4).read())
    return SimpleUploadedFile("plan.exe", b"MZ" + b"\0" * 200)


@pytest.mark.parametrize("name", ["wrong kind", "empty", "lying ending", "program"])
def test_unfit_file_is_refused_with_its_sentence_and_the_rest_stays(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, name: str
) -> None:
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    first = items_of(submission)[0]
    client = signed_in_as(east["teacher"])
    add(client, submission, first, document("Plan"))
    answer = add(client, submission, first, unfit(name), **JSON)
    assert (answer.status_code, list(answer.json())) == (422, ["error"])
    client.get(page(submission))
    add(client, submission, first, unfit(name))
    messages = [str(message) for message in client.get(page(submission)).context["messages"]]
    assert (messages, lying(submission)) == ([answer.json()["error"]], [(1, "Plan.docx")])


def test_file_over_the_limit_is_refused_naming_it(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    item = items_of(submission)[0]
    EvidenceItem.objects.filter(pk=item.pk).update(max_megabytes=1)
    large = SimpleUploadedFile("plan.pdf", b"%PDF-" + b"0" * 1_000_000)
    answer = add(signed_in_as(east["teacher"]), submission, item, large, **JSON)
    assert answer.status_code == 422
    assert "plan.pdf" in answer.json()["error"] and "1MB" in answer.json()["error"].replace(" ", "")
    assert lying(submission) == []


def test_item_of_another_point_is_not_there(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    foreign = EvidenceItem.objects.filter(point__code="A5").first()
    assert add(signed_in_as(east["teacher"]), submission, foreign, document("Plan")).status_code == 404


def test_own_file_is_used_again_where_it_fits(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    other = begun_submission(in_alpha.alpha, east, code="A5")
    client = signed_in_as(east["teacher"])
    add(client, submission, items_of(submission)[0], document("Plan"))
    file = Evidence.objects.get().file
    design, film = items_of(other)[0], items_of(other)[1]
    offered = {place.item.pk: place.reusable for place in client.get(page(other)).context["places"]}
    assert (offered[design.pk], offered[film.pk]) == ([file], [])
    for item in (design, film):
        client.post(f"{page(other)}items/{item.pk}/reuse/", {"file": file.pk})
    assert lying(other) == [(design.number, "Plan.docx")]


def test_file_of_a_colleague_is_never_used_again(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    theirs = begun_submission(in_alpha.alpha, east, "teacher2")
    fill(theirs, east["teacher2"])
    mine = begun_submission(in_alpha.alpha, east)
    item, file_id = items_of(mine)[0], Evidence.objects.first().file_id
    answer = signed_in_as(east["teacher"]).post(f"{page(mine)}items/{item.pk}/reuse/", {"file": file_id})
    assert (answer.status_code, lying(mine)) == (404, [])


def test_piece_is_taken_off_until_it_is_frozen(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = submission_at(in_alpha.alpha, east, SubmissionState.SUBMITTED)
    client = signed_in_as(east["teacher"])
    frozen = lying(submission)
    client.post(f"/me/evidence/{Evidence.objects.first().pk}/remove/")
    assert lying(submission) == frozen
    draft = begun_submission(in_alpha.alpha, east, code="A5")
    add(client, draft, items_of(draft)[0], document("Plan"))
    client.post(f"/me/evidence/{Evidence.objects.last().pk}/remove/")
    assert lying(draft) == []


def test_submitting_needs_everything_and_the_statement(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    states = []
    client.post(f"{page(submission)}submit/", {"is_own_work": "on"})
    states.append(state_of(submission))
    fill(submission, east["teacher"])
    assert client.get(page(submission)).context["submit"].is_open is True
    client.post(f"{page(submission)}submit/", {"version": "0"})
    states.append(state_of(submission))
    client.post(f"{page(submission)}submit/", {"is_own_work": "on", "version": "0"})
    states.append(state_of(submission))
    assert states == [SubmissionState.DRAFT, SubmissionState.DRAFT, SubmissionState.SUBMITTED]
    answer = client.get(page(submission))
    assert (answer.context["submit"], [button.action for button in answer.context["withdraw"]]) == (
        None,
        ["withdraw"],
    )


def test_withdrawn_attempt_does_not_count(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = submission_at(in_alpha.alpha, east, SubmissionState.SUBMITTED)
    client = signed_in_as(east["teacher"])
    client.post(f"{page(submission)}withdraw/", {"version": submission.version})
    answer = client.get(page(submission))
    assert (answer.context["submission"].state, answer.context["attempts_left"]) == (SubmissionState.DRAFT, 2)
    assert [one.attempt.is_counted for one in answer.context["rounds"]] == [False]


def test_only_items_sent_back_are_open_and_the_words_are_shown(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = submission_at(in_alpha.alpha, east, SubmissionState.RETURNED)
    answer = signed_in_as(east["teacher"]).get(page(submission))
    open_items = [place.item.number for place in answer.context["places"] if place.is_open]
    words = [event.note for one in answer.context["rounds"] for event in one.words]
    assert (open_items, words, answer.context["due_at"]) == ([1], [ADVICE], submission.due_at)
    assert answer.context["attempts_left"] == 1


def test_advice_is_shown_only_while_a_decision_stands(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = submission_at(in_alpha.alpha, east, SubmissionState.PASSED)
    client = signed_in_as(east["teacher"])
    (told,) = client.get(page(submission)).context["rounds"]
    assert (told.decision.advice, [review.advice for review in told.reviews]) == (ADVICE, [ADVICE, ADVICE])
    take_back(submission=submission, why="Wrong file looked at.", by=acting(east["cio"]))
    answer = client.get(page(submission))
    (untold,) = answer.context["rounds"]
    assert (untold.decision, untold.reviews, ADVICE in answer.content.decode()) == (None, [], False)


def test_reviewers_stay_unnamed_to_the_teacher(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = submission_at(in_alpha.alpha, east, SubmissionState.PASSED)
    shown = signed_in_as(east["teacher"]).get(page(submission)).content.decode()
    assert [east[who].name in shown for who in ("reviewer", "reviewer2", "cio")] == [False, False, True]


def test_page_asks_as_often_for_one_file_as_for_many(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, django_assert_num_queries
) -> None:
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    client, counts, item = signed_in_as(east["teacher"]), [], items_of(submission)[0]
    for names in (["a"], ["b", "c", "d", "e"]):
        for name in names:
            add(client, submission, item, document(name))
        client.get(page(submission))
        with django_assert_num_queries(200, exact=False) as asked:
            client.get(page(submission))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_work_of_the_county_office_is_not_done_below_me(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(in_alpha.alpha)
    assert Programme.objects.count() == 1
    client = signed_in_as(in_alpha.alpha["county-office"])
    assert client.post("/me/submissions/begin/A1/").status_code == 403
