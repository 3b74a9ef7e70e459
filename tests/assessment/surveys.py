"""Surveys for the tests: people enough to answer, questionnaires by real actions, answers of a wanted profile."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django_scopes import scopes_disabled

from assessment.programme import actions as programmes
from assessment.programme.models import Participant
from assessment.surveying import actions, filling, questions
from assessment.surveying.models import Question, Questionnaire
from assessment.surveying.queries import questions_of
from assessment.surveying.terms import Kind
from schools.clock import today
from schools.people.models import Person
from tests.cast import CountyCast, SchoolCast, acting, give_role, make_person
from tests.stories import programme

SCALE = {"kind": "scale", "text": "I use data.", "options": [], "is_required": True}


def crowd(cast: CountyCast, school: SchoolCast, size: int, **fields: object) -> list[Person]:
    """Return `size` fresh teachers of the school with these fields, enrolled."""
    year, found = programme(cast), []
    for number in range(size):
        person = make_person(f"{school.school.name}crowd{number}", cast.county, school.school)
        give_role(person, "teacher", school.school)
        Person.objects.filter(pk=person.pk).update(**fields)
        found.append(person)
    programmes.enrol_school(programme=year, school=school.school, by=acting(cast["county-office"]))
    return found


def holder(cast: CountyCast, school: SchoolCast | None) -> Person:
    return school["cio"] if school else cast["county-office"]


def drafted(cast: CountyCast, school: SchoolCast | None = None, **fields: object) -> Questionnaire:
    """Return a draft of the county, or of a school, open from today for a week."""
    values = {"title": "What we need", "opens_on": today(), "closes_on": today() + timedelta(days=7)} | fields
    return actions.begin(
        programme=programme(cast),
        school=school.school if school else None,
        by=acting(holder(cast, school)),
        **values,
    )


def opened(
    cast: CountyCast,
    school: SchoolCast | None = None,
    asks: Sequence[Mapping[str, object]] = (SCALE,),
    **fields: object,
) -> Questionnaire:
    """Return a published survey; a template brings its own questions."""
    made = drafted(cast, school, **fields)
    by = acting(holder(cast, school))
    if not fields.get("from_template"):
        for one in asks:
            questions.add_question(questionnaire=made, fields=one, by=by)
    actions.publish(questionnaire=made, by=by)
    return Questionnaire.objects.get(pk=made.pk)


def closed(cast: CountyCast, survey: Questionnaire, school: SchoolCast | None = None) -> Questionnaire:
    actions.close(questionnaire=survey, by=acting(holder(cast, school)))
    return Questionnaire.objects.get(pk=survey.pk)


def participant_of(person: Person) -> Participant:
    with scopes_disabled():
        rows = Participant.objects.select_related("person", "school", "programme", "county")
        return rows.get(person=person, ends_on__isnull=True)


def answer(survey: Questionnaire, person: Person, answers: Mapping[int, object]) -> None:
    filling.send(questionnaire=survey, participant=participant_of(person), answers=answers, by=acting(person))


def all_at(survey: Questionnaire, step: int, **by_domain: int) -> dict[int, list[int] | str]:
    """Return answers with one step on every scale; `by_domain` sets others, as `I_planning=1`."""
    found: dict[int, list[int] | str] = {}
    for question in questions_of(survey):
        if question.kind == Kind.SCALE:
            found[question.pk] = [by_domain.get("_".join(question.domain or ()), step)]
        elif question.kind in (Kind.SINGLE, Kind.MULTIPLE):
            found[question.pk] = [1]
    return found


def only(survey: Questionnaire) -> Question:
    """Return the one question of a survey."""
    return questions_of(survey)[0]
