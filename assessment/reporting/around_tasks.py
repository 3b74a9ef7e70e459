"""What waits beside the assessment itself: surveys, circulars, activities, issues, people who need help."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from assessment.guiding.circulars.queries import UNREAD, own_receipts
from assessment.guiding.inspections.models import Issue, IssueState
from assessment.planning.inventory.models import Inventory, InventoryState
from assessment.programme.models import Participant
from assessment.reminding.risks.models import RiskFlag
from assessment.reporting.own_year import Task as OwnTask
from assessment.reporting.school_tasks import Desk, Task
from assessment.surveying.models import Answered
from assessment.surveying.queries import open_for
from assessment.training.activities.models import Activity, ActivityState
from assessment.training.activities.queries import open_to, own_sign_ins
from schools.access.permissions import Permission as P
from schools.clock import now


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits at a school: whose right, which rows, where, in which words."""

    permission: P
    rows: QuerySet[Any]
    page: str
    sentence: Any
    button: str
    tone: str = "waiting"


def kinds_at(desk: Desk) -> dict[str, Kind]:
    """Return what may wait at the school beside filings, choices, reviews and return."""
    school, programme = desk.school, desk.programme
    held = Activity.objects.filter(programme=programme, school=school, ends_at__lt=now())
    return {
        "inventory": Kind(
            P.FILE_PLANS,
            Inventory.objects.filter(school=school, state=InventoryState.RETURNED),
            "school-inventory",
            ngettext_lazy("The inventory came back.", "Inventories came back."),
            _("Read and change"),
            "attention",
        ),
        "issue": Kind(
            P.FILE_PLANS,
            Issue.objects.filter(school=school, state=IssueState.OPEN),
            "school-guidance",
            ngettext_lazy("An issue of an inspection waits to be mended.", "Issues wait to be mended."),
            _("Open"),
            "attention",
        ),
        "activity": Kind(
            P.LEAD_ACTIVITIES,
            held.filter(state__in=(ActivityState.PLANNED, ActivityState.OPEN), leader=desk.actor.person),
            "school-activities",
            ngettext_lazy(
                "An activity of yours is over: close it.", "Activities of yours are over: close them."
            ),
            _("Close"),
        ),
        "help": Kind(
            P.HELP_TEACHERS,
            unhelped(desk),
            "school-flags",
            ngettext_lazy(
                "A teacher needs help and nobody is named.", "Teachers need help and nobody is named."
            ),
            _("Name a helper"),
        ),
    }


def unhelped(desk: Desk) -> QuerySet[RiskFlag]:
    """Return the flags without a helper: a group head's groups, or the whole school's for its CIO."""
    flags = RiskFlag.objects.filter(programme=desk.programme, school=desk.school, cleared_at__isnull=True)
    groups = desk.actor.groups(P.HELP_TEACHERS)
    if groups and not desk.may(P.CONFIRM_SELECTIONS):
        flags = flags.filter(person__group__in=groups)
    return flags.filter(helper__isnull=True)


def school_tasks(desk: Desk) -> list[Task]:
    """Return these tasks for the reader; all counts come in one query."""
    kinds = {key: kind for key, kind in kinds_at(desk).items() if desk.may(kind.permission)}
    if not kinds:
        return []
    counts = counted({key: kind.rows for key, kind in kinds.items()})
    return [
        desk.task(str(kind.sentence % counts[key]), counts[key], None, kind.page, kind.button, kind.tone)
        for key, kind in kinds.items()
        if counts.get(key)
    ]


def counted(rows: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Count every kind in one query."""
    first, *others = (
        found.order_by().annotate(kind_of_task=Value(key)).values_list("kind_of_task", Count("pk"))
        for key, found in rows.items()
    )
    return dict(first.union(*others, all=True))


def own_tasks(participant: Participant) -> Iterator[OwnTask]:
    """Yield what waits for a teacher beside choice, evidence and hours, in four queries."""
    person = participant.person
    activities = list(open_to(participant).filter(state=ActivityState.OPEN))
    signed = own_sign_ins(person, activities)
    for activity in activities:
        if activity.pk not in signed:
            address = reverse("assessment:activity", args=[activity.pk])
            yield OwnTask(_("Sign in: %s") % activity.title, address, _("Sign in"), due=activity.ends_at)
    answered = Answered.objects.filter(person=person).values("questionnaire_id")
    for survey in open_for(participant).filter(closes_at__gt=now()).exclude(pk__in=answered):
        address = reverse("assessment:survey", args=[survey.pk])
        yield OwnTask(_("Answer the survey “%s”.") % survey.title, address, _("Answer"), due=survey.closes_at)
    if unread := own_receipts(person, UNREAD).order_by().count():
        sentence = ngettext("circular waits to be read.", "circulars wait to be read.", unread)
        yield OwnTask(sentence, reverse("assessment:circulars"), _("Read"), count=unread)
