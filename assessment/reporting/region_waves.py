"""How many schools of a region are in each wave, over all its counties that have waves."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.programme.waves.queries import of_region
from schools.organisations.models import County


@dataclass(frozen=True)
class RegionWave:
    """One wave by number: its schools and counties, and the share of all schools that are in waves."""

    number: int
    schools: int
    counties: int
    percent: int


def region_waves(counties: Iterable[County]) -> list[RegionWave]:
    """Return the waves of some counties together, in one query."""
    rows = of_region([county.pk for county in counties])
    whole = sum(schools for _number, schools, _counties in rows)
    return [
        RegionWave(number, schools, among, round(100 * schools / whole)) for number, schools, among in rows
    ]
