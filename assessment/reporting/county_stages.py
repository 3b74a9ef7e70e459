"""What the county's board reads beside the counters: plans, proposals, points to do, hours, returns."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, PositiveSmallIntegerField, Q, Sum, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assessment.checking.models import RETURN, ReturnState, SchoolReturn
from assessment.planning.models import FILING, Filing, FilingKind, FilingState
from assessment.programme.models import Programme
from assessment.selecting.models import Selection, SelectionState
from assessment.training.models import Category, ClaimState, HourClaim
from schools.organisations.models import School

STANDING = (SelectionState.PROPOSED, SelectionState.ENDORSED, SelectionState.CONFIRMED)
FILED = 0.7
FAR: dict[str, dict[int, float]] = {
    FILING.name: {FilingState.DRAFT: 0.2, FilingState.RETURNED: 0.3, FilingState.FILED: FILED},
    RETURN.name: {ReturnState.OPEN: 0.2, ReturnState.SIGNED: 0.5, ReturnState.FILED: FILED},
}


@dataclass(frozen=True)
class Mark:
    """A state in a cell: word, tone and shape, where it leads, and how far it is (0 to 1)."""

    label: str | Promise
    tone: str
    shape: str
    url: str = ""
    weight: float = 0.0


NOT_BEGUN = Mark(gettext_lazy("Not begun"), "quiet", "circle")


@dataclass
class Stages:
    """By school id: plan, people with a proposed choice, points to do, people with all hours, latest return."""

    plans: dict[int, Mark] = field(default_factory=dict)
    proposed: dict[int, int] = field(default_factory=dict)
    planned: dict[int, int] = field(default_factory=dict)
    hours: Counter[int] = field(default_factory=Counter)
    returns: dict[int, Mark] = field(default_factory=dict)

    def plan_of(self, school: School) -> Mark:
        """Return the plan that governs the school: its own, else its managing unit's."""
        managing = self.plans.get(school.managed_by_id, NOT_BEGUN) if school.managed_by_id else NOT_BEGUN
        return self.plans.get(school.pk, managing)

    def return_of(self, school_id: int) -> Mark:
        return self.returns.get(school_id, NOT_BEGUN)


def stages_of(programme: Programme) -> Stages:
    """Read the stages of all schools of the programme, in three queries."""
    proposed, planned = choices(programme)
    plans, returns = marks(programme)
    return Stages(plans, proposed, planned, people_with_all_hours(programme), returns)


def marks(programme: Programme) -> tuple[dict[int, Mark], dict[int, Mark]]:
    """Return the plans and the latest returns by school, in one query; an approved plan stays so while amended."""
    standing = Case(
        When(approved__isnull=False, then=Value(FilingState.APPROVED)),
        default=F("state"),
        output_field=PositiveSmallIntegerField(),
    )
    plans = Filing.objects.filter(programme=programme, kind=FilingKind.PLAN)
    filings = plans.annotate(table=Value(FILING.name), nth=Value(1), standing=standing)
    returns = SchoolReturn.objects.filter(programme=programme).annotate(
        table=Value(RETURN.name), nth=F("round"), standing=F("state")
    )
    columns = ("table", "nth", "school_id", "pk", "standing")
    found: dict[str, dict[int, Mark]] = {FILING.name: {}, RETURN.name: {}}
    for kind, _nth, school, pk, state in sorted(
        filings.values_list(*columns).union(returns.values_list(*columns), all=True)
    ):
        found[kind][school] = mark_of(kind, state, programme.county.slug, pk)
    return found[FILING.name], found[RETURN.name]


def mark_of(kind: str, state: int, county: str, pk: int) -> Mark:
    """Return a state as a mark; the county has no page for a plan that was never filed."""
    workflow, page = {FILING.name: (FILING, "county-filing"), RETURN.name: (RETURN, "county-return")}[kind]
    face, label = workflow.faces[state], workflow.states(state).label
    is_hidden = kind == FILING.name and state == FilingState.DRAFT
    url = "" if is_hidden else reverse(f"assessment:{page}", args=[county, pk])
    return Mark(label, face.tone, face.shape, url, FAR[kind].get(state, 1.0))


def choices(programme: Programme, school: School | None = None) -> tuple[dict[int, int], dict[int, int]]:
    """Return by school how many people have a choice proposed or further, and how many points are confirmed."""
    standing = Selection.objects.filter(
        programme=programme, state__in=STANDING, participant__ends_on__isnull=True
    )
    if school is not None:
        standing = standing.filter(school=school)
    rows = (
        standing.order_by()
        .values_list("school_id")
        .annotate(
            people=Count("participant_id", distinct=True),
            points=Count("chosen", filter=Q(state=SelectionState.CONFIRMED)),
        )
    )
    found = list(rows)
    return {school: people for school, people, _n in found}, {school: n for school, _people, n in found}


def people_with_all_hours(programme: Programme) -> Counter[int]:
    """Return by present school how many people have every hour of the programme recognised."""
    claims = HourClaim.objects.filter(programme=programme, state=ClaimState.RECOGNISED)
    rows = (
        claims.order_by()
        .values("person_id", "person__school_id")
        .annotate(
            online=Sum("hours", filter=Q(category=Category.ONLINE), default=0),
            practice=Sum("hours", filter=Q(category=Category.PRACTICE), default=0),
        )
        .filter(online__gte=programme.online_hours, practice__gte=programme.practice_hours)
    )
    return Counter(rows.values_list("person__school_id", flat=True))
