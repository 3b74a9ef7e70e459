"""Invariants of surveys."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from assessment.surveying.models import (
    Answer,
    AnswerDraft,
    Answered,
    Question,
    Questionnaire,
    Response,
    Tally,
)
from assessment.surveying.parts import ALL, ANSWERED
from schools.invariants import Found, invariant


@invariant(17, "Every figure of a report equals its recount from base rows.")
def answers_and_sums_agree() -> Found:
    """Of a survey with names everybody who answered has a response; of an anonymous one the sums add up."""
    broken = [
        sentence for survey in Questionnaire._base_manager.order_by("pk") for sentence in differing(survey)
    ]
    return Answered._base_manager.count(), broken


def differing(survey: Questionnaire) -> Iterator[str]:
    """Yield where what is counted of one survey does not agree with who has answered."""
    sent = Answered._base_manager.filter(questionnaire=survey).count()
    responses = Response._base_manager.filter(answered__questionnaire=survey).count()
    if not survey.is_anonymous:
        if responses != sent:
            yield f"questionnaire {survey.pk}: {sent} answered, {responses} responses"
        return
    kept = responses + AnswerDraft._base_manager.filter(questionnaire=survey).count()
    if kept:
        yield f"questionnaire {survey.pk}: anonymous, and yet {kept} rows with a person"
    rows = Tally._base_manager.filter(questionnaire=survey, option=ANSWERED)
    sums: dict[str, Counter[int]] = {}
    for facet, question, count in rows.values_list("facet", "question_id").annotate(n=Sum("count")):
        sums.setdefault(facet, Counter())[question] = count
    required = Question._base_manager.filter(questionnaire=survey, is_required=True).exclude(kind="text")
    for question in required.values_list("pk", flat=True):
        if sums.get(ALL, Counter())[question] != sent:
            yield f"questionnaire {survey.pk}: {sent} answered, question {question} counts others"
    for facet, counts in sums.items():
        if counts != sums.get(ALL):
            yield f"questionnaire {survey.pk}: the parts by {facet} do not add up"


@invariant(10, "A child's tenant equals its parent's.")
def answers_stay_with_their_survey() -> Found:
    """A school's survey is answered at that school; an answer belongs to a question of the survey answered."""
    answered = Answered._base_manager.filter(questionnaire__school__isnull=False)
    elsewhere = answered.exclude(questionnaire__school=F("school"))
    answers = Answer._base_manager.all()
    strange = answers.exclude(question__questionnaire=F("response__answered__questionnaire"))
    apart = Response._base_manager.exclude(school=F("answered__school"))
    lone = Questionnaire._base_manager.annotate(n=Count("questions")).filter(
        Q(published_at__isnull=False, n=0)
    )
    broken = [f"answered {pk}: at another school" for pk in elsewhere.values_list("pk", flat=True)]
    broken += [f"answer {pk}: of another survey" for pk in strange.values_list("pk", flat=True)]
    broken += [f"response {pk}: at another school" for pk in apart.values_list("pk", flat=True)]
    broken += [
        f"questionnaire {pk}: published without a question" for pk in lone.values_list("pk", flat=True)
    ]
    return answered.count() + answers.count(), broken
