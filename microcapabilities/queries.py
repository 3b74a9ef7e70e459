"""What the pages read from the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

from microcapabilities.models import Catalogue, Dimension, Environment, Point


@dataclass(frozen=True)
class DimensionGroup:
    """The points of one dimension inside one environment, in catalogue order."""

    label: str
    points: list[Point]
    credits: int


@dataclass(frozen=True)
class EnvironmentGroup:
    """The points of one environment by dimension; dimensions without a point are left out."""

    letter: str
    label: str
    dimensions: list[DimensionGroup]
    points: int
    credits: int


def current_catalogue() -> Catalogue | None:
    """The edition in force; None before the first one is loaded."""
    return Catalogue.objects.filter(is_current=True).first()


def by_environment(points: Sequence[Point]) -> list[EnvironmentGroup]:
    """Points grouped by environment, then dimension; environments without a point are left out."""
    groups = []
    for environment in Environment:
        here = [point for point in points if point.environment == environment]
        if here:
            groups.append(
                EnvironmentGroup(
                    letter=environment.value,
                    label=str(environment.label),
                    dimensions=_by_dimension(here),
                    points=len(here),
                    credits=sum(point.credits for point in here),
                )
            )
    return groups


def _by_dimension(points: Sequence[Point]) -> list[DimensionGroup]:
    groups = []
    for dimension in Dimension:
        here = [point for point in points if point.dimension == dimension]
        if here:
            credits = sum(point.credits for point in here)
            groups.append(DimensionGroup(str(dimension.label), here, credits))
    return groups
