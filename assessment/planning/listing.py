"""The county's list of school plans by state, and the schools that have none."""

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.models import Filing, FilingState
from assessment.programme.models import Programme
from microcapabilities.models import Point
from schools.organisations.models import School
from schools.organisations.queries import school_named

NONE, ALL = "none", "all"
STATE_OF = {
    "filed": FilingState.FILED,
    "returned": FilingState.RETURNED,
    "approved": FilingState.APPROVED,
    "draft": FilingState.DRAFT,
}


def filings_of(programme: Programme, words: str = "") -> QuerySet[Filing]:
    """Return the programme's plans with their schools, by name of school; `words` are of school or number."""
    plans = Filing.objects.filter(programme=programme)
    if words:
        plans = plans.filter(school_named(words, "school__") | Q(number__icontains=words))
    return plans.select_related("school", "programme", "county").order_by("school__pinyin", "pk")


def schools_without(programme: Programme, words: str = "") -> QuerySet[School]:
    """Return schools that run their own year and have not begun a plan."""
    begun = Filing.objects.filter(programme=programme).values("school_id")
    own_year = School.objects.filter(county_id=programme.county_id, managed_by__isnull=True)
    if words:
        own_year = own_year.filter(school_named(words))
    return own_year.exclude(pk__in=begun).order_by("pinyin", "pk")


def counts_by_state(programme: Programme) -> list[tuple[str, str | Promise, int]]:
    """Return (key, label, count) for every tab of the county's list."""
    rows = Filing.objects.filter(programme=programme).order_by().values_list("state")
    counts = dict(rows.annotate(Count("pk")))
    tabs: list[tuple[str, str | Promise, int]] = [
        (key, state.label, counts.get(state, 0)) for key, state in STATE_OF.items()
    ]
    begun = (ALL, _("All begun"), sum(counts.values()))
    return [*tabs, begun, (NONE, _("Not begun"), schools_without(programme).count())]


def points_for(programme: Programme, school: School) -> list[Point]:
    """Return the catalogue's points that the school's environments allow."""
    return list(
        Point.objects.filter(catalogue_id=programme.catalogue_id, environment__in=list(school.environments))
    )


def focus_of(plan: Filing) -> list[Point]:
    """Return the plan's focus points in the order of the catalogue."""
    return list(Point.objects.filter(catalogue_id=plan.programme.catalogue_id, code__in=plan.focus))
