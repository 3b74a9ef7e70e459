"""The boards of county and region: schools by the stages of the year, counties side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes import scopes_disabled

from assessment.programme.models import Programme, SchoolProgress
from assessment.reporting.county_stages import Mark, Stages, choices, stages_of
from assessment.reporting.figures import (
    FIGURES,
    Cell,
    Figures,
    Whole,
    cell,
    counters_of,
    figures_of,
    share,
)
from assessment.reporting.figures import total as total_of
from schools.organisations.models import County, Region, School
from schools.pinyin import spelled

PEOPLE = (
    ("proposed", gettext_lazy("Choice proposed"), "choose"),
    ("chosen", gettext_lazy("Choice confirmed"), "confirm"),
    ("hours", gettext_lazy("Hours complete"), "hours"),
)
WORK = (
    ("begun", gettext_lazy("Begun"), "work"),
    ("handed_in", gettext_lazy("Handed in"), "work"),
    ("passed", gettext_lazy("Passed"), "review"),
    ("accepted", gettext_lazy("Accepted"), "accept"),
)
WORST_FIRST, BY_NAME = "worst", "name"


@dataclass(frozen=True)
class CountyRow:
    """A county with its sums and its four stages."""

    place: County
    figures: Figures
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SchoolRow:
    """A school with plan and return as marks and the stages between as counts of what there is to do.

    `counts` are by stage; people are counted of `participants`, submissions of `planned`.
    """

    school: School
    figures: Figures
    planned: int
    counts: dict[str, int]
    plan: Mark
    school_return: Mark

    def of(self, stage: str) -> int:
        """Return what the stage's count is a part of."""
        return self.figures.participants if stage in dict(people_stages()) else self.planned

    def share(self, stage: str) -> float:
        return share(self.counts[stage], self.of(stage))

    @property
    def cells(self) -> list[Cell]:
        """The stages in order, each leading to those of the school who are stuck there."""
        return [
            cell(self.counts[stage], self.of(stage), f"{self.school.slug}/?at={stuck}#board")
            for stage, _label, stuck in (*PEOPLE, *WORK)
        ]

    @property
    def standing(self) -> float:
        """How far the school is in all stages together, 0 to 1: what "worst first" goes by."""
        stages = [self.share(stage) for stage, _label, _stuck in (*PEOPLE, *WORK)]
        return (sum(stages) + self.plan.weight + self.school_return.weight) / (len(stages) + 2)


def people_stages() -> list[tuple[str, str | Promise]]:
    """Return the stages that count people, with their headings."""
    return [(stage, label) for stage, label, _stuck in PEOPLE]


def work_stages() -> list[tuple[str, str | Promise]]:
    """Return the stages that count submissions, with their headings."""
    return [(stage, label) for stage, label, _stuck in WORK]


def headings() -> list[tuple[str, str | Promise]]:
    """Return the board's columns between plan and return: what is counted, and the stage."""
    return [
        *((_("people"), label) for _stage, label in people_stages()),
        *((_("submissions"), label) for _stage, label in work_stages()),
    ]


def sortings() -> list[tuple[str, str | Promise]]:
    """Return the orders that the board can stand in."""
    return [
        (WORST_FIRST, gettext_lazy("Furthest behind first")),
        (BY_NAME, gettext_lazy("By name")),
        ("plan", gettext_lazy("By plan")),
        *people_stages(),
        *work_stages(),
        ("return", gettext_lazy("By return")),
    ]


def county_board(programme: Programme) -> list[SchoolRow]:
    """Return a row per school by name, in four queries."""
    rows = SchoolProgress.objects.filter(programme=programme).select_related("school")
    stages = stages_of(programme)
    return [row_of(row, stages) for row in rows.order_by("school__pinyin", "school_id")]


def row_of(row: SchoolProgress, stages: Stages) -> SchoolRow:
    """Return a school's row; what is begun beyond the confirmed points counts as planned too."""
    figures = figures_of(counters_of(row))
    counts = {
        "proposed": min(stages.proposed.get(row.school_id, 0), figures.participants),
        "chosen": figures.chosen,
        "hours": stages.hours.get(row.school_id, 0),
        "begun": figures.begun,
        "handed_in": figures.handed_in,
        "passed": figures.passed,
        "accepted": figures.accepted,
    }
    planned = max(stages.planned.get(row.school_id, 0), figures.begun)
    return SchoolRow(
        row.school,
        figures,
        planned,
        counts,
        stages.plan_of(row.school),
        stages.return_of(row.school_id),
    )


def in_order(rows: Sequence[SchoolRow], sorting: str) -> list[SchoolRow]:
    """Return the rows, the least advanced first, where `sorting` is not by name."""
    keys = {
        WORST_FIRST: lambda row: row.standing,
        "plan": lambda row: row.plan.weight,
        "return": lambda row: row.school_return.weight,
    }
    if sorting == BY_NAME:
        return list(rows)
    key = keys.get(sorting, lambda row: row.share(sorting))
    return sorted(rows, key=key)


def found(rows: Sequence[SchoolRow], words: str, stage: str, area: str) -> list[SchoolRow]:
    """Return the rows whose school fits: part of the name or beginning of the pinyin, stage, rural or not."""
    small = words.strip().lower().replace(" ", "")
    return [
        row
        for row in rows
        if (not small or is_named(row.school, words.strip(), small))
        and (not stage or row.school.stage == stage)
        and (not area or row.school.is_rural == (area == "rural"))
    ]


def is_named(school: School, words: str, small: str) -> bool:
    """Say whether `words` are in the name, or `small` is in the pinyin or its initials.

    Names begin with the county's, so that the beginning alone would find nothing.
    """
    return words in school.name or small in school.initials or small in school.pinyin


def whole_of(rows: Sequence[SchoolRow]) -> Whole:
    """Return the sums of a board."""
    return Whole(total(rows), sum(row.planned for row in rows))


def whole(programme: Programme, school: School | None = None) -> Whole:
    """Return the same sums without the board, of all schools or of one, in two queries."""
    rows = SchoolProgress.objects.filter(programme=programme)
    if school is not None:
        rows = rows.filter(school=school)
    planned = choices(programme, school)[1]
    figures = {row.school_id: figures_of(counters_of(row)) for row in rows}
    return Whole(
        total_of(figures.values()),
        sum(max(planned.get(pk, 0), found.begun) for pk, found in figures.items()),
    )


def region_row(county: County, figures: Figures) -> CountyRow:
    """Return the stages: chosen of participants; handed in, passed and accepted of what is begun."""
    cells = (
        cell(figures.chosen, figures.participants),
        cell(figures.handed_in, figures.begun),
        cell(figures.passed, figures.begun),
        cell(figures.accepted, figures.begun),
    )
    return CountyRow(county, figures, cells)


def region_board(region: Region) -> list[CountyRow]:
    """Return a row of sums per county of the region (and of the cities below it); no school, no person."""
    below = County.objects.filter(Q(region=region) | Q(region__parent=region))
    counties = sorted(
        below.select_related("region"), key=lambda county: (spelled(county.region.name), spelled(county.name))
    )
    sums = {f"sum_{name}": Sum(name) for name in FIGURES}
    with scopes_disabled():
        rows = SchoolProgress.objects.filter(county__in=counties, programme__is_current=True)
        sums_of = {row["county"]: row for row in rows.order_by().values("county").annotate(**sums)}
    return [
        region_row(
            county,
            figures_of({name: sums_of.get(county.pk, {}).get(f"sum_{name}", 0) for name in FIGURES}),
        )
        for county in counties
    ]


def total(rows: Sequence[SchoolRow] | Sequence[CountyRow]) -> Figures:
    """Return the sums of all rows."""
    return total_of(row.figures for row in rows)
