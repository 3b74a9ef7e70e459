"""The lists of surveys: which there are, who has answered, and every figure that may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.surveying.levels import DOMAINS
from assessment.surveying.models import Questionnaire
from assessment.surveying.parts import ANSWERED, FACETS
from assessment.surveying.results import Part, Reading, parts_by, texts_of
from assessment.surveying.terms import Kind, Sort, Strand
from schools.clock import now
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

SURVEYS = Listing(
    "surveys",
    _("Surveys"),
    (
        Listed(
            "title", _("Survey"), lambda row: f"{row.shown_title} v{row.version}", ("title", "version"), 40
        ),
        Listed("sort", _("Kind"), lambda row: str(row.get_sort_display()), ("sort", "-pk")),
        Listed("names", _("Names"), lambda row: str(promise_of(row)), ("is_anonymous", "-pk")),
        Listed("closes", _("Last day"), lambda row: day(row.closes_at), ("closes_at", "pk")),
        Listed("sent", _("Answers"), lambda row: row.sent, ("sent", "pk"), 10, "0"),
        Listed("standing", _("State"), lambda row: str(row.label)),
    ),
    "-closes",
    _("Title"),
    (Filter("sort", _("Kind"), _("All kinds"), tuple(Sort.choices)),),
)

SHARES = Listing(
    "survey-answers",
    _("Answers by school"),
    (
        Listed("school", _("School"), lambda row: row.name, ("pinyin", "name"), 30),
        Listed("asked", _("Asked"), lambda row: row.asked, ("asked", "pinyin"), 10, "0"),
        Listed("sent", _("Answered"), lambda row: row.sent, ("sent", "pinyin"), 10, "0"),
        Listed("percent", _("Share in percent"), lambda row: row.percent, ("percent", "pinyin"), 10, "0"),
    ),
    "school",
)

STRAGGLERS = Listing(
    "survey-stragglers",
    _("Not answered yet"),
    (
        Listed("name", _("Name"), lambda row: row.person.name, ("person__pinyin", "pk")),
        Listed(
            "group",
            _("Teaching group"),
            lambda row: row.person.group.name if row.person.group else "",
            ("person__group__name", "person__pinyin", "pk"),
        ),
    ),
    "name",
    _("Name or initials"),
)

FIGURES = Listing(
    "survey-figures",
    _("Figures of a survey"),
    (
        Listed("part", _("Part"), lambda row: row.part, (), 24),
        Listed("question", _("Question"), lambda row: row.question, (), 50),
        Listed("answer", _("Answer"), lambda row: row.answer, (), 30),
        Listed("count", _("Chosen by"), lambda row: row.count, (), 10, "0"),
        Listed("people", _("Of"), lambda row: row.people, (), 10, "0"),
        Listed("value", _("Percent, or mean of 5"), lambda row: row.value, (), 14),
    ),
    filters=(Filter("by", _("Broken down by"), _("In all"), tuple(FACETS.items())),),
)


def promise_of(survey: Questionnaire) -> str:
    return gettext("Anonymous") if survey.is_anonymous else gettext("By name")


def seen_now(rows: list[Questionnaire]) -> list[Questionnaire]:
    """Return the surveys with one moment for all of them."""
    moment = now()
    return [row.seen_at(moment) for row in rows]


@dataclass(frozen=True)
class Figure:
    """One line of the figures; counts are empty where nothing is shown."""

    part: str
    question: str
    answer: str
    count: int | None = None
    people: int | None = None
    value: str = ""


def figures(reading: Reading, facet: str) -> list[Figure]:
    """Return every figure that may be shown, in all (with the free texts by their letters) or by parts."""
    if not reading.is_shown:
        return [hidden_figure(gettext("All"))]
    if facet not in reading.facets:
        label = gettext("All")
        said = [
            Figure(label, str(question), text)
            for question, texts in texts_of(reading)
            for text in sorted(texts)
        ]
        return [*figures_of(reading, reading.whole, label), *said]
    return [line for part in parts_by(reading, facet) for line in figures_of(reading, part, part.label)]


def hidden_figure(label: str) -> Figure:
    return Figure(label, "", gettext("not shown: fewer than five people, or it would tell of them"))


def figures_of(reading: Reading, part: Part, label: str) -> Iterator[Figure]:
    """Yield the means of a part, then its answers question by question."""
    if part.is_hidden:
        yield hidden_figure(label)
        return
    for domain in DOMAINS:
        if mean := part.domains.get(domain):
            heading = f"{Strand(domain[0]).label} · {mean.label}"
            yield Figure(label, heading, str(mean.level.label), people=part.people, value=mean.shown)
    for question in reading.questions:
        if question.kind == Kind.TEXT:
            continue
        counts = part.counts.get(question.pk)
        if counts is None:
            yield Figure(label, str(question), hidden_figure(label).answer)
            continue
        people = counts[ANSWERED]
        for number, words in question.choices:
            percent = f"{round(100 * counts[number] / people)}%"
            yield Figure(label, str(question), str(words), counts[number], people, percent)
