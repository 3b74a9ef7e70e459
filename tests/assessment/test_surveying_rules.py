"""Surveys: what is refused with which sentence, versions, drafts, who runs them, and what rules recommend."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from assessment.surveying import actions, filling, questions
from assessment.surveying.checks import answers_and_sums_agree, answers_stay_with_their_survey
from assessment.surveying.models import AnswerDraft, Answered, Questionnaire, Response, Tally
from assessment.surveying.queries import questions_of, stragglers
from assessment.surveying.recommending import advice_for, latest_response, own_answers, recommended_codes
from assessment.surveying.terms import Standing
from schools.clock import now, today
from schools.notices.models import Notice
from schools.organisations.models import School
from schools.refusals import Refused
from tests.assessment.surveys import SCALE, all_at, answer, closed, drafted, only, opened, participant_of
from tests.cast import World, acting
from tests.stories import programme

CHOICE = {"kind": "single", "text": "Which?", "options": ["a", "b"], "is_required": True}


def refused(act: Callable[[], object]) -> str:
    """Return the code of the refusal."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (CHOICE | {"options": ["only one"]}, "options"),
        (CHOICE | {"options": ["a", "a"]}, "options"),
        (CHOICE | {"options_en": ["x"]}, "options_en"),
        (SCALE | {"text": " "}, "text"),
        (SCALE | {"strand": "I"}, "dimension"),
        (CHOICE | {"strand": "I", "dimension": "planning"}, "strand"),
    ],
)
def test_question_that_cannot_be_asked_is_refused(
    in_alpha: World, fields: dict[str, object], code: str
) -> None:
    draft, office = drafted(in_alpha.alpha), acting(in_alpha.alpha["county-office"])
    assert refused(lambda: questions.add_question(questionnaire=draft, fields=fields, by=office)) == code
    assert questions_of(draft) == []


@pytest.mark.parametrize(
    ("asked", "given", "code"),
    [
        (SCALE, [6], "answer"),
        (SCALE, [0], "answer"),
        (SCALE, [1, 2], "answer"),
        (SCALE, "4", "answer"),
        (SCALE, [], "answer"),
        (CHOICE, [3], "answer"),
        (CHOICE, [1, 2], "answer"),
        ({"kind": "text", "text": "Why?", "is_required": True}, "  ", "answer"),
        ({"kind": "text", "text": "Why?", "is_required": True}, "x" * 1001, "answer"),
    ],
)
def test_answer_that_cannot_be_taken_is_refused(
    in_alpha: World, asked: dict[str, object], given: object, code: str
) -> None:
    east = in_alpha.alpha.schools[0]
    survey = opened(in_alpha.alpha, None, [asked])
    assert refused(lambda: answer(survey, east["teacher"], {only(survey).pk: given})) == code
    assert Answered.objects.count() == 0


def test_publishing_needs_a_question_and_a_day_ahead(in_alpha: World) -> None:
    office = acting(in_alpha.alpha["county-office"])
    empty = drafted(in_alpha.alpha)
    assert refused(lambda: actions.publish(questionnaire=empty, by=office)) == "empty"
    past = drafted(
        in_alpha.alpha, opens_on=today() - timedelta(days=9), closes_on=today() - timedelta(days=2)
    )
    questions.add_question(questionnaire=past, fields=SCALE, by=office)
    assert refused(lambda: actions.publish(questionnaire=past, by=office)) == "past"
    assert refused(lambda: drafted(in_alpha.alpha, closes_on=today() - timedelta(days=1))) == "span"
    assert refused(lambda: drafted(in_alpha.alpha, title=" ")) == "title"


def test_published_survey_is_frozen_and_the_next_version_takes_its_questions(in_alpha: World) -> None:
    alpha, office = in_alpha.alpha, acting(in_alpha.alpha["county-office"])
    survey = opened(alpha, None, [SCALE, CHOICE])
    days = {"opens_on": today(), "closes_on": today()}
    first = only(survey)
    for act in (
        lambda: questions.add_question(questionnaire=survey, fields=SCALE, by=office),
        lambda: questions.change_question(question=first, fields=CHOICE, by=office),
        lambda: questions.move_question(question=first, is_up=False, by=office),
        lambda: questions.remove_question(question=first, by=office),
        lambda: actions.publish(questionnaire=survey, by=office),
    ):
        assert refused(act) == "published"
    following = actions.renew(questionnaire=survey, by=office, **days)
    assert (following.slug, following.version, following.standing) == (survey.slug, 2, Standing.DRAFT)
    assert [one.text for one in questions_of(following)] == [one.text for one in questions_of(survey)]
    assert refused(lambda: actions.renew(questionnaire=survey, by=office, **days)) == "drafted"


def test_questions_move_and_close_up(in_alpha: World) -> None:
    office = acting(in_alpha.alpha["county-office"])
    draft = drafted(in_alpha.alpha)
    for text in "abc":
        questions.add_question(questionnaire=draft, fields=SCALE | {"text": text}, by=office)
    questions.move_question(question=questions_of(draft)[2], is_up=True, by=office)
    assert [(one.position, one.text) for one in questions_of(draft)] == [(1, "a"), (2, "c"), (3, "b")]
    assert (
        refused(lambda: questions.move_question(question=questions_of(draft)[0], is_up=True, by=office))
        == "end"
    )
    questions.remove_question(question=questions_of(draft)[0], by=office)
    assert [(one.position, one.text) for one in questions_of(draft)] == [(1, "c"), (2, "b")]


def test_publishing_tells_those_who_are_asked_and_nobody_else(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    opened(in_alpha.alpha, east)
    told = {notice.person_id for notice in Notice.objects.filter(sentence=actions.ASKS)}
    assert told == {east["teacher"].pk, east["teacher2"].pk}


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_answers_are_taken_once_and_not_after_closing(in_alpha: World, is_anonymous: bool) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, is_anonymous=is_anonymous)
    answer(survey, east["teacher"], {only(survey).pk: [3]})
    assert refused(lambda: answer(survey, east["teacher"], {only(survey).pk: [4]})) == "twice"
    with pytest.raises(IntegrityError), transaction.atomic():
        first = Answered.objects.get()
        Answered.objects.create(
            county=alpha.county, school=east.school, questionnaire=survey, person=first.person
        )
    closed(alpha, survey)
    assert refused(lambda: answer(survey, east["teacher2"], {only(survey).pk: [4]})) == "closed"
    assert refused(lambda: closed(alpha, survey)) == "not-open"
    assert Answered.objects.count() == 1
    assert (Response.objects.count(), Tally.objects.exists()) == ((0, True) if is_anonymous else (1, False))


def test_survey_that_opens_later_takes_nothing_yet(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    survey = opened(in_alpha.alpha, opens_on=today() + timedelta(days=2))
    assert survey.standing == Standing.AHEAD
    assert refused(lambda: answer(survey, east["teacher"], {only(survey).pk: [4]})) == "not-open"


def test_only_those_asked_may_answer(in_alpha: World) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east)
    assert refused(lambda: answer(survey, west["teacher"], {only(survey).pk: [4]})) == "not-asked"
    row = participant_of(east["teacher"])
    by = acting(east["teacher2"])
    give = {"questionnaire": survey, "participant": row, "answers": {only(survey).pk: [4]}, "by": by}
    assert refused(lambda: filling.send(**give)) == "own"


def test_school_surveys_belong_to_the_school(in_alpha: World) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    year, draft = programme(alpha), drafted(alpha, east)
    for person in (alpha["county-office"], west["cio"], east["team"], east["principal"]):
        assert not actions.holds_surveys(acting(person), year, east.school)
        by = acting(person)
        assert refused(lambda by=by: actions.publish(questionnaire=draft, by=by)) == "forbidden"
    assert actions.holds_surveys(acting(east["cio"]), year, east.school)
    assert not actions.holds_surveys(acting(east["cio"]), year, None)


def test_drafts_are_kept_with_names_only_and_gone_when_sent(in_alpha: World) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    row, by = participant_of_enrolled(in_alpha), acting(east["teacher"])
    named, secret = opened(alpha), opened(alpha, is_anonymous=True)
    partly = {only(named).pk: [2]}
    filling.keep_draft(questionnaire=named, participant=row, answers=partly, by=by)
    assert filling.draft_of(named, row) == partly
    keep = {"questionnaire": secret, "participant": row, "answers": {only(secret).pk: [2]}, "by": by}
    assert refused(lambda: filling.keep_draft(**keep)) == "anonymous"
    answer(named, east["teacher"], partly)
    assert AnswerDraft.objects.count() == 0


def participant_of_enrolled(world: World):  # type: ignore[no-untyped-def]
    programme(world.alpha)
    return participant_of(world.alpha.schools[0]["teacher"])


def test_stragglers_are_the_schools_own(in_alpha: World) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha)
    answer(survey, east["teacher"], {only(survey).pk: [2]})
    assert [row.person for row in stragglers(survey, east.school)] == [east["teacher2"]]


def recommended(world: World, **profile: int) -> dict[str, tuple[str, ...]]:
    """Return points and rules for East's teacher with this profile."""
    teacher = world.alpha.schools[0]["teacher"]
    survey = opened(world.alpha, title="", from_template="self-assessment")
    answer(survey, teacher, all_at(survey, profile.pop("else_", 5), **profile))
    found = recommended_codes(teacher, programme(world.alpha))
    return {one.code: one.rules for one in found}


def test_different_profiles_get_different_points(in_alpha: World) -> None:
    assert recommended(in_alpha, I_planning=1) == {"A1": ("I-P1",), "A2": ("I-P1",)}
    again = recommended(in_alpha, II_assessing=2, I_organising=3)
    assert again == {"A11": ("II-A1",), "A7": ("I-O2",), "B9": ("II-A1",), "B8": ("I-O2",)}


def test_reasons_name_the_answer_and_the_rule(in_alpha: World) -> None:
    teacher = in_alpha.alpha.schools[0]["teacher"]
    survey = opened(in_alpha.alpha, title="", from_template="self-assessment")
    given = all_at(survey, 5, I_planning=2)
    seventh = questions_of(survey)[6]
    answer(survey, teacher, given | {seventh.pk: [1]})
    with override("en"):
        (first, *_others) = recommended_codes(teacher, programme(in_alpha.alpha))
    assert first.reasons[0] == (
        "You gave 1.8 of 5 on average to “I Optimising classroom teaching: Planning and preparation”; statement 7: 1."
    )
    assert first.reasons[1].startswith("Rule I-P1: Preparation begins with knowing the pupils")


def test_weak_in_both_strands_starts_with_the_first(in_alpha: World) -> None:
    teacher = in_alpha.alpha.schools[0]["teacher"]
    survey = opened(in_alpha.alpha, title="", from_template="self-assessment")
    answer(survey, teacher, all_at(survey, 2))
    row = participant_of(teacher)
    response = latest_response(teacher, row.programme)
    assert response is not None
    advice = advice_for(own_answers(response), row)
    assert advice.order.startswith("Rule ORDER-1")
    assert {rule.split("-")[0] for one in advice.points for rule in one.rules} == {"I"}


def test_only_points_that_school_and_programme_have_the_environment_for(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    School.objects.filter(pk=east.school.pk).update(environments="A")
    assert {code[0] for code in recommended(in_alpha, else_=2)} == {"A"}


def test_nothing_is_recommended_without_a_self_assessment_with_names(in_alpha: World) -> None:
    teacher = in_alpha.alpha.schools[0]["teacher"]
    survey = opened(in_alpha.alpha, title="", from_template="self-assessment", is_anonymous=True)
    answer(survey, teacher, all_at(survey, 1))
    assert recommended_codes(teacher, programme(in_alpha.alpha)) == []


def test_invariants_see_a_missing_response_and_a_wrong_sum(in_alpha: World) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    named, secret = opened(alpha), opened(alpha, east, is_anonymous=True)
    for survey in (named, secret):
        answer(survey, east["teacher"], {only(survey).pk: [2]})
    assert [list(check()[1]) for check in (answers_and_sums_agree, answers_stay_with_their_survey)] == [
        [],
        [],
    ]
    Tally.objects.filter(questionnaire=secret, facet="years").update(count=7)
    Response.objects.all().delete()
    assert list(answers_and_sums_agree()[1]) == [
        f"questionnaire {named.pk}: 1 answered, 0 responses",
        f"questionnaire {secret.pk}: the parts by years do not add up",
    ]


def test_closing_moment_is_the_databases(in_alpha: World) -> None:
    survey = closed(in_alpha.alpha, opened(in_alpha.alpha))
    assert abs((now() - survey.closes_at).total_seconds()) < 60
    assert Questionnaire.objects.get(pk=survey.pk).standing == Standing.CLOSED
