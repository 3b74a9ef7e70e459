"""Reading samples of the process: what is new, what was found, and what that proves."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from assessment.checking.drawing import proof
from assessment.checking.drawing.proposing import percent_of
from assessment.checking.process.models import ProcessCheck, ProcessCheckState, ProcessSample
from assessment.checking.process.sources import SOURCES
from assessment.programme.models import Programme


@dataclass(frozen=True)
class Shown:
    """What a sample shows: `most_bad` of the frame at its confidence, once nothing is open."""

    frame: int
    drawn: int
    objected: int
    open: int
    most_bad: int

    @property
    def percent(self) -> float:
        return percent_of(self.most_bad, self.frame)


def new_rows(programme: Programme, kind: str) -> list[int]:
    """Return the ids of rows that no earlier sample of the kind had in its frame, ascending."""
    seen: set[int] = set()
    for frame in ProcessSample.objects.filter(programme=programme, kind=kind).values_list("frame", flat=True):
        seen.update(row for row, _stratum in frame)
    rows = SOURCES[kind].rows(programme).order_by("pk").values_list("pk", flat=True)
    return [pk for pk in rows if pk not in seen]


def samples_made(programme: Programme) -> QuerySet[ProcessSample]:
    """Return the samples, latest first, with how many checks are open and objected to; frames are left out."""
    rows = ProcessSample.objects.filter(programme=programme).defer("frame")
    states = {"open": ProcessCheckState.OPEN, "objected": ProcessCheckState.OBJECTED}
    counts = {name: Count("checks", filter=Q(checks__state=state)) for name, state in states.items()}
    return rows.select_related("drawn_by__person").annotate(**counts).order_by("-pk")


def shown(sample: ProcessSample) -> Shown:
    """Return what a sample shows as it stands."""
    states = list(ProcessCheck.objects.filter(sample=sample).values_list("state", flat=True))
    objected = states.count(ProcessCheckState.OBJECTED)
    frame, confidence = len(sample.frame), Fraction(sample.confidence_percent, 100)
    most = proof.most_bad(frame, drawn=len(states), failed=objected, confidence=confidence)
    return Shown(frame, len(states), objected, states.count(ProcessCheckState.OPEN), most)
