"""Reading draws: the sizes that hold, and what was found in each stratum."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.drawing.sampling import stratum_sizes
from assessment.checking.queries import OPEN_CASES


@dataclass(frozen=True)
class Found:
    """What a draw found in one stratum: rows in the frame, cases drawn, overturned, open, without an expert."""

    stratum: str
    frame: int
    drawn: int
    failed: int
    open: int
    waiting: int = 0


def sizes_now(drawn: Draw) -> dict[str, int]:
    """Return by stratum how many cases are drawn: those planned, or those of the last enlargement."""
    last = drawn.enlargements.order_by("-pk").first()
    return dict(last.sizes if last else drawn.sizes)


def found_by_stratum(drawn: Draw) -> list[Found]:
    """Return what the draw found in each of its strata; one query."""
    return found_in(drawn, dict(drawn.frame))


def found_in(drawn: Draw, stratum_of: dict[int, str]) -> list[Found]:
    """Return what the draw found in strata named by submission id."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    cases = SpotCheckCase.objects.filter(draw=drawn).values_list("submission_id", "state")
    for submission_id, state in cases:
        if submission_id not in stratum_of:
            continue
        here = counts[stratum_of[submission_id]]
        here["drawn"] += 1
        here["failed"] += state == CaseState.OVERTURNED
        here["open"] += state in OPEN_CASES
        here["waiting"] += state == CaseState.DRAWN
    return [
        Found(name, size, *(counts[name][key] for key in ("drawn", "failed", "open", "waiting")))
        for name, size in stratum_sizes(stratum_of.items()).items()
    ]
