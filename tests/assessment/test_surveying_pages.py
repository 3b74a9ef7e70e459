"""The pages of surveys: building, filling, results and one's own result, as people meet them."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from assessment.surveying.models import AnswerDraft, Answered, Questionnaire, Response
from assessment.surveying.queries import questions_of
from schools.clock import today
from tests.assessment.surveys import SCALE, all_at, answer, closed, crowd, drafted, only, opened
from tests.cast import World
from tests.stories import programme

JSON = {"accept": "application/json"}
TEXT = {"kind": "text", "text": "What else?", "is_required": False}


@pytest.fixture
def english(signed_in_as):  # type: ignore[no-untyped-def]
    """A function that signs a person in and reads in English."""

    def sign_in(person) -> Client:  # type: ignore[no-untyped-def]
        client = signed_in_as(person)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return sign_in


def at_county(name: str, *args: object) -> str:
    return reverse(f"assessment:county-{name}", args=["alpha", *args])


def at_east(name: str, *args: object) -> str:
    return reverse(f"assessment:school-{name}", args=["alpha", "east", *args])


def test_office_begins_from_a_template_and_publishes(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    programme(in_alpha.alpha)
    office = english(in_alpha.alpha["county-office"])
    days = {"opens_on": today().isoformat(), "closes_on": (today() + timedelta(days=5)).isoformat()}
    answered = office.post(at_county("survey-begin"), {"template": "self-assessment", **days})
    survey = Questionnaire.objects.get()
    assert answered["Location"] == at_county("survey", survey.pk)
    assert (survey.questions.count(), survey.sort) == (43, "self-assessment")
    page = office.get(answered["Location"]).content.decode()
    assert "43 questions" in page and "It asks 4 people, who are told." in page
    office.post(at_county("survey-publish", survey.pk))
    published = office.get(at_county("survey", survey.pk)).content.decode()
    assert "Results are shown when the survey is closed" in published
    preview = office.get(at_county("survey-preview", survey.pk)).content.decode()
    assert "Only you see your own answers" in preview


def test_refused_forms_come_back_with_what_was_typed(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    programme(in_alpha.alpha)
    office = english(in_alpha.alpha["county-office"])
    late = {"title": "Typed title", "opens_on": "2026-05-02", "closes_on": "2026-05-01"}
    began = office.post(at_county("survey-begin"), late)
    assert (began.status_code, "Typed title" in began.content.decode()) == (422, True)
    assert "The last day lies before the first." in began.content.decode()
    draft = drafted(in_alpha.alpha)
    lone = {"kind": "single", "text": "Typed question", "options": "just one"}
    added = office.post(at_county("survey-question-add", draft.pk), lone)
    assert added.status_code == 422
    text = added.content.decode()
    assert ("Typed question" in text, "needs at least two options, one a line" in text) == (True, True)
    assert draft.questions.count() == 0
    assert (
        office.post(at_county("survey-publish", draft.pk), follow=True)
        .content.decode()
        .count("There is no question yet. Add at least one, then publish.")
    )


def test_teacher_answers_and_reads_the_own_result(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    teacher = in_alpha.alpha.schools[0]["teacher"]
    survey = opened(in_alpha.alpha, title="", from_template="self-assessment")
    client = english(teacher)
    assert "1 survey waits for your answers." in client.get(reverse("assessment:surveys")).content.decode()
    empty = client.get(reverse("assessment:own-recommendations")).content.decode()
    assert reverse("assessment:survey", args=[survey.pk]) in empty
    given = {f"q{pk}": str(steps[0]) for pk, steps in all_at(survey, 4, I_planning=1).items()}
    first = questions_of(survey)[0]
    lacking = {name: value for name, value in given.items() if name != f"q{first.pk}"}
    missed = client.post(reverse("assessment:survey-send", args=[survey.pk]), lacking)
    text = missed.content.decode()
    assert (missed.status_code, text.count("Please answer this question.")) == (422, 2)
    assert text.count(" checked") == len(lacking)
    sent = client.post(reverse("assessment:survey-send", args=[survey.pk]), given)
    assert sent["Location"] == reverse("assessment:survey-result", args=[survey.pk])
    result = client.get(sent["Location"]).content.decode()
    assert ("Red: to be built up" in result, "Rule I-P1" in result) == (True, True)
    plot = client.get(reverse("assessment:survey-result-plot", args=[survey.pk]) + "?size=narrow&scheme=dark")
    root = ElementTree.fromstring(plot.content.decode())
    assert {"script", "image", "a"} & {node.tag.rpartition("}")[2] for node in root.iter()} == set()
    piece = client.get(reverse("assessment:own-recommendations")).content.decode()
    assert ("A1 " in piece, "statement 5: 1" in piece) == (True, True)
    again = client.post(reverse("assessment:survey-send", args=[survey.pk]), given, follow=True)
    assert "what was sent is not changed any more" in again.content.decode()


def test_sheet_saves_itself_and_refuses_what_cannot_be(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    teacher = in_alpha.alpha.schools[0]["teacher"]
    survey = opened(in_alpha.alpha, None, [SCALE, TEXT])
    scale, text = questions_of(survey)
    client, save = english(teacher), reverse("assessment:survey-save", args=[survey.pk])
    saved = client.post(save, {f"q{text.pk}": "half a sen"}, headers=JSON)
    assert json.loads(saved.content) == {"saved": True}
    page = client.get(reverse("assessment:survey", args=[survey.pk])).content.decode()
    assert ("half a sen" in page, f'data-autosave="{save}"' in page) == (True, True)
    wrong = client.post(save, {f"q{scale.pk}": "9"}, headers=JSON)
    assert json.loads(wrong.content)["error"] == "Not saved: Please choose a step from 1 to 5."
    closed(in_alpha.alpha, survey)
    late = client.post(save, {f"q{text.pk}": "more"}, headers=JSON)
    assert (late.status_code, AnswerDraft.objects.get().answers) == (409, {str(text.pk): "half a sen"})


def test_anonymous_sheet_keeps_nothing_here(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    teacher = in_alpha.alpha.schools[0]["teacher"]
    survey = opened(in_alpha.alpha, is_anonymous=True)
    client, field = english(teacher), f"q{only(survey).pk}"
    page = client.get(reverse("assessment:survey", args=[survey.pk])).content.decode()
    assert ("data-autosave=" in page, "data-unsaved" in page) == (False, True)
    assert client.post(reverse("assessment:survey-save", args=[survey.pk]), {field: "2"}).status_code == 409
    client.post(reverse("assessment:survey-send", args=[survey.pk]), {field: "2"})
    assert (Answered.objects.count(), Response.objects.count()) == (1, 0)
    after = client.get(reverse("assessment:survey", args=[survey.pk])).content.decode()
    assert "Nobody can tell which answers are yours, so they cannot be changed." in after
    assert client.get(reverse("assessment:survey-result", args=[survey.pk])).status_code == 404


def test_somebody_elses_survey_does_not_exist(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    survey, draft = opened(alpha, east), drafted(alpha)
    client = english(west["teacher"])
    for pk in (survey.pk, draft.pk):
        assert client.get(reverse("assessment:survey", args=[pk])).status_code == 404
    answer(survey, east["teacher"], {only(survey).pk: [3]})
    client = english(east["teacher2"])
    assert client.get(reverse("assessment:survey-result", args=[survey.pk])).status_code == 404


def test_results_wait_for_the_end_and_hide_four(
    in_alpha: World, english, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    here, there = crowd(alpha, east, 6), crowd(alpha, west, 4)
    survey = opened(alpha, title="", from_template="self-assessment")
    for person in [*here, *there]:
        answer(survey, person, all_at(survey, 2))
    office = english(alpha["county-office"])
    assert office.get(at_county("survey-results", survey.pk)).status_code == 403
    closed(alpha, survey)
    with django_assert_max_num_queries(22):
        page = office.get(at_county("survey-results", survey.pk)).content.decode()
    assert (page.count("not shown</td>"), "东风小学" in page) == (2, True)
    assert "10 of 14 answered" in page
    figures = office.get(at_county("survey-figures", survey.pk) + "?by=school").content.decode()
    assert figures.count("not shown: fewer than five people") == 2
    sheet = office.get(at_county("survey-figures", survey.pk) + "?by=school&export=xlsx")
    assert (sheet.status_code, sheet.count) == (200, 2)
    assert office.get(at_county("survey-plot", survey.pk, "radar")).status_code == 200
    assert office.get(at_county("survey-plot", survey.pk, "by-school")).status_code == 404
    assert office.get(at_county("survey-plot", survey.pk, "by-weather")).status_code == 404
    names = [person.name for person in (*here, *there)]
    assert [name for name in names if name in page] == []


def test_school_reads_its_own_part_and_who_is_missing(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, title="", from_template="self-assessment")
    for person in crowd(alpha, east, 6, subject="语文", teaching_years=9):
        answer(survey, person, all_at(survey, 2))
    answer(survey, west["teacher"], all_at(survey, 5))
    cio = english(east["cio"])
    page = cio.get(at_east("survey", survey.pk)).content.decode()
    assert (east["teacher"].name in page, west["teacher"].name in page) == (True, False)
    assert cio.post(at_east("survey-close", survey.pk)).status_code == 404
    closed(alpha, survey)
    results = cio.get(at_east("survey-results", survey.pk)).content.decode()
    assert ("6 of 8 answered" in results, "2.0" in results, "西湖小学" in results) == (True, True, False)
    office = english(alpha["county-office"])
    assert office.get(at_east("survey-results", survey.pk)).status_code == 403


def test_school_with_four_answers_reads_nothing(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east, is_anonymous=True)
    for person in crowd(alpha, east, 4):
        answer(survey, person, {only(survey).pk: [1]})
    closed(alpha, survey, east)
    page = english(east["cio"]).get(at_east("survey-results", survey.pk)).content.decode()
    assert "Fewer than 5 people have answered" in page
    figures = english(east["cio"]).get(at_east("survey-figures", survey.pk)).content.decode()
    assert "I use data." not in figures


def test_words_of_people_are_escaped(in_alpha: World, english) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east, [SCALE, TEXT], is_anonymous=True, title="<b>Bold</b>")
    scale, text = questions_of(survey)
    for person in crowd(alpha, east, 5):
        answer(survey, person, {scale.pk: [1], text.pk: "<script>alert(1)</script>"})
    closed(alpha, survey, east)
    page = english(east["cio"]).get(at_east("survey-results", survey.pk)).content.decode()
    figures = english(east["cio"]).get(at_east("survey-figures", survey.pk)).content.decode()
    assert ("<script>alert" in figures, figures.count("&lt;script&gt;")) == (False, 5)
    assert ("<script>alert" in page, page.count("&lt;script&gt;"), "<b>Bold" in page) == (False, 5, False)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    in_alpha: World,
    english,
    count: int,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for _number in range(count):
        opened(in_alpha.alpha)
    office = english(in_alpha.alpha["county-office"])
    with django_assert_num_queries(12):
        office.get(at_county("surveys"))
    teacher = english(in_alpha.alpha.schools[0]["teacher"])
    with django_assert_num_queries(10):
        teacher.get(reverse("assessment:surveys"))
