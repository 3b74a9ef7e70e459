"""The reviewer's queue and one review."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.views import LOOSE
from assessment.submitting.actions import submit
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.clock import now
from schools.people.models import Membership
from tests.cast import World, acting
from tests.stories import CODES, fill, grade_all, submission_at

pytestmark = pytest.mark.usefixtures("chosen")


def asked(world: World, code: str = "A1", who: str = "reviewer") -> Review:
    """A submitted piece that `who` is asked to review."""
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED, code=code)
    return ask(world, submission, who)


def ask(world: World, submission: Submission, who: str) -> Review:
    east = world.alpha.schools[0]
    with scopes_disabled():
        return actions.assign(submission=submission, reviewer=east[who], by=acting(east["cio"]))


def items(review: Review) -> list[int]:
    with scopes_disabled():
        return [item.pk for item in items_of(Review.objects.get(pk=review.pk).submission)]


def fresh(review: Review) -> Review:
    with scopes_disabled():
        return Review.objects.prefetch_related("grades").get(pk=review.pk)


def whole(review: Review, **changed: object) -> dict[str, object]:
    """What the form of a wholly graded review sends."""
    return {f"grade-{item}": 2 for item in items(review)} | {"advice": "Clear.", "version": 0} | changed


def at(name: str, review: Review, *args: int) -> str:
    return reverse(f"assessment:{name}", args=[review.pk, *args])


def autosave(client: Client, review: Review, **sent: object):  # type: ignore[no-untyped-def]
    return client.post(at("review-save", review), sent, headers={"accept": "application/json"})


def test_queue_begins_with_the_least_reviewed(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    first, second = asked(world), asked(world, "A5")
    with scopes_disabled():
        grade_all(ask(world, first.submission, "reviewer2"), Grade.PASS)
    answer = signed_in_as(world.alpha.schools[0]["reviewer"]).get(reverse("assessment:reviews"))
    assert [review.pk for review in answer.context["waiting"]] == [second.pk, first.pk]
    assert answer.context["next"].pk == second.pk


def test_finishing_freezes_the_grades_and_goes_to_the_next(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    first, second = asked(world), asked(world, "A5")
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    answer = client.post(at("review-finish", first), whole(first))
    assert answer.url == at("review", second)
    assert fresh(first).state == ReviewState.FINISHED
    assert client.post(at("review-finish", second), whole(second)).url == reverse("assessment:reviews")
    assert autosave(client, first, advice="Changed").status_code == 409
    assert fresh(first).advice == "Clear."


def test_unfinished_grades_are_kept_when_finishing_is_refused(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review = asked(world)
    item = items(review)[0]
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    answer = client.post(at("review-finish", review), {f"grade-{item}": 3, "advice": "", "version": 0})
    assert (answer.status_code, len(list(get_messages(answer.wsgi_request)))) == (422, 1)
    assert [(grade.item_id, grade.grade) for grade in fresh(review).grades.all()] == [(item, 3)]


def test_autosave_answers_in_json_and_says_what_is_not_kept(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review = asked(world)
    item = items(review)[0]
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    kept = autosave(client, review, **{f"grade-{item}": 1, f"remark-{item}": "Blurred.", "advice": "Half"})
    assert (kept.status_code, kept.json()["saved"], kept.json()["note"]) == (200, True, "")
    assert [(grade.grade, grade.remark) for grade in fresh(review).grades.all()] == [(1, "Blurred.")]
    ungraded = autosave(client, review, **{f"remark-{items(review)[1]}": "Words without a grade"})
    assert (ungraded.status_code, ungraded.json()["note"]) == (200, str(LOOSE))


def test_reviewer_sees_nobody_elses_grades_and_no_other_review(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    mine = asked(world)
    other = ask(world, mine.submission, "reviewer2")
    with scopes_disabled():
        grade_all(other, Grade.EXCELLENT, advice="Only the second reviewer says this.")
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    page = client.get(at("review", mine))
    assert page.content.decode().count("Only the second reviewer says this.") == 0
    assert [graded.grade for graded in page.context["items"]] == [None] * len(items(mine))
    assert client.get(at("review", other)).status_code == 404
    assert client.post(at("review-save", other), whole(other)).status_code == 404
    assert client.post(at("review-finish", other), whole(other)).status_code == 404


def test_evidence_opens_for_the_asked_attempt_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review, foreign = asked(world), asked(world, "A5", "reviewer2")
    with scopes_disabled():
        own = Evidence.objects.filter(attempt=review.attempt_id).first()
        other = Evidence.objects.filter(attempt=foreign.attempt_id).first()
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    assert client.get(at("review-evidence", review, own.pk)).status_code == 200
    assert client.get(at("review-evidence", review, other.pk)).status_code == 404
    assert client.get(at("review-evidence", foreign, other.pk)).status_code == 404
    with scopes_disabled():
        actions.release(review=review, by=acting(world.alpha.schools[0]["cio"]))
    assert client.get(at("review-evidence", review, own.pk)).status_code == 404
    assert client.get(at("review", review)).url == reverse("assessment:reviews")


def test_redone_items_are_marked_with_the_words_of_before(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.RETURNED)
    with scopes_disabled():
        found = Submission.objects.select_related("school", "point", "county").get(pk=submission.pk)
        fill(found, east["teacher"])
        submit(submission=found, is_own_work=True, by=acting(east["teacher"]))
    review = ask(world, found, "reviewer")
    page = signed_in_as(east["reviewer"]).get(at("review", review))
    assert [graded.must_redo for graded in page.context["items"]].count(True) == 1
    assert page.context["items"][0].must_redo is True
    assert page.context["earlier_advice"].startswith("Clear goals")


def test_review_is_gone_with_the_right_at_its_school(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    review = asked(world)
    with scopes_disabled():
        Membership.objects.filter(person=east["reviewer"]).update(school=west.school)
    client = signed_in_as(east["reviewer"])
    assert client.get(reverse("assessment:reviews")).context["waiting"] == []
    assert client.get(at("review", review)).status_code == 404


IN_PLACE = {"headers": {"HX-Request": "true"}}


def test_finishing_in_place_answers_with_the_next_review_alone(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    first, second = asked(world), asked(world, "A5")
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    answer = client.post(at("review-finish", first), whole(first), **IN_PLACE)
    assert (answer.status_code, answer["HX-Push-Url"]) == (200, at("review", second))
    assert (answer.context["review"].pk, answer.context["frame"]) == (second.pk, "region.html")
    assert (answer.content.count(b"<html"), answer.content.count(b"<title>")) == (0, 1)
    assert "HX-Request" in answer["Vary"]
    last = client.post(at("review-finish", second), whole(second), **IN_PLACE)
    assert last["HX-Redirect"] == reverse("assessment:reviews")


def test_refusal_in_place_leaves_the_form_alone(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review = asked(world)
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    answer = client.post(at("review-finish", review), {"advice": "So far", "version": 0}, **IN_PLACE)
    assert (answer["HX-Retarget"], answer["HX-Push-Url"]) == ("find [data-refused]", "false")
    assert (answer.content.count(b"<form"), answer.content.count(b"tone-error")) == (0, 1)
    assert fresh(review).advice == "So far"


def test_older_window_is_refused_and_nothing_of_it_is_kept(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review = asked(world)
    item = items(review)[0]
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    older = client.get(at("review", review)).context["seen"]
    newer = autosave(client, review, advice="Newer", seen=older).json()["carry"]["seen"]
    refused = autosave(client, review, advice="Older", seen=older, **{f"grade-{item}": 1})
    assert (refused.status_code, list(refused.json())) == (409, ["error"])
    assert (fresh(review).advice, fresh(review).grades.count()) == ("Newer", 0)
    assert autosave(client, review, advice="Newest", seen=newer).status_code == 200
    assert fresh(review).advice == "Newest"


def test_same_words_sent_twice_are_no_other_window(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review = asked(world)
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    seen = client.get(at("review", review)).context["seen"]
    answers = [autosave(client, review, advice="Once", seen=seen).json() for _turn in range(2)]
    assert answers[0] == answers[1]


def test_typed_words_stay_when_a_form_without_script_is_refused(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review = asked(world)
    one, other = items(review)[:2]
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    sent = {f"grade-{one}": 3, f"remark-{other}": "No grade yet", "advice": "Typed", "version": 0}
    answer = client.post(at("review-finish", review), sent)
    shown = {graded.item.pk: graded for graded in answer.context["items"]}
    assert (shown[other].remark, answer.context["advice"]) == ("No grade yet", "Typed")
    assert answer.content.decode().count("No grade yet") == 1
    saved = client.post(at("review-save", review), sent)
    assert saved.content.decode().count("No grade yet") == 1


def test_skipping_leads_around_the_queue_and_finishing_goes_on_from_there(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    first, second, third = asked(world), asked(world, "A5"), asked(world, "A9")
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    beside = [
        (page.context["previous_url"], page.context["next_url"])
        for page in (client.get(at("review", review)) for review in (first, second, third))
    ]
    addresses = [at("review", review) for review in (first, second, third)]
    assert beside == [
        ("", addresses[1]),
        (addresses[0], addresses[2]),
        (addresses[1], addresses[0]),
    ]
    assert client.post(at("review-finish", second), whole(second)).url == addresses[2]
    assert client.post(at("review-finish", third), whole(third)).url == addresses[0]


def test_progress_counts_own_reviews_and_knows_the_pace_after_some(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    reviews = [asked(world, code) for code in CODES]
    reviews.append(
        ask(world, submission_at(world.alpha, east, SubmissionState.SUBMITTED, "teacher2"), "reviewer")
    )
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    for review in reviews[:4]:
        client.post(at("review-finish", review), whole(review))
    with scopes_disabled():
        for number, review in enumerate(reviews[:4]):
            Review.objects.filter(pk=review.pk).update(finished_at=now() - timedelta(minutes=7 * number))
    progress = client.get(at("review", reviews[4])).context["progress"]
    assert (progress.done, progress.total, progress.minutes_left) == (4, 5, 7)


def test_review_asks_as_often_with_one_open_as_with_four(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    first, counts = asked(world), []
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    for codes in ((), CODES[1:]):
        for code in codes:
            asked(world, code)
        with django_assert_num_queries(50, exact=False) as queries:
            client.get(at("review", first))
        counts.append(len(queries.captured_queries))
    assert counts[0] == counts[1] <= 17
