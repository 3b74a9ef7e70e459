"""Results: nothing of fewer than five people, nor what would let one count them out; anonymous means anonymous."""

from collections import Counter

import pytest
from django.db import models

from assessment.surveying.models import Answer, AnswerDraft, Answered, Response, Tally, Words
from assessment.surveying.parts import band_of
from assessment.surveying.results import parts_by, read, texts_of
from assessment.surveying.suppression import hidden_counts, hidden_parts
from schools.people.models import Person
from tests.assessment.surveys import SCALE, all_at, answer, closed, crowd, only, opened
from tests.cast import World

TEXT = {"kind": "text", "text": "What else?", "is_required": False}


def bits(*people: int) -> int:
    return sum(1 << one for one in people)


def span(first: int, size: int) -> int:
    return bits(*range(first, first + size))


@pytest.mark.parametrize(("size", "shown"), [(4, False), (5, True), (6, True)])
def test_fewer_than_five_are_not_shown(size: int, shown: bool) -> None:
    hidden = hidden_parts({"school": {"east": span(0, size)}}, span(0, size))
    assert (hidden == {"school": set()}) is shown


def test_one_small_part_hides_the_next_smallest_too() -> None:
    parts = {"a": span(0, 4), "b": span(4, 6), "c": span(10, 8)}
    assert hidden_parts({"school": parts}, span(0, 18)) == {"school": {"a", "b"}}


def test_small_parts_that_are_five_together_protect_each_other() -> None:
    parts = {"a": span(0, 2), "b": span(2, 3), "c": span(5, 8)}
    assert hidden_parts({"school": parts}, span(0, 13)) == {"school": {"a", "b"}}
    parts = {"a": span(0, 1), "b": span(1, 3), "c": span(4, 8), "d": span(12, 9)}
    assert hidden_parts({"school": parts}, span(0, 21)) == {"school": {"a", "b", "c"}}


def test_no_part_is_hidden_where_all_are_large() -> None:
    parts = {"a": span(0, 5), "b": span(5, 6)}
    assert hidden_parts({"school": parts}, span(0, 11)) == {"school": set()}


def test_a_breakdown_inside_another_does_not_tell_the_rest() -> None:
    """Stage P has schools a, b and the small c: P less a less b would be c."""
    schools = {"a": span(0, 6), "b": span(6, 7), "c": span(13, 3), "d": span(16, 4), "e": span(20, 9)}
    stages = {"P": span(0, 16), "J": span(16, 13)}
    hidden = hidden_parts({"school": schools, "stage": stages}, span(0, 29))
    shown = {key for key in schools if key not in hidden["school"]}
    for stage, people in stages.items():
        if stage in hidden["stage"]:
            continue
        rest = people
        for key in shown:
            rest &= ~schools[key]
        assert rest.bit_count() == 0 or rest.bit_count() >= 5
    assert {"c", "d"} <= hidden["school"]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 4, "b": 6, "c": 9}, {"a", "b"}),
        ({"a": 5, "b": 6}, set()),
        ({"a": 0, "b": 6}, set()),
        ({"a": 2, "b": 3, "c": 9}, {"a", "b"}),
    ],
)
def test_a_question_that_few_answered_is_not_shown(counts: dict[str, int], hidden: set[str]) -> None:
    assert hidden_counts(counts, set()) == hidden


@pytest.mark.parametrize(
    ("years", "band"),
    [(None, ""), (0, "1-5"), (5, "1-5"), (6, "6-15"), (25, "16-25"), (35, "26-35"), (36, "36+")],
)
def test_bands_of_years(years: int | None, band: str) -> None:
    assert band_of(years) == band


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_county_reads_schools_of_five_and_more(in_alpha: World, is_anonymous: bool) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    here, there = crowd(alpha, east, 6, subject="语文"), crowd(alpha, west, 5, subject="数学")
    survey = opened(alpha, is_anonymous=is_anonymous)
    for number, person in enumerate([*here, *there]):
        answer(survey, person, {only(survey).pk: [1 + number % 5]})
    reading = read(closed(alpha, survey), None)
    assert (reading.people, reading.is_shown) == (11, True)
    assert reading.whole.counts == {only(survey).pk: Counter({0: 11, 1: 3, 2: 2, 3: 2, 4: 2, 5: 2})}
    parts = {part.label: part for part in parts_by(reading, "school")}
    assert {label: part.is_hidden for label, part in parts.items()} == {"东风小学": False, "西湖小学": False}
    assert parts["东风小学"].counts[only(survey).pk] == Counter({0: 6, 1: 2, 2: 1, 3: 1, 4: 1, 5: 1})
    assert [part.label for part in parts_by(reading, "subject")] == ["数学", "语文"]


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_county_does_not_read_four_nor_the_other_school_that_would_tell_them(
    in_alpha: World, is_anonymous: bool
) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    here, there = crowd(alpha, east, 6), crowd(alpha, west, 4)
    survey = opened(alpha, is_anonymous=is_anonymous)
    for person in [*here, *there]:
        answer(survey, person, {only(survey).pk: [3]})
    reading = read(closed(alpha, survey), None)
    parts = parts_by(reading, "school")
    assert [(part.is_hidden, part.counts) for part in parts] == [(True, {}), (True, {})]
    assert reading.whole.counts[only(survey).pk][3] == 10


def test_nothing_is_shown_of_four_in_all(in_alpha: World) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east, is_anonymous=True)
    for person in crowd(alpha, east, 4):
        answer(survey, person, {only(survey).pk: [5]})
    reading = read(closed(alpha, survey, east), east.school)
    assert (reading.is_shown, reading.whole.counts) == (False, {})


def test_school_reads_its_own_sums_of_the_countys_survey(in_alpha: World) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, is_anonymous=True)
    for person in crowd(alpha, east, 5):
        answer(survey, person, {only(survey).pk: [2]})
    for person in crowd(alpha, west, 7):
        answer(survey, person, {only(survey).pk: [5]})
    reading = read(closed(alpha, survey), east.school)
    assert (reading.facets, reading.people) == ((), 5)
    assert reading.whole.counts[only(survey).pk] == Counter({0: 5, 2: 5})


def test_anonymous_answers_carry_no_person_and_no_order(in_alpha: World) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east, [SCALE, TEXT], is_anonymous=True)
    scale, text = survey.questions.order_by("position")
    people = crowd(alpha, east, 5)
    for number, person in enumerate(people):
        answer(survey, person, {scale.pk: [4], text.pk: f"Wish {number}"})
    assert (Response.objects.count(), Answer.objects.count(), AnswerDraft.objects.count()) == (0, 0, 0)
    assert Answered.objects.filter(questionnaire=survey).count() == 5
    for model in (Tally, Words):
        to_people = [f for f in model._meta.concrete_fields if f.related_model in (Person, Answered)]
        times = [f for f in model._meta.concrete_fields if isinstance(f, models.DateField)]
        assert (to_people, times) == ([], [])
    assert [f.name for f in Answered._meta.concrete_fields if isinstance(f, models.DateField)] == []
    keys = {person.pk: Answered.objects.get(person=person).pk for person in people}
    assert min(keys.values()) > 2**32
    assert sorted(Words.objects.get(question=text).texts) == [f"Wish {n}" for n in range(5)]


@pytest.mark.parametrize("is_anonymous", [True, False])
@pytest.mark.parametrize(("size", "shown"), [(4, 0), (5, 5)])
def test_texts_are_shown_from_five_on(in_alpha: World, is_anonymous: bool, size: int, shown: int) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east, [SCALE, TEXT], is_anonymous=is_anonymous)
    scale, text = survey.questions.order_by("position")
    for number, person in enumerate(crowd(alpha, east, 6)):
        answer(survey, person, {scale.pk: [4]} | ({text.pk: f"Wish {number}"} if number < size else {}))
    found = texts_of(read(closed(alpha, survey, east), east.school))
    assert sum(len(texts) for _question, texts in found) == shown


def test_a_question_answered_by_four_of_six_is_not_shown(in_alpha: World) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east, [SCALE, SCALE | {"is_required": False}], is_anonymous=True)
    first, second = survey.questions.order_by("position")
    for number, person in enumerate(crowd(alpha, east, 6)):
        answer(survey, person, {first.pk: [4]} | ({second.pk: [1]} if number < 4 else {}))
    reading = read(closed(alpha, survey, east), east.school)
    assert set(reading.whole.counts) == {first.pk}


def test_self_assessment_means_by_strand_and_dimension(in_alpha: World) -> None:
    alpha, (east, _west) = in_alpha.alpha, in_alpha.alpha.schools
    survey = opened(alpha, east, title="", from_template="self-assessment")
    for number, person in enumerate(crowd(alpha, east, 5, teaching_years=7)):
        answer(survey, person, all_at(survey, 4, I_planning=1 + number % 2))
    whole = read(closed(alpha, survey, east), east.school).whole
    assert len(whole.domains) == 10
    planning = whole.domains["I", "planning"]
    assert (planning.shown, planning.level.key) == ("1.4", "red")
    assert (whole.strands["I"].shown, whole.strands["II"].shown) == ("3.5", "4.0")
    assert (whole.strands["I"].level.key, whole.strands["II"].level.key) == ("yellow", "green")
