"""The reviewer's queue and one review."""

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.actions import submit
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.people.models import Membership
from tests.cast import World, acting
from tests.stories import fill, grade_all, submission_at


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
    assert (answer.url, len(list(get_messages(answer.wsgi_request)))) == (at("review", review), 1)
    assert [(grade.item_id, grade.grade) for grade in fresh(review).grades.all()] == [(item, 3)]


def test_autosave_answers_in_json_and_says_what_is_not_kept(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    review = asked(world)
    item = items(review)[0]
    client = signed_in_as(world.alpha.schools[0]["reviewer"])
    kept = autosave(client, review, **{f"grade-{item}": 1, f"remark-{item}": "Blurred.", "advice": "Half"})
    assert (kept.status_code, kept.json()) == (200, {"saved": True})
    assert [(grade.grade, grade.remark) for grade in fresh(review).grades.all()] == [(1, "Blurred.")]
    ungraded = autosave(client, review, **{f"remark-{items(review)[1]}": "Words without a grade"})
    assert (ungraded.status_code, list(ungraded.json())) == (422, ["error"])


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
