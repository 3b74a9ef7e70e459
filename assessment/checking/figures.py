"""What spot checks say of a school: how many results held (验收合格率), and how leniently it grades."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.spot_checks import judged_grades
from assessment.programme.models import Programme
from schools.organisations.models import School

ANSWERED = (CaseState.UPHELD, CaseState.OVERTURNED)
FEWEST = 5


@dataclass(frozen=True)
class CheckFigures:
    """One school: cases answered, how many held, and the mean of school's less experts' grade in steps."""

    cases: int = 0
    upheld: int = 0
    leniency: float | None = None

    @property
    def overturned(self) -> int:
        return self.cases - self.upheld

    @property
    def pass_rate(self) -> int | None:
        """The share of results that held, in whole percent; None before any case is answered."""
        return round(100 * self.upheld / self.cases) if self.cases else None

    @property
    def is_telling(self) -> bool:
        """Whether enough cases are answered for the leniency to say something."""
        return self.cases >= FEWEST


@dataclass(frozen=True)
class SchoolChecked:
    """A school with its figures, as a row of the county's list."""

    school: School
    figures: CheckFigures


def figures_by_school(programme: Programme, schools: Sequence[School]) -> dict[int, CheckFigures]:
    """Return the figures of schools by id, those without an answered case left out; two queries."""
    cases = list(
        SpotCheckCase.objects.filter(draw__programme=programme, school__in=schools, state__in=ANSWERED)
    )
    judged = judged_grades(cases)
    by_school: dict[int, list[SpotCheckCase]] = defaultdict(list)
    for case in cases:
        by_school[case.school_id].append(case)
    return {school_id: figures_of(rows, judged) for school_id, rows in by_school.items()}


def figures_of(cases: Sequence[SpotCheckCase], judged: dict[int, int]) -> CheckFigures:
    """Return the figures of answered cases; `judged` are the experts' grades by case id."""
    steps = [case.listed_grade - judged[case.pk] for case in cases if case.pk in judged]
    leniency = round(sum(steps) / len(steps), 2) if steps else None
    upheld = sum(case.state == CaseState.UPHELD for case in cases)
    return CheckFigures(len(cases), upheld, leniency)


def rows_of(programme: Programme, schools: Sequence[School]) -> list[SchoolChecked]:
    """Return a row for each school."""
    found = figures_by_school(programme, schools)
    return [SchoolChecked(school, found.get(school.pk, CheckFigures())) for school in schools]


def verdicts_by_school(programme: Programme) -> dict[int, tuple[int, int]]:
    """Return (decided cases, overturned ones) by school id, in one query."""
    decided = SpotCheckCase.objects.filter(draw__programme=programme, state__in=ANSWERED)
    rows = (
        decided.order_by()
        .values_list("school")
        .annotate(Count("pk"), overturned=Count("pk", filter=Q(state=CaseState.OVERTURNED)))
    )
    return {school: (checked, overturned) for school, checked, overturned in rows}
