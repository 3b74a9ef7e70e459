"""What a draw has shown: the bound of every stratum, of the whole, and of one return."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.checking.drawing import proof
from assessment.checking.drawing.models import Draw
from assessment.checking.drawing.proposing import percent_of
from assessment.checking.drawing.queries import Found, found_by_stratum, found_in
from assessment.checking.models import SchoolReturn
from assessment.submitting.models import Submission


class Standing(Enum):
    """What a conclusion comes to: its words, tone and shape."""

    OPEN = (gettext_lazy("cases are still open"), "waiting", "half")
    NOTHING = (gettext_lazy("nothing was drawn here"), "quiet", "circle")
    KEPT = (gettext_lazy("the tolerance is kept"), "good", "check")
    UNPROVEN = (gettext_lazy("not proven: enlarge the sample"), "attention", "dot")
    EXCEEDED = (gettext_lazy("more are bad than tolerated"), "bad", "cross")

    @property
    def label(self) -> str | Promise:
        return self.value[0]

    @property
    def tone(self) -> str:
        return self.value[1]

    @property
    def shape(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Conclusion:
    """What was found in one stratum or the whole, and how many of the frame may at most, and must, be bad."""

    stratum: str
    frame: int
    drawn: int
    failed: int
    open: int
    most_bad: int
    fewest_bad: int
    tolerated: int
    confidence_percent: int
    enough: int

    @property
    def most_bad_percent(self) -> float:
        return percent_of(self.most_bad, self.frame)

    @property
    def standing(self) -> Standing:
        if self.open:
            return Standing.OPEN
        if not self.drawn:
            return Standing.NOTHING
        if self.most_bad <= self.tolerated:
            return Standing.KEPT
        return Standing.EXCEEDED if self.fewest_bad > self.tolerated else Standing.UNPROVEN

    @property
    def sentence(self) -> str:
        """Return the conclusion in words, with its bound."""
        return _(
            "%(failed)d of %(drawn)d drawn results are overturned. With %(confidence)d %% confidence at most "
            "%(most)d of %(frame)d (%(percent)s %%) are bad."
        ) % {
            "failed": self.failed,
            "drawn": self.drawn,
            "confidence": self.confidence_percent,
            "most": self.most_bad,
            "frame": self.frame,
            "percent": self.most_bad_percent,
        }


@dataclass(frozen=True)
class Verdict:
    """What a draw has shown: in every stratum, and over all of them with the error split."""

    strata: list[Conclusion]
    whole: Conclusion
    waiting: int


def verdict_of(draw: Draw) -> Verdict:
    """Return what the draw shows as it stands."""
    found = found_by_stratum(draw)
    waiting = sum(row.waiting for row in found)
    return Verdict([conclude(row, draw) for row in found], conclude_all(found, draw), waiting)


def conclude(found: Found, draw: Draw) -> Conclusion:
    """Return the conclusion of one stratum."""
    tolerance, confidence = shares(draw)
    drawn = {"drawn": found.drawn, "failed": found.failed, "confidence": confidence}
    return Conclusion(
        found.stratum,
        found.frame,
        found.drawn,
        found.failed,
        found.open,
        proof.most_bad(found.frame, **drawn),
        proof.fewest_bad(found.frame, **drawn),
        proof.tolerated(found.frame, tolerance),
        draw.confidence_percent,
        proof.size_for(found.frame, tolerance=tolerance, confidence=confidence, failed=found.failed),
    )


def conclude_all(strata: Sequence[Found], draw: Draw) -> Conclusion:
    """Return the conclusion over all strata; the bounds of several are added, the error is split among them."""
    whole = Found(
        "",
        sum(row.frame for row in strata),
        sum(row.drawn for row in strata),
        sum(row.failed for row in strata),
        sum(row.open for row in strata),
    )
    single = conclude(whole, draw)
    if len(strata) == 1:
        return single
    confidence = shares(draw)[1]
    rows = [(row.frame, row.drawn, row.failed) for row in strata]
    good = [(row.frame, row.drawn, row.drawn - row.failed) for row in strata]
    return Conclusion(
        "",
        single.frame,
        single.drawn,
        single.failed,
        single.open,
        proof.most_bad_in_all(rows, confidence=confidence),
        single.frame - proof.most_bad_in_all(good, confidence=confidence),
        single.tolerated,
        draw.confidence_percent,
        sum(enough_by_stratum(strata, draw).values()),
    )


def enough_by_stratum(strata: Sequence[Found], draw: Draw) -> dict[str, int]:
    """Return how many cases each stratum needs so that all together prove the tolerance, with no further failure.

    Each proves its own tolerance at a confidence that shares the risk, so that their bounds add up within it.
    """
    tolerance, confidence = shares(draw)
    each = 1 - (1 - confidence) / len(strata)
    return {
        row.stratum: proof.size_for(row.frame, tolerance=tolerance, confidence=each, failed=row.failed)
        for row in strata
    }


def shares(draw: Draw) -> tuple[Fraction, Fraction]:
    """Return tolerance and confidence of the draw as shares."""
    return Fraction(draw.tolerance_percent, 100), Fraction(draw.confidence_percent, 100)


def conclusion_of(school_return: SchoolReturn, draw: Draw) -> Conclusion | None:
    """Return what the draw shows of one return alone: its rows of the frame; None where it has none."""
    ids = [case for case, _stratum in draw.frame]
    own = Submission.objects.filter(pk__in=ids, school=school_return.school_id).values_list("pk", flat=True)
    found = found_in(draw, {pk: "" for pk in own})
    return conclude(found[0], draw) if found else None
