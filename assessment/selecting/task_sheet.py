"""A teacher's task sheet 任务单: what the confirmed choice asks for, item by item, with hours and last days."""

from dataclasses import dataclass
from datetime import datetime

from assessment.papers import Paper
from assessment.programme.calendar import closing_time
from assessment.programme.models import PhaseKind, Programme
from assessment.selecting.models import Selection
from microcapabilities.models import EvidenceItem, Point
from schools.organisations.models import School


@dataclass(frozen=True)
class Task:
    """One point with what is to be handed in for it."""

    point: Point
    items: list[EvidenceItem]


@dataclass(frozen=True)
class TaskSheet:
    """All that one teacher has to do in the programme; days are None where no phase is set."""

    selection: Selection
    paper: Paper
    tasks: list[Task]
    credits: int
    agreed: str
    submit_by: datetime | None
    train_by: datetime | None


def task_sheet(selection: Selection, paper: Paper, agreed: str) -> TaskSheet:
    """Return the sheet of a confirmed choice whose points are prefetched."""
    programme: Programme = selection.programme
    school: School = selection.school
    points = Point.objects.filter(pk__in=[row.point_id for row in selection.chosen.all()])
    tasks = [
        Task(point, point.items_for(school.item_stage))
        for point in points.prefetch_related("items").order_by("position")
    ]
    return TaskSheet(
        selection,
        paper,
        tasks,
        sum(task.point.credits for task in tasks),
        agreed,
        closing_time(programme, PhaseKind.SUBMIT, school, selection.participant),
        closing_time(programme, PhaseKind.TRAIN, school, selection.participant),
    )
