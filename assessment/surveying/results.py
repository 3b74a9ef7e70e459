"""What a survey found: sums and means, in all and by parts of the people; nothing about fewer than five.

Figures are read once the survey is closed. While it runs, two readings with one more answer between them would tell
that answer.
"""

import random
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field

from django.db.models import Count

from assessment.surveying.levels import Domain, Mean, domain_means, strand_means
from assessment.surveying.models import Answer, Question, Questionnaire, Tally, Words
from assessment.surveying.parts import ALL, ANSWERED, Standpoint, facets_of, labels_of, standpoints
from assessment.surveying.queries import questions_of
from assessment.surveying.suppression import LEAST, hidden_counts, hidden_parts
from assessment.surveying.terms import Kind, Standing
from schools.clock import now
from schools.organisations.models import School

Counts = dict[int, Counter[int]]
PATHS = {
    "school": "response__answered__school_id",
    "stage": "response__answered__school__stage",
    "group": "response__answered__group_id",
    "subject": "response__answered__subject",
    "years": "response__answered__years",
}


@dataclass(frozen=True)
class Part:
    """Some of the people and what they answered, by question; `counts` lacks what must not be shown."""

    label: str
    people: int
    is_hidden: bool
    counts: Counts
    domains: dict[Domain, Mean] = field(default_factory=dict)
    strands: dict[str, Mean] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """The results of one questionnaire as one place reads them."""

    questionnaire: Questionnaire
    school: School | None
    questions: list[Question]
    stands: list[Standpoint]
    hidden: dict[str, set[Hashable]]
    whole: Part

    @property
    def people(self) -> int:
        return len(self.stands)

    @property
    def is_shown(self) -> bool:
        return not self.whole.is_hidden

    @property
    def facets(self) -> tuple[str, ...]:
        return facets_of(self.questionnaire, self.school)


def is_ready(questionnaire: Questionnaire) -> bool:
    """Say whether results may be read at all: the survey is closed."""
    return questionnaire.standing_at(now()) == Standing.CLOSED


def read(questionnaire: Questionnaire, school: School | None) -> Reading:
    """Return the results in all, and which parts are hidden in every breakdown of the place."""
    questions = questions_of(questionnaire)
    stands = standpoints(questionnaire, school)
    breakdowns = {facet: sets_of(stands, facet) for facet in facets_of(questionnaire, school)}
    hidden = hidden_parts(breakdowns, (1 << len(stands)) - 1)
    counts = counts_by_part(questionnaire, school, ALL).get("", {})
    is_hidden = len(stands) < LEAST
    shown = {} if is_hidden else {pk: one for pk, one in counts.items() if one[ANSWERED] >= LEAST}
    whole = part_of("", len(stands), is_hidden, questions, shown)
    return Reading(questionnaire, school, questions, stands, hidden, whole)


def sets_of(stands: list[Standpoint], facet: str) -> dict[Hashable, int]:
    """Return the people of each part as bits, by the part's key."""
    found: dict[Hashable, int] = {}
    for number, stand in enumerate(stands):
        key = stand.part(facet)
        found[key] = found.get(key, 0) | 1 << number
    return found


def parts_by(reading: Reading, facet: str) -> list[Part]:
    """Return the parts of one breakdown in their order, hidden ones without figures."""
    people = Counter(stand.part(facet) for stand in reading.stands)
    counts = counts_by_part(reading.questionnaire, reading.school, facet)
    hidden = reading.hidden[facet]
    not_shown = {
        question.pk: hidden_counts(
            {key: counts.get(key, {}).get(question.pk, Counter())[ANSWERED] for key in people}, hidden
        )
        for question in reading.questions
        if question.pk in reading.whole.counts
    }
    return [
        part_of(
            label,
            people[key],
            key in hidden,
            reading.questions,
            {pk: one for pk, one in counts.get(key, {}).items() if key not in not_shown.get(pk, people)},
        )
        for key, label in labels_of(facet, people).items()
    ]


def part_of(label: str, people: int, is_hidden: bool, questions: list[Question], counts: Counts) -> Part:
    """Return a part with the means of its shown figures."""
    steps = {pk: Counter({k: n for k, n in one.items() if k != ANSWERED}) for pk, one in counts.items()}
    return Part(
        label, people, is_hidden, counts, domain_means(questions, steps), strand_means(questions, steps)
    )


def counts_by_part(questionnaire: Questionnaire, school: School | None, facet: str) -> dict[str, Counts]:
    """Return how often each option was chosen, by part and question; option 0 counts who answered."""
    if questionnaire.is_anonymous:
        rows = tallied(questionnaire, school, facet)
    else:
        rows = [*answered(questionnaire, school, facet), *chosen(questionnaire, school, facet)]
    found: dict[str, Counts] = {}
    for part, question, option, count in rows:
        key = "" if part is None or facet == ALL else str(part)
        found.setdefault(key, {}).setdefault(question, Counter())[option] += count
    return found


def tallied(
    questionnaire: Questionnaire, school: School | None, facet: str
) -> list[tuple[str, int, int, int]]:
    rows = Tally.objects.filter(questionnaire=questionnaire, facet=facet)
    if facet == ALL and school is not None and questionnaire.school_id is None:
        rows = Tally.objects.filter(questionnaire=questionnaire, facet="school", part=str(school.pk))
    return list(rows.values_list("part", "question_id", "option", "count"))


def answers_at(questionnaire: Questionnaire, school: School | None):  # type: ignore[no-untyped-def]
    """Return the chosen options of a survey with names, texts left out."""
    rows = Answer.objects.filter(response__answered__questionnaire=questionnaire, option__isnull=False)
    return (rows.filter(school=school) if school else rows).order_by()


def chosen(
    questionnaire: Questionnaire, school: School | None, facet: str
) -> list[tuple[str, int, int, int]]:
    path = PATHS.get(facet, "county_id")
    rows = answers_at(questionnaire, school).values_list(path, "question_id", "option")
    return list(rows.annotate(n=Count("pk")))


def answered(
    questionnaire: Questionnaire, school: School | None, facet: str
) -> list[tuple[str, int, int, int]]:
    path = PATHS.get(facet, "county_id")
    rows = answers_at(questionnaire, school).values_list(path, "question_id")
    counted = rows.annotate(n=Count("response_id", distinct=True))
    return [(part, question, ANSWERED, count) for part, question, count in counted]


def texts_of(reading: Reading) -> list[tuple[Question, list[str]]]:
    """Return the free texts by question, shuffled, from five texts on; for the holder of the survey alone."""
    survey, asked = reading.questionnaire, [one for one in reading.questions if one.kind == Kind.TEXT]
    is_holder = survey.school_id == (reading.school.pk if reading.school else None)
    found: dict[int, list[str]] = {question.pk: [] for question in asked}
    if is_holder and survey.is_anonymous:
        for words in Words.objects.filter(question__in=asked):
            found[words.question_id] = list(words.texts)
    elif is_holder:
        rows = Answer.objects.filter(response__answered__questionnaire=survey, question__in=asked)
        for question, text in rows.values_list("question_id", "text"):
            found[question].append(text)
    for texts in found.values():
        random.shuffle(texts)
    return [(question, found[question.pk]) for question in asked if len(found[question.pk]) >= LEAST]
