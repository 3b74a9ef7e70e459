"""The sheet on which a teacher chooses: points by environment and dimension, and what would complete them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessment.selecting.range import Range
from microcapabilities.models import Point
from microcapabilities.planner import completions
from microcapabilities.queries import by_environment

MOST_COMPLETIONS = 6


@dataclass(frozen=True)
class Row:
    """One point to tick; `is_focus` marks what the school puts first, `refusal` why it cannot be chosen."""

    point: Point
    is_ticked: bool
    is_focus: bool
    refusal: str = ""


@dataclass(frozen=True)
class Sheet:
    """One environment; `closed_because` is empty where the school has it. Dimensions are label and rows."""

    letter: str
    label: str
    closed_because: str
    dimensions: list[tuple[str, list[Row]]]
    chosen: int


@dataclass(frozen=True)
class Completion:
    """Further points that complete a choice, and what they add up to."""

    points: list[Point]
    credits: int


def sheets(points: Sequence[Point], *, ticked: Collection[str], range_of: Range) -> list[Sheet]:
    """Return the catalogue's points as sheets, one per environment. No query."""
    return [
        Sheet(
            letter=group.letter,
            label=group.label,
            closed_because=range_of.closes(group.letter),
            dimensions=[
                (part.label, [row_of(point, ticked, range_of) for point in part.points])
                for part in group.dimensions
            ],
            chosen=sum(point.code in ticked for part in group.dimensions for point in part.points),
        )
        for group in by_environment(points)
    ]


def row_of(point: Point, ticked: Collection[str], range_of: Range) -> Row:
    return Row(point, point.code in ticked, point.code in range_of.focus, range_of.refusal_of(point))


def ways_to_complete(
    points: Sequence[Point], *, ticked: Collection[str], needed: int, range_of: Range
) -> list[Completion]:
    """Return up to six sets of further points that can be chosen and reach `needed` credits."""
    by_code = {point.code: point for point in points}
    sets = completions(
        {code: point.credits for code, point in by_code.items()},
        [code for code in ticked if code in by_code],
        needed,
        allowed={code for code, point in by_code.items() if range_of.allows(point)},
        limit=MOST_COMPLETIONS,
    )
    return [
        Completion([by_code[code] for code in codes], sum(by_code[code].credits for code in codes))
        for codes in sets
        if codes
    ]
