"""The questions of a draft: add, change, move and remove them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessment.surveying.actions import QUESTION_FIELDS, drafted
from assessment.surveying.models import Question, Questionnaire
from assessment.surveying.queries import questions_of
from assessment.surveying.terms import Kind
from schools.access.actor import Actor
from schools.audit.recording import record
from schools.refusals import Refused

MOST_QUESTIONS, MOST_OPTIONS = 80, 20


def check_question(fields: Mapping[str, Any]) -> None:
    """Refuse a question that cannot be asked, with the sentence that says what it needs."""
    kind, options = fields["kind"], fields.get("options") or []
    if not fields["text"].strip():
        raise Refused(_("Please write the question."), "text")
    if kind in (Kind.SINGLE, Kind.MULTIPLE):
        if len(options) < 2:
            raise Refused(_("A question to choose from needs at least two options, one a line."), "options")
        if len(options) > MOST_OPTIONS:
            raise Refused(_("At most %d options, please.") % MOST_OPTIONS, "options")
        if len(set(options)) != len(options):
            raise Refused(_("Two options are the same; please word them differently."), "options")
        if fields.get("options_en") and len(fields["options_en"]) != len(options):
            raise Refused(_("There are not as many English options as others."), "options_en")
    if bool(fields.get("strand")) != bool(fields.get("dimension")):
        raise Refused(_("Strand and dimension go together: choose both or neither."), "dimension")
    if fields.get("strand") and kind != Kind.SCALE:
        raise Refused(_("Only a question with a scale counts towards a strand."), "strand")


def cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields as they are kept: options only where one chooses from them."""
    found = {name: fields[name] for name in QUESTION_FIELDS if name in fields}
    if found["kind"] not in (Kind.SINGLE, Kind.MULTIPLE):
        found |= {"options": [], "options_en": []}
    return found


@transaction.atomic
def add_question(*, questionnaire: Questionnaire, fields: Mapping[str, Any], by: Actor) -> Question:
    """Add a question at the end."""
    held = drafted(questionnaire, by)
    check_question(fields)
    if held.questions.count() >= MOST_QUESTIONS:
        raise Refused(
            _("At most %d questions, please; long surveys are not finished.") % MOST_QUESTIONS, "many"
        )
    last = held.questions.aggregate(last=Max("position"))["last"] or 0
    return Question.objects.create(
        county_id=held.county_id, questionnaire=held, position=last + 1, **cleaned(fields)
    )


@transaction.atomic
def change_question(*, question: Question, fields: Mapping[str, Any], by: Actor) -> None:
    """Change one question of a draft."""
    held = drafted(question.questionnaire, by)
    check_question(fields)
    if "help_en" not in fields and fields.get("help", "") != question.help:
        question.help_en = ""
    for name, value in cleaned(fields).items():
        setattr(question, name, value)
    question.save()
    record(
        "question-changed",
        county=held.programme.county,
        school=held.school,
        subject=f"question {question.pk}",
        by=by,
    )


@transaction.atomic
def move_question(*, question: Question, is_up: bool, by: Actor) -> None:
    """Exchange a question with the one before or after it."""
    held = drafted(question.questionnaire, by)
    rows = questions_of(held)
    place = next(number for number, row in enumerate(rows) if row.pk == question.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(rows):
        raise Refused(_("It stands at the end already."), "end")
    rows[place], rows[other] = rows[other], rows[place]
    renumber(rows)


@transaction.atomic
def remove_question(*, question: Question, by: Actor) -> None:
    """Take a question out of a draft; those behind move up."""
    held = drafted(question.questionnaire, by)
    Question.objects.filter(pk=question.pk, questionnaire=held).delete()
    renumber(questions_of(held))


def renumber(rows: list[Question]) -> None:
    """Number the questions anew; first out of the way, since each number stands once."""
    for base in (1000, 0):
        for position, row in enumerate(rows, start=base + 1):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])
