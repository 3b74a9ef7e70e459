"""What spot checks said about each school's results."""

from django.db.models import Count, Q

from assessment.checking.models import CaseState, SpotCheckCase
from assessment.programme.models import Programme


def verdicts_by_school(programme: Programme) -> dict[int, tuple[int, int]]:
    """Return (decided cases, overturned ones) by school id, in one query."""
    decided = SpotCheckCase.objects.filter(
        draw__programme=programme, state__in=(CaseState.UPHELD, CaseState.OVERTURNED)
    )
    rows = (
        decided.order_by()
        .values_list("school")
        .annotate(Count("pk"), overturned=Count("pk", filter=Q(state=CaseState.OVERTURNED)))
    )
    return {school: (checked, overturned) for school, checked, overturned in rows}
