"""Recommendations by rule: which points and themes fit what somebody said of themselves, each with its reason."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from assessment.programme.models import Participant, Programme
from assessment.surveying.levels import RED, Domain, Mean, domain_means, level_of, strand_means
from assessment.surveying.models import Answer, Question, Response
from assessment.surveying.queries import questions_of
from assessment.surveying.terms import Sort, Strand
from microcapabilities.languages import in_active_language
from microcapabilities.models import Point
from schools.people.models import Person

MOST = 8


@dataclass(frozen=True)
class Recommendation:
    """One point, the rules that lead to it, and in words what was answered and what the rule says."""

    code: str
    name: str
    rules: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """Something to train in, without a point of its own, and the rule that names it."""

    text: str
    rule: str


@dataclass(frozen=True)
class Advice:
    """All that follows from one self-assessment."""

    points: list[Recommendation]
    themes: list[Theme]
    order: str


@cache
def rule_table() -> Mapping[str, Any]:
    path = settings.BASE_DIR / "fixtures" / "surveys" / "recommendations.json"
    return json.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class OwnAnswers:
    """The scale answers of one person: questions, their steps by question, and the means."""

    questions: list[Question]
    steps: dict[int, int]

    @property
    def counts(self) -> dict[int, Counter[int]]:
        return {pk: Counter({step: 1}) for pk, step in self.steps.items()}

    @property
    def domains(self) -> dict[Domain, Mean]:
        return domain_means(self.questions, self.counts)

    @property
    def strands(self) -> dict[str, Mean]:
        return strand_means(self.questions, self.counts)

    def lowest(self, domain: Domain) -> Question:
        """Return the statement of a domain with the lowest step, the first of several."""
        asked = [one for one in self.questions if one.domain == domain and one.pk in self.steps]
        return min(asked, key=lambda one: (self.steps[one.pk], one.position))


def latest_response(person: Person, programme: Programme) -> Response | None:
    """Return the person's newest self-assessment with their name in the programme."""
    rows = Response.objects.filter(
        answered__person=person,
        answered__questionnaire__programme=programme,
        answered__questionnaire__sort=Sort.SELF_ASSESSMENT,
    )
    return rows.select_related("answered__questionnaire").order_by("-sent_at").first()


def own_answers(response: Response) -> OwnAnswers:
    """Return what was said on the scales: two queries."""
    questions = [one for one in questions_of(response.answered.questionnaire) if one.domain]
    rows = Answer.objects.filter(response=response, question__in=[one.pk for one in questions])
    return OwnAnswers(questions, dict(rows.values_list("question_id", "option")))


def recommended_codes(person: Person, programme: Programme) -> list[Recommendation]:
    """Return the points recommended to somebody, weakest field first; nothing without a self-assessment."""
    participant = (
        Participant.objects.select_related("school", "programme")
        .filter(person=person, programme=programme, ends_on__isnull=True)
        .first()
    )
    response = latest_response(person, programme) if participant else None
    return advice_for(own_answers(response), participant).points if participant and response else []


def advice_for(answers: OwnAnswers, participant: Participant) -> Advice:
    """Apply the rules to somebody's answers; only points that school and programme have the environment for."""
    environments = set(participant.school.environments) & set(participant.programme.environments)
    rows = Point.objects.filter(catalogue_id=participant.programme.catalogue_id, environment__in=environments)
    points = {point.code: point for point in rows}
    table, strands = rule_table(), answers.strands
    is_weak = len(strands) == len(Strand) and all(mean.level == RED for mean in strands.values())
    applied = [
        (rule, reason_of(rule, answers))
        for rule in rules_met(answers)
        if not (is_weak and rule["strand"] == Strand.CHANGING)
    ]
    if not applied and answers.domains:
        applied = [(table["beyond"], [said_of(table["beyond"])])]
    order = said_of(table["order"]) if is_weak else ""
    return Advice(merged(applied, points)[:MOST], themes_of(applied), order)


def rules_met(answers: OwnAnswers) -> list[Mapping[str, Any]]:
    """Return the rules whose field stands at their level, the lowest mean first."""
    domains = answers.domains
    met = [
        rule
        for rule in rule_table()["rules"]
        if (mean := domains.get((rule["strand"], rule["dimension"])))
        and level_of(mean.value).key == rule["level"]
    ]
    return sorted(met, key=lambda rule: (domains[rule["strand"], rule["dimension"]].value, rule["id"]))


def merged(
    applied: Sequence[tuple[Mapping[str, Any], list[str]]], points: Mapping[str, Point]
) -> list[Recommendation]:
    """Return one recommendation per point; a point that several rules name carries all their reasons.

    Every rule's first point comes before any rule's second.
    """
    fitting = [(rule, reason, [c for c in rule["points"] if c in points]) for rule, reason in applied]
    longest = max((len(codes) for _rule, _reason, codes in fitting), default=0)
    order = [codes[n] for n in range(longest) for _rule, _reason, codes in fitting if n < len(codes)]
    return [
        Recommendation(
            code,
            points[code].name,
            tuple(rule["id"] for rule, _reason, codes in fitting if code in codes),
            tuple(line for _rule, reason, codes in fitting if code in codes for line in reason),
        )
        for code in dict.fromkeys(order)
    ]


def themes_of(applied: Sequence[tuple[Mapping[str, Any], list[str]]]) -> list[Theme]:
    return [
        Theme(text, rule["id"])
        for rule, _reason in applied
        for text in in_active_language(rule["themes"], rule["themes_en"])
    ]


def reason_of(rule: Mapping[str, Any], answers: OwnAnswers) -> list[str]:
    """Return what was answered and what the rule says, as two sentences."""
    domain = (rule["strand"], rule["dimension"])
    lowest, mean = answers.lowest(domain), answers.domains[domain]
    said = _(
        "You gave %(mean)s of 5 on average to “%(strand)s: %(dimension)s”; statement %(number)d: %(step)d."
    ) % {
        "mean": mean.shown,
        "strand": Strand(domain[0]).label,
        "dimension": mean.label,
        "number": lowest.position,
        "step": answers.steps[lowest.pk],
    }
    return [said, said_of(rule)]


def said_of(rule: Mapping[str, Any]) -> str:
    because = in_active_language(rule["because"], rule["because_en"])
    return _("Rule %(rule)s: %(because)s") % {"rule": rule["id"], "because": because}
