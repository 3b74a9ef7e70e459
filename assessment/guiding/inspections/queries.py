"""Reading inspections and issues, those that are late marked."""

from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from assessment.guiding.inspections.models import Inspection, Issue, IssueState
from schools.clock import today
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person

OVERDUE = "overdue"
WITH_PLACES = ("school__county", "county", "owner", "group", "inspection", "proof")


def is_late() -> Q:
    """Return the condition of what is still to be mended after its day."""
    return Q(state=IssueState.OPEN, due_on__lt=today())


def issues() -> QuerySet[Issue, Any]:
    """Return issues with all that a page shows; `is_overdue` says which are late."""
    late = ExpressionWrapper(is_late(), output_field=BooleanField())
    return Issue.objects.select_related(*WITH_PLACES).annotate(is_overdue=late)


def issues_listed(
    words: str = "", state: str = "", school: str = "", severity: str = "", due: str = ""
) -> QuerySet[Issue, Any]:
    """Return issues by what the county's board asks for; `school` is an id."""
    found = issues()
    if words:
        people = Person.objects.named_like(words)
        found = found.filter(
            Q(title__icontains=words) | school_named(words, "school__") | Q(owner__in=people)
        )
    if state:
        found = found.filter(state=int(state))
    if school:
        found = found.filter(school_id=int(school))
    if severity:
        found = found.filter(severity=int(severity))
    if due == OVERDUE:
        found = found.filter(is_late())
    return found.order_by("due_on", "pk")


def issues_at(school: School) -> QuerySet[Issue, Any]:
    """Return the school's issues, those to be mended first."""
    return issues().filter(school=school).order_by("state", "due_on", "pk")


def open_issues(school: School) -> tuple[int, int]:
    """Return how many issues of the school are to be mended, and how many of them are late."""
    rows = Issue.objects.filter(school=school).aggregate(
        waiting=Count("pk", filter=Q(state=IssueState.OPEN)), late=Count("pk", filter=is_late())
    )
    return rows["waiting"], rows["late"]


def waiting_for_county() -> int:
    """Return how many issues the county has to look at."""
    return Issue.objects.filter(state=IssueState.MENDED).count()


def inspections_listed(
    words: str = "", level: str = "", topic: str = "", school: str = ""
) -> QuerySet[Inspection, Any]:
    """Return inspections, the latest first, each with its issues counted."""
    rows = Inspection.objects.select_related("school")
    if words:
        rows = rows.filter(
            school_named(words, "school__") | Q(members__icontains=words) | Q(summary__icontains=words)
        )
    if level:
        rows = rows.filter(level=level)
    if topic:
        rows = rows.filter(topic=topic)
    if school:
        rows = rows.filter(school_id=int(school))
    unclosed = ~Q(issues__state=IssueState.CLOSED) & Q(issues__isnull=False)
    return rows.annotate(
        issue_count=Count("issues"), unclosed_count=Count("issues", filter=unclosed)
    ).order_by("-day", "-pk")
