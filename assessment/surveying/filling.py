"""Answering: what is wrong with answers, keeping drafts, and sending them, once."""

import random
from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessment.programme.models import Participant
from assessment.surveying.models import (
    Answer,
    AnswerDraft,
    Answered,
    Question,
    Questionnaire,
    Response,
    Tally,
    Words,
)
from assessment.surveying.parts import ANSWERED, Standpoint, kept_parts, standpoint_of
from assessment.surveying.queries import has_answered, questions_of
from assessment.surveying.terms import Kind, Standing
from schools.access.actor import Actor
from schools.clock import now
from schools.refusals import Forbidden, Refused

LONGEST_TEXT = 1000
# By question: the numbers of what was chosen, or the text.
Answers = Mapping[int, Sequence[int] | str]
_dice = random.SystemRandom()


def faults(questions: Iterable[Question], answers: Answers, *, is_final: bool) -> dict[int, str]:
    """Return a sentence for each question whose answer cannot be taken; `is_final` asks for required ones."""
    found = {}
    for question in questions:
        given = answers.get(question.pk) or ()
        sentence = text_fault(given) if question.kind == Kind.TEXT else choice_fault(question, given)
        if not sentence and is_final and question.is_required and not is_filled(given):
            sentence = _("Please answer this question.")
        if sentence:
            found[question.pk] = sentence
    return found


def is_filled(given: Sequence[int] | str) -> bool:
    return bool(given.strip()) if isinstance(given, str) else bool(given)


def text_fault(given: Sequence[int] | str) -> str:
    if not isinstance(given, str):
        return _("Please answer in words.") if given else ""
    return _("At most %d characters, please.") % LONGEST_TEXT if len(given) > LONGEST_TEXT else ""


def choice_fault(question: Question, given: Sequence[int] | str) -> str:
    if isinstance(given, str):
        return _("Please choose one of the answers.") if given else ""
    if set(given) - {number for number, _label in question.choices}:
        if question.kind == Kind.SCALE:
            return _("Please choose a step from 1 to 5.")
        return _("Please choose one of the answers that are offered.")
    if len(given) != len(set(given)) or (question.kind != Kind.MULTIPLE and len(given) > 1):
        return _("Please choose one answer only.")
    return ""


def check_may_answer(questionnaire: Questionnaire, participant: Participant, by: Actor) -> None:
    """Refuse strangers, those who are not asked, and what is not open; raises Refused with the sentence."""
    if by.person is None or by.person.pk != participant.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    is_asked = (
        participant.programme_id == questionnaire.programme_id
        and participant.ends_on is None
        and not participant.excluded_because
        and questionnaire.school_id in (None, participant.school_id)
    )
    if not is_asked:
        raise Forbidden(_("You are not among those who are asked here."), "not-asked")
    standing = questionnaire.standing_at(now())
    if standing == Standing.CLOSED:
        raise Refused(_("This survey is closed; nothing can be sent any more."), "closed")
    if standing != Standing.OPEN:
        raise Refused(_("This survey has not opened yet."), "not-open")
    if has_answered(questionnaire, by.person):
        raise Refused(twice(questionnaire), "twice")


def twice(questionnaire: Questionnaire) -> str:
    if questionnaire.is_anonymous:
        return _(
            "You have answered already. Nobody can tell which answers are yours, so they cannot be changed."
        )
    return _("You have answered already; what was sent is not changed any more.")


@transaction.atomic
def keep_draft(
    *, questionnaire: Questionnaire, participant: Participant, answers: Answers, by: Actor
) -> AnswerDraft:
    """Keep answers that are not sent yet; of an anonymous survey nothing is kept with a person."""
    check_may_answer(questionnaire, participant, by)
    if questionnaire.is_anonymous:
        raise Refused(
            _("Of an anonymous survey the portal keeps no draft; it stays in your browser."), "anonymous"
        )
    if wrong := faults(questions_of(questionnaire), answers, is_final=False):
        raise Refused(next(iter(wrong.values())), "answer")
    written = {str(pk): given if isinstance(given, str) else list(given) for pk, given in answers.items()}
    draft, _made = AnswerDraft.objects.update_or_create(
        questionnaire=questionnaire,
        person_id=participant.person_id,
        defaults={"county_id": questionnaire.county_id, "answers": written},
    )
    return draft


def draft_of(questionnaire: Questionnaire, participant: Participant) -> Answers:
    """Return what was kept, by question."""
    row = AnswerDraft.objects.filter(questionnaire=questionnaire, person_id=participant.person_id).first()
    return {int(pk): given for pk, given in row.answers.items()} if row else {}


@transaction.atomic
def send(*, questionnaire: Questionnaire, participant: Participant, answers: Answers, by: Actor) -> Answered:
    """Take the answers for good, once per person; an anonymous survey adds them to its sums and forgets who."""
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    check_may_answer(held, participant, by)
    questions = questions_of(held)
    if wrong := faults(questions, answers, is_final=True):
        number = next(question.position for question in questions if question.pk in wrong)
        sentence = next(iter(wrong.values()))
        raise Refused(
            _("Question %(number)d: %(sentence)s") % {"number": number, "sentence": sentence}, "answer"
        )
    stands = standpoint_of(participant)
    try:
        with transaction.atomic():
            answered = Answered.objects.create(
                county_id=held.county_id,
                school_id=stands.school_id,
                questionnaire=held,
                person_id=participant.person_id,
                group_id=stands.group_id,
                subject=stands.subject,
                years=stands.years,
            )
    except IntegrityError as error:
        raise Refused(twice(held), "twice") from error
    if held.is_anonymous:
        count_in(held, questions, answers, stands)
    else:
        write_down(answered, questions, answers)
        AnswerDraft.objects.filter(questionnaire=held, person_id=participant.person_id).delete()
    return answered


def write_down(answered: Answered, questions: Iterable[Question], answers: Answers) -> None:
    """Write a response with its answers."""
    place = {"county_id": answered.county_id, "school_id": answered.school_id}
    response = Response.objects.create(answered=answered, **place)
    rows = []
    for question in questions:
        given = answers.get(question.pk) or ()
        if isinstance(given, str):
            texts = [given.strip()] if given.strip() else []
            rows += [Answer(response=response, question=question, text=text, **place) for text in texts]
        else:
            rows += [Answer(response=response, question=question, option=one, **place) for one in given]
    Answer.objects.bulk_create(rows)


def count_in(
    questionnaire: Questionnaire, questions: Iterable[Question], answers: Answers, stands: Standpoint
) -> None:
    """Add anonymous answers to the sums of each part they fall into; the caller holds the questionnaire's lock."""
    wanted = []
    for question in questions:
        given = answers.get(question.pk) or ()
        if isinstance(given, str):
            if given.strip():
                lay_in(question, given.strip())
        elif given:
            wanted += [(question.pk, option) for option in (ANSWERED, *given)]
    parts = kept_parts(questionnaire, stands)
    keys = {(question, facet, part, option) for question, option in wanted for facet, part in parts.items()}
    held = {
        (row.question_id, row.facet, row.part, row.option): row.pk
        for facet, part in parts.items()
        for row in Tally.objects.filter(questionnaire=questionnaire, facet=facet, part=part)
    }
    Tally.objects.filter(pk__in=[held[key] for key in keys & held.keys()]).update(count=F("count") + 1)
    Tally.objects.bulk_create(
        Tally(
            county_id=questionnaire.county_id,
            questionnaire=questionnaire,
            question_id=question,
            facet=facet,
            part=part,
            option=option,
            count=1,
        )
        for question, facet, part, option in sorted(keys - held.keys())
    )


def lay_in(question: Question, text: str) -> None:
    """Put a free text at a random place among those that lie there."""
    row, _made = Words.objects.select_for_update().get_or_create(
        question=question, defaults={"county_id": question.county_id}
    )
    row.texts.insert(_dice.randint(0, len(row.texts)), text)
    row.save(update_fields=["texts"])
