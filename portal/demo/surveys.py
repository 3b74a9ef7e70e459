"""Surveys of the demonstration year: a self-assessment of the county, an anonymous survey of needs per school."""

from collections.abc import Mapping
from datetime import timedelta

from django.urls import reverse

from assessment.programme.models import Participant
from assessment.surveying import actions, filling
from assessment.surveying.models import Question, Questionnaire
from assessment.surveying.queries import questions_of
from assessment.surveying.terms import Dimension, Kind, Strand
from portal.demo.year import Year
from schools.clock import today
from schools.organisations.models import School

SHARE, MOST_NEEDS = 0.85, 2
TEXTS = (
    "希望多安排同学科的课例研磨，少一些讲座。",
    "班里学生多，课堂提问只能照顾到少数人。",
    "想学会用数据看出每个学生哪里没懂。",
    "教室网络不稳，准备好的资源常常打不开。",
    "村小没有平板，希望推荐不靠学生设备的办法。",
    "备课时间紧，找合适的资源花时间太多。",
)


def walk(year: Year, schools: list[School], *, is_closed: bool = True) -> None:
    """Most teachers of the schools assess themselves; two schools ask what is needed, without names."""
    survey = begun(year, None, "self-assessment", is_anonymous=False)
    for school in schools:
        for participant in year.teachers.participants(school):
            if year.rng.random() < SHARE:
                send(year, survey, participant)
                year.counts["self-assessments"] += 1
    asked = [school for school in schools if not school.managed_by_id][:MOST_NEEDS]
    for school in asked:
        needs = begun(year, school, "needs", is_anonymous=True)
        for participant in year.teachers.participants(school):
            if year.rng.random() < SHARE:
                send(year, needs, participant)
                year.counts["needs surveys answered"] += 1
        if is_closed:
            actions.close(questionnaire=needs, by=year.demo.acting(year.demo.staff_of(school).cio))
    if is_closed:
        actions.close(questionnaire=survey, by=year.office)


def begun(year: Year, school: School | None, template: str, *, is_anonymous: bool) -> Questionnaire:
    """Begin a survey from its template and publish it."""
    by = year.demo.acting(year.demo.staff_of(school).cio) if school else year.office
    made = actions.begin(
        programme=year.demo.programme,
        school=school,
        title="",
        opens_on=today(),
        closes_on=today() + timedelta(days=21),
        is_anonymous=is_anonymous,
        from_template=template,
        by=by,
    )
    actions.publish(questionnaire=made, url=reverse("assessment:survey", args=[made.pk]), by=by)
    return Questionnaire.objects.get(pk=made.pk)


def send(year: Year, survey: Questionnaire, participant: Participant) -> None:
    """Answer in the manner of one teacher: a strength, a weakness, and a level of one's own."""
    manner = manner_of(year)
    answers = {question.pk: given(year, question, manner) for question in questions_of(survey)}
    filling.send(
        questionnaire=survey,
        participant=participant,
        answers=answers,
        by=year.demo.acting(participant.person),
    )


def manner_of(year: Year) -> Mapping[tuple[str, str], float]:
    """Return a middle per strand and dimension, around 2 to 4.5; the second strand stands lower."""
    own = year.rng.uniform(2.6, 4.4)
    return {
        (strand.value, part.value): own
        - (0.5 if strand == Strand.CHANGING else 0)
        + year.rng.uniform(-0.8, 0.8)
        for strand in Strand
        for part in Dimension
    }


def given(year: Year, question: Question, manner: Mapping[tuple[str, str], float]) -> list[int] | str:
    """Return an answer that fits the kind of question."""
    if question.kind == Kind.SCALE:
        middle = manner.get(question.domain or ("", ""), 3.3)
        return [min(5, max(1, round(year.rng.gauss(middle, 0.7))))]
    if question.kind == Kind.TEXT:
        return year.rng.choice(TEXTS) if year.rng.random() < 0.4 else ""
    numbers = [number for number, _label in question.choices]
    wanted = 1 if question.kind == Kind.SINGLE else year.rng.randint(1, 3)
    return sorted(year.rng.sample(numbers, min(wanted, len(numbers))))
