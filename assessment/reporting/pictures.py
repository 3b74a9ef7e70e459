"""The plots of the boards: what each shows, and its finding in a sentence."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.checking.lines import Line
from assessment.checking.models import Outcome
from assessment.reporting.curves import Curve
from assessment.reporting.figures import Whole, percent
from assessment.reporting.plots import NUMBERS, lines
from schools.plots.bars import Bar
from schools.plots.drawing import SIZES
from schools.plots.pictures import Picture, of_bars

BANDS = 4


def funnel(place: str, whole: Whole) -> Picture:
    """From the participants to the accepted submissions; each bar says what it counts."""
    figures, planned = whole.figures, whole.planned
    counted = [
        (_("Participants (people)"), figures.participants, figures.participants),
        (_("Choice confirmed (people)"), figures.chosen, figures.participants),
        (_("Handed in (submissions)"), figures.handed_in, planned),
        (_("Passed (submissions)"), figures.passed, planned),
        (_("Accepted (submissions)"), figures.accepted, planned),
    ]
    finding = _(
        "Of %(people)d participants %(chosen)d have a confirmed choice; of %(planned)d submissions to do "
        "%(handed_in)d are handed in, %(passed)d passed, %(accepted)d accepted."
    ) % {
        "people": figures.participants,
        "chosen": figures.chosen,
        "planned": planned,
        "handed_in": figures.handed_in,
        "passed": figures.passed,
        "accepted": figures.accepted,
    }
    return of_bars(
        _("%s: how far the year is") % place,
        finding,
        (_("Stage"), _("Done"), _("Of"), _("Share")),
        [Bar(label, f"{done} / {of}", percent(done, of)) for label, done, of in counted],
        [(label, str(done), str(of), f"{percent(done, of)}%") for label, done, of in counted],
    )


def course(place: str, curve: Curve) -> Picture:
    """The cumulative shares against the calendar."""
    title = _("%s: against the calendar") % place
    heights = {size: height for size, (_width, height) in SIZES.items()}
    table = [
        (point.day.isoformat(), *(f"{share}% ({count})" for count, share in point.pairs))
        for point in reversed(curve.points)
    ]
    notes = tuple(
        f"{sign} {name} {day:%m-%d}" for sign, (day, name) in zip(NUMBERS, curve.ends, strict=False)
    )
    return Picture(
        title,
        curve.finding,
        (_("Day"), *curve.labels),
        table,
        heights,
        lambda look: lines(title, curve, look),
        notes,
    )


def credit_bands(place: str, needed: int, found: Sequence[Line]) -> Picture:
    """How many teachers have passed how many of the credits needed."""
    counted = [line for line in found if line.outcome != Outcome.EXCLUDED and not line.participant.ends_on]
    step = max(1, -(-needed // BANDS))
    bands = Counter(min(line.credits // step, BANDS) if line.credits < needed else BANDS for line in counted)
    rows = []
    for number in range(BANDS + 1):
        first, last = number * step, min((number + 1) * step, needed) - 1
        if number < BANDS and first >= needed:
            continue
        label = _("%d or more") % needed if number == BANDS else f"{first}–{last}"
        rows.append((label, bands[number]))
    people = len(counted)
    finding = ngettext(
        "%(done)d of %(people)d teacher has passed the %(needed)d credits needed.",
        "%(done)d of %(people)d teachers have passed the %(needed)d credits needed.",
        people,
    ) % {"done": bands[BANDS], "people": people, "needed": needed}
    return of_bars(
        _("%s: credits passed") % place,
        finding,
        (_("Credits"), _("Teachers"), _("Share")),
        [Bar(label, str(count), percent(count, people)) for label, count in rows],
        [(label, str(count), f"{percent(count, people)}%") for label, count in rows],
    )
