"""Before a draw: how many cases prove what, stratum by stratum, and what they cost in experts' hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median

from assessment.checking.cases.models import Judgement
from assessment.checking.drawing import proof, sampling
from assessment.checking.drawing.models import Claim
from assessment.programme.models import Programme
from assessment.reviewing.pace import pace

ASSUMED_MINUTES = 15
USUAL_PERCENT = 10
LOOKED_AT = 500


@dataclass(frozen=True)
class Asked:
    """What the office wants: claim, tolerance and confidence in percent; a share to draw, or None to prove it."""

    claim: str
    tolerance: int
    confidence: int
    percent: int | None


@dataclass(frozen=True)
class StratumProposed:
    """One stratum: rows in the frame, how many are drawn, and what they prove if none of them is overturned."""

    stratum: str
    frame: int
    size: int
    tolerated: int
    most_bad: int

    @property
    def most_bad_percent(self) -> float:
        return percent_of(self.most_bad, self.frame)

    @property
    def is_proven(self) -> bool:
        return self.most_bad <= self.tolerated


@dataclass(frozen=True)
class Proposal:
    """The whole draw: its strata, the bound over all of them, its price, and what the usual share would prove."""

    strata: list[StratumProposed]
    frame: int
    size: int
    tolerated: int
    most_bad: int
    minutes: int
    hours: float
    usual_size: int
    usual_most_bad: int

    @property
    def sizes(self) -> dict[str, int]:
        return {row.stratum: row.size for row in self.strata}

    @property
    def most_bad_percent(self) -> float:
        return percent_of(self.most_bad, self.frame)

    @property
    def usual_percent(self) -> float:
        return percent_of(self.usual_most_bad, self.frame)


def percent_of(part: int, whole: int) -> float:
    """Return a share in percent with one decimal."""
    return round(100 * part / whole, 1) if whole else 0.0


def propose(frame: Sequence[sampling.Row], asked: Asked, *, experts: int, minutes: int) -> Proposal:
    """Return what should be drawn from a frame that is not empty, and what that would prove."""
    strata = sampling.stratum_sizes(frame)
    sizes = sizes_for(strata, asked)
    tolerance, confidence = Fraction(asked.tolerance, 100), Fraction(asked.confidence, 100)
    rows = [
        StratumProposed(
            name,
            count,
            sizes[name],
            proof.tolerated(count, tolerance),
            proof.most_bad(count, drawn=sizes[name], failed=0, confidence=confidence),
        )
        for name, count in strata.items()
    ]
    whole, size = len(frame), sum(sizes.values())
    usual = sampling.share_of(whole, USUAL_PERCENT)
    return Proposal(
        rows,
        whole,
        size,
        proof.tolerated(whole, tolerance),
        proof.most_bad_in_all([(row.frame, row.size, 0) for row in rows], confidence=confidence),
        minutes,
        round(size * experts * minutes / 60, 1),
        usual,
        proof.most_bad(whole, drawn=usual, failed=0, confidence=confidence),
    )


def sizes_for(strata: dict[str, int], asked: Asked) -> dict[str, int]:
    """Return how many are drawn from each stratum: a share of all, or what proves the claim."""
    whole = sum(strata.values())
    if asked.percent is not None:
        return sampling.spread(sampling.share_of(whole, asked.percent), strata)

    def proving(count: int) -> int:
        tolerance, confidence = Fraction(asked.tolerance, 100), Fraction(asked.confidence, 100)
        return proof.size_for(count, tolerance=tolerance, confidence=confidence)

    if asked.claim == Claim.STRATA:
        return {name: proving(count) for name, count in strata.items()}
    return sampling.spread(proving(whole), strata)


def minutes_per_case(programme: Programme) -> int:
    """Return the experts' own median time for a case; before it can be told, an assumed quarter of an hour."""
    rows = Judgement.objects.filter(case__draw__programme=programme, finished_at__isnull=False)
    times: dict[int, list[datetime]] = {}
    for expert_id, moment in rows.order_by("-finished_at").values_list("expert_id", "finished_at")[
        :LOOKED_AT
    ]:
        times.setdefault(expert_id, []).append(moment)
    paces = [found for finished in times.values() if (found := pace(finished)) is not None]
    if not paces:
        return ASSUMED_MINUTES
    return max(1, round(median(found / timedelta(minutes=1) for found in paces)))
