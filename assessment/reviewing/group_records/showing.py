"""A group's record and its judgements as pages show them, and a judgement as a form sends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from assessment.planning.kinds import TOPIC as TOPIC_KIND
from assessment.planning.listing import points_named
from assessment.planning.models import Filing
from assessment.planning.reading import shown as fields_shown
from assessment.reviewing.drafts import GRADES
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.group_records.records import Record
from assessment.reviewing.queue import Choice
from assessment.reviewing.queue import choices as three_grades
from assessment.reviewing.school_queries import GradeShown
from assessment.reviewing.school_queries import shown as grade_shown
from assessment.training.activities.models import Activity

LONGEST = 4000


@dataclass(frozen=True)
class JudgementShown:
    """One judgement, its grade as a pill (or None while it is asked for)."""

    review: GroupRecordReview
    grade: GradeShown | None


@dataclass(frozen=True)
class JudgementTyped:
    """What somebody has typed into the form of a judgement."""

    grade: int | None
    advice: str


def typed(posted: QueryDict) -> JudgementTyped:
    grade = GRADES.get(str(posted.get("grade", "")))
    return JudgementTyped(grade.value if grade else None, str(posted.get("advice", ""))[:LONGEST])


def choices(chosen: int | None) -> list[Choice]:
    return three_grades(chosen)


def judgements(reviews: Iterable[GroupRecordReview]) -> list[JudgementShown]:
    return [JudgementShown(review, grade_shown(review.grade)) for review in reviews]


def contents(record: Record) -> dict[str, Any]:
    """Return what the record says: `fields` of an agreed topic plan, or `activity` with points and files."""
    subject = record.subject
    if isinstance(subject, Filing):
        content = subject.approved.content if subject.approved else {}
        return {"fields": fields_shown(TOPIC_KIND, content, points_named(subject, content))}
    assert isinstance(subject, Activity)
    return {
        "activity": subject,
        "points": list(subject.points.all()),
        "outputs": list(subject.outputs.select_related("file").order_by("pk")),
        "came": subject.sign_ins.count(),
    }
