"""The county's choices rolled up: by school, by point, and teacher by teacher."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from assessment.programme.models import Programme, SchoolProgress
from assessment.selecting.models import Selection, SelectionPoint, SelectionState
from microcapabilities.models import Point
from schools.organisations.queries import school_named
from schools.people.models import Person

UNDER_WAY = (SelectionState.PROPOSED, SelectionState.ENDORSED, SelectionState.RETURNED)


@dataclass(frozen=True)
class SchoolChoices:
    """How one school's choices stand; `open` are participants of whom nothing was ever confirmed."""

    school: Any
    participants: int
    proposed: int
    endorsed: int
    returned: int
    confirmed: int

    @property
    def open(self) -> int:
        return max(0, self.participants - self.confirmed)

    @property
    def pinyin(self) -> str:
        return self.school.pinyin


@dataclass(frozen=True)
class PointChoices:
    """How often one point stands in confirmed choices: teachers, schools, of these rural ones."""

    point: Point
    teachers: int
    schools: int
    rural: int

    @property
    def position(self) -> int:
        return self.point.position


def by_school(programme: Programme, *, q: str, place: str) -> list[SchoolChoices]:
    """Return one row per school of the programme, in two queries."""
    progress = SchoolProgress.objects.filter(programme=programme).select_related("school")
    if q:
        progress = progress.filter(school_named(q, "school__"))
    if place:
        progress = progress.filter(school__is_rural=place == "rural")
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    states = Selection.objects.filter(programme=programme).order_by().values_list("school_id", "state")
    for school_id, state, number in states.annotate(number=Count("*")):
        counts[school_id][state] = number
    return [
        SchoolChoices(
            row.school,
            row.participants,
            *(
                counts[row.school_id].get(state, 0)
                for state in (SelectionState.PROPOSED, SelectionState.ENDORSED, SelectionState.RETURNED)
            ),
            row.chosen,
        )
        for row in progress.order_by("school__pinyin", "school_id")
    ]


def by_point(programme: Programme) -> list[PointChoices]:
    """Return one row per point of the catalogue, the unchosen too, in two queries."""
    chosen = SelectionPoint.objects.filter(
        selection__programme=programme, selection__state=SelectionState.CONFIRMED
    )
    figures = {
        row["point_id"]: row
        for row in chosen.order_by()
        .values("point_id")
        .annotate(
            teachers=Count("*"),
            schools=Count("school_id", distinct=True),
            rural=Count("school_id", filter=Q(school__is_rural=True), distinct=True),
        )
    }
    nothing = {"teachers": 0, "schools": 0, "rural": 0}
    points = Point.objects.filter(catalogue_id=programme.catalogue_id)
    return [
        PointChoices(point, *(figures.get(point.pk, nothing)[name] for name in nothing)) for point in points
    ]


def by_teacher(programme: Programme, *, q: str, place: str) -> QuerySet[Selection]:
    """Return the confirmed choices with school, person and points, by school and name."""
    points = SelectionPoint.objects.filter(county_id=programme.county_id).select_related("point")
    rows = Selection.objects.filter(programme=programme, state=SelectionState.CONFIRMED)
    if q:
        rows = rows.filter(school_named(q, "school__") | Q(person__in=Person.objects.named_like(q)))
    if place:
        rows = rows.filter(school__is_rural=place == "rural")
    return (
        rows.select_related("school", "person__group", "catalogue")
        .annotate(credits=Sum("chosen__point__credits"))
        .prefetch_related(Prefetch("chosen", queryset=points.order_by("point__position")))
        .order_by("school__pinyin", "person__pinyin", "pk")
    )
