"""The county's list of filings by state and kind, the schools that have none, and the board of all kinds."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.kinds import OF_SCHOOL
from assessment.planning.models import Filing, FilingKind, FilingState
from assessment.programme.models import Programme
from microcapabilities.models import Point
from schools.organisations.models import School, TeachingGroup
from schools.organisations.queries import school_named

NONE, ALL = "none", "all"
STATE_OF = {
    "filed": FilingState.FILED,
    "returned": FilingState.RETURNED,
    "approved": FilingState.APPROVED,
    "draft": FilingState.DRAFT,
}
NOT_BEGUN = _("Not begun")


def filings_of(programme: Programme, words: str = "", kind: str = "") -> QuerySet[Filing]:
    """Return what schools file with the county, by name of school; `words` are of school or number."""
    filings = Filing.objects.filter(programme=programme).exclude(kind=FilingKind.TOPIC)
    if words:
        filings = filings.filter(school_named(words, "school__") | Q(number__icontains=words))
    if kind:
        filings = filings.filter(kind=kind)
    places = filings.select_related("school__county", "programme", "county", "group")
    return places.order_by("school__pinyin", "kind", "pk")


def schools_without(programme: Programme, words: str = "", kind: str = "") -> QuerySet[School]:
    """Return schools that run their own year and have not begun the kind; no kind asks for the plan."""
    begun = Filing.objects.filter(programme=programme, kind=kind or FilingKind.PLAN).values("school_id")
    own_year = own_years(programme)
    if words:
        own_year = own_year.filter(school_named(words))
    return own_year.exclude(pk__in=begun).order_by("pinyin", "pk")


def own_years(programme: Programme) -> QuerySet[School]:
    """Return the schools that run their own year and file for it."""
    return School.objects.filter(county_id=programme.county_id, managed_by__isnull=True)


def counts_by_state(programme: Programme, kind: str = "") -> list[tuple[str, str | Promise, int]]:
    """Return (key, label, count) for every tab of the county's list."""
    rows = filings_of(programme, kind=kind).order_by().values_list("state")
    counts = dict(rows.annotate(Count("pk")))
    tabs: list[tuple[str, str | Promise, int]] = [
        (key, state.label, counts.get(state, 0)) for key, state in STATE_OF.items()
    ]
    begun = (ALL, _("All begun"), sum(counts.values()))
    return [*tabs, begun, (NONE, NOT_BEGUN, schools_without(programme, kind=kind).count())]


def points_for(programme: Programme, school: School) -> list[Point]:
    """Return the catalogue's points that the school's environments allow."""
    return list(
        Point.objects.filter(catalogue_id=programme.catalogue_id, environment__in=list(school.environments))
    )


def points_named(filing: Filing, *contents: dict[str, Any]) -> list[Point]:
    """Return the points that the contents name, in the order of the catalogue."""
    codes = {code for content in contents for key in ("focus", "points") for code in content.get(key) or []}
    if not codes:
        return []
    return list(Point.objects.filter(catalogue_id=filing.programme.catalogue_id, code__in=codes))


@dataclass(frozen=True)
class Mark:
    """One cell of the board: word, tone, shape and where it leads."""

    label: str | Promise
    tone: str = "quiet"
    shape: str = "circle"
    url: str = ""


@dataclass(frozen=True)
class BoardRow:
    """One school with a mark for each kind, and how many groups have an agreed topic plan."""

    school: School
    marks: dict[str, Mark]
    agreed: int
    groups: int

    def said(self, kind: str) -> str:
        return str(self.marks[kind].label)

    @property
    def topics(self) -> str:
        return f"{self.agreed} / {self.groups}"

    @property
    def cells(self) -> list[tuple[str | Promise, Mark]]:
        return [(one.label, self.marks[one.kind]) for one in OF_SCHOOL]


def board_of(programme: Programme) -> Callable[[list[School]], list[BoardRow]]:
    """Return a function that gives the rows of a page of schools, in two queries."""

    def rows(schools: list[School]) -> list[BoardRow]:
        filings: dict[int, list[Filing]] = defaultdict(list)
        for filing in Filing.objects.filter(programme=programme, school__in=schools):
            filings[filing.school_id].append(filing)
        groups = TeachingGroup.objects.filter(school__in=schools).order_by().values_list("school_id")
        counts = dict(groups.annotate(Count("pk")))
        return [
            board_row(programme, school, filings[school.pk], counts.get(school.pk, 0)) for school in schools
        ]

    return rows


def board_row(programme: Programme, school: School, filings: Iterable[Filing], groups: int) -> BoardRow:
    found = list(filings)
    marks = {one.kind.value: Mark(NOT_BEGUN) for one in OF_SCHOOL}
    for filing in found:
        if filing.kind in marks:
            marks[filing.kind] = mark_of(programme, filing)
    topics = [filing for filing in found if filing.kind == FilingKind.TOPIC]
    return BoardRow(school, marks, sum(filing.holds for filing in topics), groups)


def mark_of(programme: Programme, filing: Filing) -> Mark:
    """Return a filing as a mark; the county has no page for what was never filed."""
    is_hidden = filing.state == FilingState.DRAFT and not filing.holds
    url = "" if is_hidden else reverse("assessment:county-filing", args=[programme.county.slug, filing.pk])
    label: str | Promise = filing.label
    if filing.holds and filing.state != FilingState.APPROVED:
        label = _("Approved, being amended")
    return Mark(label, filing.tone, filing.shape, url)
