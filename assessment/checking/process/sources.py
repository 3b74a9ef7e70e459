"""What can be sampled of the process, kind by kind: the rows, what each says of itself, and where it is seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.checking.process.models import ProcessKind
from assessment.programme.models import Programme
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.group_records.queries import judged_records
from assessment.training.activities.models import Activity, ActivityState
from assessment.training.models import ClaimState, HourClaim


@dataclass(frozen=True)
class Source:
    """One kind of rows."""

    rows: Callable[[Programme], QuerySet[Any]]
    said: Callable[[Any], str]
    address: Callable[[Any], str]


def recognised(programme: Programme) -> QuerySet[HourClaim]:
    """Return recognised hours; counter-entries are none that somebody earned."""
    rows = HourClaim.objects.filter(programme=programme, state=ClaimState.RECOGNISED, corrects__isnull=True)
    return rows.select_related("person", "school", "county")


def hours_said(claim: HourClaim) -> str:
    return _("%(name)s: %(title)s, %(hours)s hours on %(day)s") % {
        "name": claim.person.name,
        "title": claim.title,
        "hours": f"{float(claim.hours):g}",
        "day": f"{claim.held_on:%Y-%m-%d}",
    }


def closed(programme: Programme) -> QuerySet[Activity]:
    """Return activities that were held and closed."""
    rows = Activity.objects.filter(programme=programme, state=ActivityState.CLOSED)
    return rows.select_related("school", "county")


def activity_said(activity: Activity) -> str:
    return f"{activity.get_kind_display()}: {activity.title}, {activity.begins_at:%Y-%m-%d}"


def record_said(review: GroupRecordReview) -> str:
    return f"{review.group}: {review.filing or review.activity}, {review.get_grade_display()}"


SOURCES: dict[str, Source] = {
    ProcessKind.HOURS: Source(
        recognised,
        hours_said,
        lambda row: reverse("assessment:county-person-hours", args=[row.county.slug, row.person_id]),
    ),
    ProcessKind.ACTIVITIES: Source(
        closed,
        activity_said,
        lambda row: reverse("assessment:county-activities", args=[row.county.slug]),
    ),
    ProcessKind.RECORDS: Source(
        judged_records,
        record_said,
        lambda row: reverse("assessment:county-group-records", args=[row.school.county.slug]),
    ),
}
