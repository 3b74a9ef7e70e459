"""Results of closed surveys: plots with their tables, breakdowns, and every figure as a list."""

from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessment.showing import tabs_of
from assessment.surveying import pictures
from assessment.surveying.levels import Mean
from assessment.surveying.lists import FIGURES, figures, promise_of
from assessment.surveying.models import Question
from assessment.surveying.parts import FACETS
from assessment.surveying.places import address_of, readable
from assessment.surveying.queries import asked
from assessment.surveying.results import Part, Reading, is_ready, parts_by, read, texts_of
from assessment.surveying.suppression import LEAST
from assessment.surveying.terms import Kind
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.plots.answering import OWN_STYLE, drawn
from schools.plots.pictures import Picture
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

MOST_TEXTS = 50
Plots = list[tuple[str, Picture]]


def reading_of(request: HttpRequest, pk: int) -> Reading:
    """Return the results of a closed survey; before that they are refused with the reason."""
    survey = readable(request, pk)
    if not is_ready(survey):
        raise PermissionDenied(
            _(
                "Results are shown when the survey is closed: figures of yesterday and today would tell single answers."
            )
        )
    return read(survey, request.school)


@allow(Permission.RUN_SURVEYS)
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in all, and by the parts of one breakdown."""
    reading = reading_of(request, pk)
    base = address_of(request, reading.questionnaire, "plots/")
    context = {
        "survey": reading.questionnaire,
        "promise": promise_of(reading.questionnaire),
        "reading": reading,
        "asked": asked(reading.questionnaire, request.school).count(),
        "least": LEAST,
        "plots": plots_of(reading, base),
        "texts": [(question, texts[:MOST_TEXTS], len(texts)) for question, texts in texts_of(reading)],
        "back": address_of(request, reading.questionnaire),
        "strands": list(reading.whole.strands.values()),
    }
    if reading.facets and reading.is_shown:
        context |= breakdown(request, reading, base)
    return render(request, "assessment/surveying/results.html", context)


def plots_of(reading: Reading, base: str) -> Plots:
    """Return the radar and a plot per question to choose from, each with its address."""
    whole, found = reading.whole, []
    if whole.domains:
        found.append(
            (f"{base}radar.svg", pictures.radar_of(reading.questionnaire.shown_title, whole.domains))
        )
    for question in reading.questions:
        if question.domain is None and question.kind != Kind.TEXT:
            plot = pictures.question_bars(question, whole)
            found += [(f"{base}question-{question.pk}.svg", plot)] if plot else []
    return found


def breakdown(request: HttpRequest, reading: Reading, base: str) -> dict[str, object]:
    """Return the parts of the breakdown that the address asks for (`state`): its tabs, rows and plot."""
    sizes = {facet: len({stand.part(facet) for stand in reading.stands}) for facet in reading.facets}
    choices = [(facet, FACETS[facet], sizes[facet]) for facet in reading.facets]
    tabs, facet = tabs_of(request, choices, reading.facets[0])
    parts = parts_by(reading, facet)
    asked_about = question_asked(request, reading)
    page, links = turned(request, parts)
    plot = pictures.parts_of(reading, facet, parts)
    return {
        "tabs": tabs,
        "facet": FACETS[facet],
        "page": links,
        "part_plots": [(f"{base}by-{facet}.svg", plot)] if plot else [],
        "has_strands": bool(reading.whole.strands),
        "countable": countable(reading),
        "question": asked_about,
        "options": [label for _number, label in asked_about.choices] if asked_about else [],
        "rows": [(part, strands_of(reading, part), shares(part, asked_about)) for part in page],
        "kept": facet,
    }


def countable(reading: Reading) -> list[Question]:
    return [one for one in reading.questions if one.kind != Kind.TEXT]


def question_asked(request: HttpRequest, reading: Reading) -> Question | None:
    """Return the question of `?question=`; without one the first that counts towards no mean."""
    wanted = request.GET.get("question", "")
    rows = countable(reading)
    found = next((one for one in rows if str(one.pk) == wanted), None)
    return found or next((one for one in rows if one.domain is None), None)


def strands_of(reading: Reading, part: Part) -> list[tuple[str, Mean | None]]:
    """Return each strand with the part's mean, None where it is not shown."""
    return [(str(mean.label), part.strands.get(key)) for key, mean in reading.whole.strands.items()]


def shares(part: Part, question: Question | None) -> list[tuple[str, str]]:
    """Return each option with its share in percent; nothing where the part, or the question in it, is not shown."""
    counts = part.counts.get(question.pk) if question else None
    if not counts or question is None:
        return []
    return [(str(label), pictures.share(counts[number], counts[0])) for number, label in question.choices]


@allow(Permission.RUN_SURVEYS)
@require_GET
@csp_replace(OWN_STYLE)
def result_plot(request: HttpRequest, pk: int, plot: str) -> HttpResponse:
    """One plot of the results as an image: radar, question-<id> or by-<breakdown>."""
    reading = reading_of(request, pk)
    picture = dict(plots_of(reading, "")).get(f"{plot}.svg")
    facet = plot.removeprefix("by-")
    if picture is None and reading.is_shown and plot != facet and facet in reading.facets:
        picture = pictures.parts_of(reading, facet, parts_by(reading, facet))
    if picture is None:
        raise Http404
    return drawn(request, picture)


@allow(Permission.RUN_SURVEYS)
@exports(FIGURES)
@require_GET
def result_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure that may be shown, as a list to take along."""
    reading = reading_of(request, pk)
    rows = figures(reading, asked_filters(request, FIGURES)["by"])
    shown = show(request, FIGURES, rows)
    context = {"survey": reading.questionnaire, "listed": shown, "rows": shown.rows, "page": shown.page,
               "back": address_of(request, reading.questionnaire, "results/")}  # fmt: skip
    return shown.file or render(request, "assessment/surveying/figures.html", context)
