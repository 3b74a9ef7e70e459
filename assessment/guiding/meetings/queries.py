"""Reading minutes of a place."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from assessment.guiding.meetings.models import Minutes
from schools.organisations.models import School


def minutes_listed(school: School | None, words: str = "", kind: str = "") -> QuerySet[Minutes, Any]:
    """Return the minutes of the school, or those of the county itself, the latest first."""
    rows = Minutes.objects.filter(school=school)
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(attendees__icontains=words) | Q(decisions__what__icontains=words)
        )
    if kind:
        rows = rows.filter(kind=kind)
    rows = Minutes.objects.filter(pk__in=rows.values("pk"))
    return rows.annotate(decision_count=Count("decisions"), issue_count=Count("decisions__issue")).order_by(
        "-held_on", "-pk"
    )
