"""The school's pages of submissions and its panel: lists, deciding, sending back, assigning."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of, open_attempt, shelves
from microcapabilities.grades import Grade
from schools.clock import today
from schools.people.models import Person
from tests.cast import SchoolCast, World, acting, give_role
from tests.stories import CODES, grade_all, submission_at

pytestmark = pytest.mark.usefixtures("chosen")


def at(name: str, cast: SchoolCast, *args: int) -> str:
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *args])


def fresh(submission: Submission) -> Submission:
    with scopes_disabled():
        return Submission.objects.select_related("school", "point").get(pk=submission.pk)


def reviewed(world: World, *grades: Grade, who: str = "teacher", code: str = "A1") -> Submission:
    """A submitted piece with a finished review for each grade."""
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED, who, code)
    with scopes_disabled():
        for reviewer, grade in zip(("reviewer", "reviewer2", "reviewer3"), grades, strict=False):
            asked = actions.assign(submission=submission, reviewer=east[reviewer], by=acting(east["cio"]))
            grade_all(asked, grade, advice=f"Advice of {reviewer}")
    return submission


def said(answer) -> list[str]:  # type: ignore[no-untyped-def]
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_waiting_results_come_with_disagreement_first(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    agreed = reviewed(world, Grade.PASS, Grade.PASS)
    differing = reviewed(world, Grade.PASS, Grade.EXCELLENT, code="A5")
    split = reviewed(world, Grade.FAIL, Grade.PASS, code="A9")
    answer = signed_in_as(world.alpha.schools[0]["cio"]).get(at("school-submissions", world.alpha.schools[0]))
    assert [row.submission.pk for row in answer.context["rows"]] == [differing.pk, agreed.pk]
    counts = {tab.key: tab.count for tab in answer.context["tabs"]}
    assert (counts["ready"], counts["submitted"], counts["all"]) == (2, 3, 3)
    page = signed_in_as(world.alpha.schools[0]["cio"]).get(
        at("school-submission", world.alpha.schools[0], split.pk)
    )
    assert page.context["deciding"].is_open is False


@pytest.mark.parametrize("words, found", [("欧阳", 1), ("ouyang", 1), ("oyx", 1), ("李", 0)])
def test_submissions_are_found_by_name_and_pinyin(world: World, signed_in_as, words: str, found: int) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.DRAFT)
    submission_at(world.alpha, east, SubmissionState.DRAFT, "teacher2")
    with scopes_disabled():
        Person.objects.filter(pk=east["teacher"].pk).update(name="欧阳雪", pinyin="ouyangxue", initials="oyx")
    answer = signed_in_as(east["cio"]).get(at("school-submissions", east), {"q": words, "state": "all"})
    assert len(answer.context["rows"]) == found


def test_decision_releases_the_computed_grade_with_the_deciders_words(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = reviewed(world, Grade.EXCELLENT, Grade.EXCELLENT)
    client = signed_in_as(east["cio"])
    page = client.get(at("school-submission", east, submission.pk))
    assert page.context["case"].standing.advice == "Advice of reviewer\nAdvice of reviewer2"
    sent = {"version": page.context["submission"].version, "grade": 3, "note": "Well done."}
    client.post(at("submission-decide", east, submission.pk), sent)
    assert (fresh(submission).state, fresh(submission).grade) == (SubmissionState.PASSED, Grade.EXCELLENT)


def test_second_decision_shows_the_sentence_and_the_page_as_it_is(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = reviewed(world, Grade.PASS, Grade.PASS)
    client = signed_in_as(east["cio"])
    sent = {"version": fresh(submission).version, "grade": 2, "note": "Good."}
    client.post(at("submission-decide", east, submission.pk), sent)
    answer = client.post(at("submission-decide", east, submission.pk), {**sent, "note": "Again"}, follow=True)
    assert "error" in [message.level_tag for message in answer.context["messages"]]
    assert answer.context["submission"].state == SubmissionState.PASSED
    assert [decision.advice for _one, made in answer.context["attempts"] for decision in made] == ["Good."]


def test_decision_is_refused_when_a_later_review_changed_the_grade(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = reviewed(world, Grade.EXCELLENT, Grade.PASS, Grade.PASS)
    sent = {"version": fresh(submission).version, "grade": 3, "note": "Excellent."}
    answer = signed_in_as(east["cio"]).post(at("submission-decide", east, submission.pk), sent)
    assert (len(said(answer)), fresh(submission).state) == (1, SubmissionState.SUBMITTED)


def test_send_back_opens_only_the_named_items(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    with scopes_disabled():
        items = items_of(fresh(submission))
    due = (today() + timedelta(days=5)).isoformat()
    sent = {"version": 1, "items": [items[0].pk], "note": "Film the whole lesson.", "due_at": due}
    signed_in_as(east["cio"]).post(at("submission-send-back", east, submission.pk), sent)
    with scopes_disabled():
        found = fresh(submission)
        opened = [shelf.item.pk for shelf in shelves(found, open_attempt(found)) if shelf.is_open]
    assert (found.state, opened) == (SubmissionState.RETURNED, [items[0].pk])


def test_send_back_without_items_changes_nothing(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    due = (today() + timedelta(days=5)).isoformat()
    sent = {"version": 1, "note": "Again.", "due_at": due, "items": ["999999"]}
    answer = signed_in_as(east["cio"]).post(at("submission-send-back", east, submission.pk), sent)
    assert (len(said(answer)), fresh(submission).state) == (1, SubmissionState.SUBMITTED)


def test_batch_decides_with_the_reviewers_advice_and_names_the_refused(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    ready, waiting = reviewed(world, Grade.PASS, Grade.PASS), reviewed(world, Grade.PASS, code="A5")
    answer = signed_in_as(east["cio"]).post(
        at("school-submissions-decide", east), {"ids": [ready.pk, waiting.pk], f"grade-{ready.pk}": 2}
    )
    assert [fresh(ready).state, fresh(waiting).state] == [SubmissionState.PASSED, SubmissionState.SUBMITTED]
    assert sum(sentence.startswith(f"{east['teacher'].name} A5: ") for sentence in said(answer)) == 1
    levels = [message.level_tag for message in get_messages(answer.wsgi_request)]
    assert levels == ["success", "warning", "error"]
    with scopes_disabled():
        assert fresh(ready).decisions.get().advice == "Advice of reviewer\nAdvice of reviewer2"


def test_grades_are_hidden_from_the_teacher_who_runs_the_school(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = reviewed(world, Grade.PASS, Grade.PASS)
    give_role(east["teacher"], "cio", east.school)
    client = signed_in_as(east["teacher"])
    page = client.get(at("school-submission", east, submission.pk))
    assert (page.context["case"].is_hidden, page.context["case"].reviews, page.context["deciding"]) == (
        True,
        [],
        None,
    )
    assert page.content.decode().count("Advice of reviewer") == 0
    listed = client.get(at("school-submissions", east))
    assert listed.content.decode().count("Advice of reviewer") == 0


def test_evidence_is_a_child_of_its_submission_and_of_the_school(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    other = submission_at(world.alpha, east, SubmissionState.DRAFT, "teacher2")
    with scopes_disabled():
        piece = Evidence.objects.filter(attempt__submission=submission).first()
    client = signed_in_as(east["cio"])
    assert client.get(at("school-evidence", east, submission.pk, piece.pk)).status_code == 200
    assert client.get(at("school-evidence", east, other.pk, piece.pk)).status_code == 404
    assert (
        signed_in_as(east["principal"]).get(at("school-evidence", east, submission.pk, piece.pk)).status_code
        == 403
    )
    client = signed_in_as(west["cio"])
    assert client.get(at("school-evidence", west, submission.pk, piece.pk)).status_code == 404
    assert client.get(at("school-submission", west, submission.pk)).status_code == 404
    assert client.post(at("submission-decide", west, submission.pk), {"note": "x"}).status_code == 404


def test_panel_asks_the_least_loaded_and_never_the_teacher(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    give_role(east["teacher"], "reviewer", east.school)
    submissions = [submission_at(world.alpha, east, SubmissionState.SUBMITTED, code=code) for code in CODES]
    client = signed_in_as(east["cio"])
    assert client.get(at("school-panel", east)).context["lacking"] == 8
    client.post(at("panel-assign", east), {"ids": [submission.pk for submission in submissions]})
    with scopes_disabled():
        asked = list(Review.objects.filter(state=ReviewState.ASSIGNED).values_list("person_id", flat=True))
    load = {person: asked.count(person) for person in set(asked)}
    assert east["teacher"].pk not in load
    assert sorted(load.values()) == [2, 3, 3]


def test_panel_says_who_is_missing_when_it_is_too_small(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        Person.objects.filter(pk__in=[east["reviewer2"].pk, east["reviewer3"].pk]).update(is_active=False)
    submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    answer = signed_in_as(east["cio"]).post(at("panel-assign", east), {"all": "1"})
    assert sum(sentence.startswith(f"{east['teacher'].name} A1") for sentence in said(answer)) == 1
    with scopes_disabled():
        assert Review.objects.count() == 1


def test_one_person_is_asked_once_and_taken_back(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    client = signed_in_as(east["cio"])
    for person in (east["reviewer"], east["reviewer"], west["reviewer"]):
        client.post(at("panel-assign-one", east), {"submission": submission.pk, "person": person.pk})
    with scopes_disabled():
        review = Review.objects.get()
    assert signed_in_as(west["cio"]).post(at("panel-release", west, review.pk)).status_code == 404
    signed_in_as(east["cio"]).post(at("panel-release", east, review.pk))
    with scopes_disabled():
        assert Review.objects.get().state == ReviewState.RELEASED


@pytest.mark.parametrize("role", ["teacher", "reviewer", "group-head", "team"])
def test_submissions_are_closed_to_those_who_do_not_decide(world: World, signed_in_as, role: str) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client = signed_in_as(east[role])
    assert client.get(at("school-submissions", east)).status_code == 403
    assert client.get(at("school-panel", east)).status_code == 403


def test_lists_ask_as_often_for_one_row_as_for_four(
    world: World, signed_in_as, django_assert_num_queries: DjangoAssertNumQueries
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client, counts = signed_in_as(east["cio"]), []
    for codes in (CODES[:1], CODES[1:]):
        for code in codes:
            reviewed(world, Grade.FAIL, Grade.PASS, code=code)
            reviewed(world, Grade.PASS, Grade.PASS, who="teacher2", code=code)
        asked_here = []
        for name in ("school-submissions", "school-panel"):
            with django_assert_num_queries(50, exact=False) as asked:
                client.get(at(name, east))
            asked_here.append(len(asked.captured_queries))
        counts.append(asked_here)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 22


def test_deciding_goes_to_the_next_result_and_keeps_the_search(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    first, second = (
        reviewed(world, Grade.PASS, Grade.PASS),
        reviewed(world, Grade.PASS, Grade.PASS, code="A5"),
    )
    reviewed(world, Grade.PASS, Grade.PASS, who="teacher2")
    with scopes_disabled():
        Person.objects.filter(pk=east["teacher"].pk).update(name="欧阳雪", pinyin="ouyangxue", initials="oyx")
    client = signed_in_as(east["cio"])
    sent = {"version": fresh(first).version, "grade": 2, "note": "Good.", "queue": "ready", "q": "oyx"}
    answer = client.post(at("submission-decide", east, first.pk), sent)
    assert answer.url == f"{at('school-submission', east, second.pk)}?queue=ready&q=oyx"
    page = client.get(answer.url)
    assert (page.context["beside"].waiting, page.context["beside"].next_url) == (1, "")
    last = {**sent, "version": fresh(second).version}
    assert client.post(at("submission-decide", east, second.pk), last).url == at("school-submissions", east)


def test_refused_decision_keeps_the_typed_advice(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = reviewed(world, Grade.PASS, Grade.PASS)
    sent = {"version": 0, "grade": 2, "note": "Typed at length."}
    answer = signed_in_as(east["cio"]).post(at("submission-decide", east, submission.pk), sent)
    assert (answer.status_code, fresh(submission).state) == (422, SubmissionState.SUBMITTED)
    assert answer.content.decode().count("Typed at length.") == 1
