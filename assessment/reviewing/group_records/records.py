"""The records of teaching groups that can be judged: agreed topic plans and closed activities."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.models import Filing, FilingKind
from assessment.programme.models import Programme
from assessment.training.activities.models import Activity, ActivityState
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Membership, Person

TOPIC, ACTIVITY = "topic", "activity"
KINDS: dict[str, str | Promise] = {TOPIC: _("Topic plan"), ACTIVITY: _("Activity")}
WITH_PLACES = ("school__county", "group", "programme__county")


@dataclass(frozen=True)
class Record:
    """One record: a topic plan or an activity, its group, and since when it stands."""

    kind: str
    subject: Filing | Activity
    at: datetime | None

    @property
    def pk(self) -> int:
        return int(self.subject.pk)

    @property
    def title(self) -> str:
        return self.subject.title

    @property
    def group(self) -> TeachingGroup:
        assert self.subject.group is not None
        return self.subject.group

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind])

    def __str__(self) -> str:
        return self.title


def records_at(school: School, programme: Programme, groups: set[int] | None = None) -> list[Record]:
    """Return the school's records, of all groups or of those with the ids; two queries."""
    plans = Filing.objects.filter(
        school=school, programme=programme, kind=FilingKind.TOPIC, approved__isnull=False
    )
    held = Activity.objects.filter(
        school=school, programme=programme, group__isnull=False, state=ActivityState.CLOSED
    )
    if groups is not None:
        plans, held = plans.filter(group__in=groups), held.filter(group__in=groups)
    agreed = plans.select_related("group").defer("content").annotate(at=F("approved__filed_at"))
    found = [Record(TOPIC, plan, plan.at) for plan in agreed]
    found += [Record(ACTIVITY, one, one.begins_at) for one in held.select_related("group").defer("record")]
    return found


def record_named(kind: str, pk: int, school: School) -> Record | None:
    """Return one record of the school, or None where it does not stand (yet)."""
    found: Filing | Activity | None = None
    if kind == TOPIC:
        plans = Filing.objects.select_related("approved", *WITH_PLACES)
        found = plans.filter(pk=pk, school=school, kind=FilingKind.TOPIC, approved__isnull=False).first()
        return Record(TOPIC, found, found.approved.filed_at) if found and found.approved else None
    if kind == ACTIVITY:
        held = Activity.objects.select_related("leader", "partner", *WITH_PLACES)
        found = held.filter(pk=pk, school=school, group__isnull=False, state=ActivityState.CLOSED).first()
        return Record(ACTIVITY, found, found.begins_at) if found else None
    return None


def makers(record: Record) -> set[int]:
    """Return the ids of those whose record it is: the group's members and heads, and who led the activity."""
    people = set(Person.objects.filter(group=record.group).values_list("pk", flat=True))
    heads = Membership.objects.filter(group=record.group, role="group-head", ends_on__isnull=True)
    people |= set(heads.values_list("person_id", flat=True))
    if isinstance(record.subject, Activity):
        people.add(record.subject.leader_id)
    return people
