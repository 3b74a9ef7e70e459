"""The plots of a survey's results: the radar of the strands, and the parts of a breakdown as bars."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from assessment.surveying.levels import Domain, Mean, level_of
from assessment.surveying.models import Question
from assessment.surveying.parts import ANSWERED, FACETS
from assessment.surveying.plots import Ring, height_of_radar, radar
from assessment.surveying.results import Part, Reading
from assessment.surveying.terms import Dimension, Strand
from schools.plots.bars import Bar
from schools.plots.drawing import SIZES
from schools.plots.pictures import Picture, of_bars

MOST_BARS = 20


def radar_of(title: str, means: Mapping[Domain, Mean]) -> Picture:
    """The two strands over the five dimensions."""
    axes = [str(dimension.label) for dimension in Dimension]
    rings = [
        Ring(str(strand.label), tuple(value_of(means, strand.value, part.value) for part in Dimension))
        for strand in Strand
        if any(strand == domain[0] for domain in means)
    ]
    weakest = min(means.values(), key=lambda mean: mean.value)
    finding = _("Lowest: %(dimension)s in %(strand)s, %(mean)s of 5.") % {
        "dimension": weakest.label,
        "strand": Strand(weakest.strand).label,
        "mean": weakest.shown,
    }
    table = [
        (str(mean.label), str(Strand(mean.strand).label), mean.shown, str(mean.level.label))
        for mean in means.values()
    ]
    return Picture(
        title,
        finding,
        (_("Dimension"), _("Strand"), _("Mean of 5"), _("Level")),
        table,
        {size: height_of_radar(rings, size) for size in SIZES},
        lambda look: radar(title, axes, rings, look),
    )


def value_of(means: Mapping[Domain, Mean], strand: str, dimension: str) -> float | None:
    mean = means.get((strand, dimension))
    return mean.value if mean else None


def overall(part: Part) -> float | None:
    """Return the mean of a part's strands, each counting alike."""
    values = [mean.value for mean in part.strands.values()]
    return sum(values) / len(values) if values else None


def parts_of(reading: Reading, facet: str, parts: Sequence[Part]) -> Picture | None:
    """The parts of a breakdown by their mean, the lowest first; None where nothing may be shown."""
    shown = [(part, value) for part in parts if not part.is_hidden and (value := overall(part)) is not None]
    if not shown:
        return None
    shown.sort(key=lambda pair: pair[1])
    shown = shown[:MOST_BARS]
    title = _("%(survey)s: by %(breakdown)s") % {
        "survey": reading.questionnaire.shown_title,
        "breakdown": FACETS[facet],
    }
    lowest, value = shown[0]
    finding = _("Lowest: %(part)s, %(mean)s of 5.") % {"part": lowest.label, "mean": f"{value:.1f}"}
    return of_bars(
        title,
        finding,
        (_("Part"), _("Mean of 5"), _("Level")),
        [Bar(part.label, f"{mean:.1f} {level_of(mean).label}", 20 * mean) for part, mean in shown],
        [(part.label, f"{mean:.1f}", str(level_of(mean).label)) for part, mean in shown],
    )


def question_bars(question: Question, part: Part) -> Picture | None:
    """How often each answer to one question was given; None where that is not shown."""
    counts = part.counts.get(question.pk)
    if not counts:
        return None
    people = counts[ANSWERED]
    rows = [(str(label), counts[number]) for number, label in question.choices]
    most = max(rows, key=lambda row: row[1])
    finding = _("Most: %(answer)s, %(count)d of %(people)d.") % {
        "answer": most[0],
        "count": most[1],
        "people": people,
    }
    return of_bars(
        str(question),
        finding,
        (_("Answer"), _("People"), _("Share")),
        [Bar(label, f"{count} · {share(count, people)}", 100 * count / people) for label, count in rows],
        [(label, str(count), share(count, people)) for label, count in rows],
    )


def share(count: int, people: int) -> str:
    return f"{round(100 * count / people)}%"
