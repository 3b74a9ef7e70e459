"""Reading groups' records with what was said of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from assessment.programme.models import Programme
from assessment.reviewing.group_records.models import GroupRecordReview, RecordState
from assessment.reviewing.group_records.records import ACTIVITY, TOPIC, Record, makers
from assessment.reviewing.panel import candidates
from assessment.reviewing.school_queries import GradeShown, shown
from microcapabilities.grades import Grade, lowest
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person

FULL = ("school__county", "group", "person", "filing", "activity", "programme")


def judged_records(
    programme: Programme, schools: Collection[School] | None = None
) -> QuerySet[GroupRecordReview]:
    """Return the judged reviews of groups' records of the programme, of all schools or some, in a fixed order."""
    rows = GroupRecordReview.objects.filter(programme=programme, state=RecordState.JUDGED)
    if schools is not None:
        rows = rows.filter(school__in=schools)
    return rows.select_related(*FULL).order_by("school_id", "pk")


@dataclass
class RecordRow:
    """One record with its reviews; `grade` is the lowest that was given."""

    record: Record
    reviews: list[GroupRecordReview] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.record.pk

    @property
    def at(self) -> datetime | None:
        return self.record.at

    @property
    def judged(self) -> list[GroupRecordReview]:
        return [one for one in self.reviews if one.state == RecordState.JUDGED]

    @property
    def grade(self) -> int | None:
        grades = [Grade(one.grade) for one in self.judged if one.grade]
        return lowest(grades).value if grades else None

    @property
    def shown(self) -> GradeShown | None:
        return shown(self.grade)

    @property
    def standing(self) -> int:
        """State by which a list sorts and filters: 0 where nobody is asked."""
        if self.judged:
            return int(RecordState.JUDGED)
        return int(RecordState.ASKED) if self.reviews else 0

    @property
    def state(self) -> GroupRecordReview:
        """The review whose state stands for the record: a judged one before an open one."""
        return (self.judged or self.reviews)[0]

    @property
    def reviewers(self) -> list[str]:
        return [one.person.name for one in self.reviews]


def standing_reviews() -> QuerySet[GroupRecordReview]:
    return GroupRecordReview.objects.exclude(state=RecordState.RELEASED)


def rows_of(records: Sequence[Record]) -> list[RecordRow]:
    """Return a row for each record, in one query."""
    ids: dict[str, list[int]] = {TOPIC: [], ACTIVITY: []}
    for record in records:
        ids[record.kind].append(record.pk)
    reviews = standing_reviews().filter(Q(filing__in=ids[TOPIC]) | Q(activity__in=ids[ACTIVITY]))
    beside: dict[tuple[str, int], list[GroupRecordReview]] = defaultdict(list)
    for one in reviews.select_related("person").order_by("pk"):
        beside[(TOPIC, one.filing_id) if one.filing_id else (ACTIVITY, one.activity_id)].append(one)
    return [RecordRow(record, beside[record.kind, record.pk]) for record in records]


def reviews_of(record: Record) -> QuerySet[GroupRecordReview]:
    """Return the reviews of one record that stand."""
    rows = standing_reviews().select_related(*FULL).order_by("pk")
    return rows.filter(filing=record.pk) if record.kind == TOPIC else rows.filter(activity=record.pk)


def may_be_asked(record: Record) -> list[Person]:
    """Return those of the school's panel who do not belong to the record's group and are not asked yet."""
    taken = makers(record) | set(reviews_of(record).values_list("person_id", flat=True))
    return [person for person in candidates(record.subject.school) if person.pk not in taken]


def own_reviews(person: Person | None) -> QuerySet[GroupRecordReview]:
    """Return what the person was asked to judge and what they judged, open ones first."""
    rows = (
        standing_reviews().filter(person=person).select_related(*FULL, "activity__leader", "filing__approved")
    )
    return rows.order_by("state", "-asked_at", "-pk")


def found_in_county(
    programme: Programme | None, *, q: str, standing: str, grade: str
) -> QuerySet[GroupRecordReview]:
    """Return the county's reviews of groups' records that words (of school) and filters leave."""
    rows = standing_reviews().filter(programme=programme).select_related(*FULL)
    if q:
        rows = rows.filter(school_named(q, "school__"))
    if standing:
        rows = rows.filter(state=int(standing))
    return rows.filter(grade=int(grade)) if grade else rows
