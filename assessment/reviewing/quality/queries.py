"""Reading reviews for their quality: counted by the database, in four queries for any number of schools.

Compared are the two reviews of an attempt that were finished first: a third is asked for only where those two
disagree, and would make every panel look worse than it is.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum

from assessment.programme.models import Programme
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.reviewing.quality.readings import Readings
from schools.people.models import Person

A_DAY = 86_400


@dataclass
class Read:
    """What was read: by school id, and by reviewer within a school as (school id, person id)."""

    schools: dict[int, Readings] = field(default_factory=lambda: defaultdict(Readings))
    reviewers: dict[tuple[int, int], Readings] = field(default_factory=lambda: defaultdict(Readings))


def finished(programme: Programme, schools: Collection[int] | None) -> QuerySet[Review]:
    """Return the finished reviews of the programme, of all schools or of those with the ids."""
    rows = Review.objects.filter(submission__programme=programme, state=ReviewState.FINISHED)
    return rows if schools is None else rows.filter(school__in=schools)


def in_pairs(rows: QuerySet[Any], attempt: str) -> QuerySet[Any]:
    """Annotate `first` and `second`: the ids of the two reviews of an attempt that were finished first."""
    both = Review.objects.filter(attempt=OuterRef(attempt), state=ReviewState.FINISHED)
    in_turn = both.order_by("finished_at", "pk").values("pk")
    return rows.annotate(first=Subquery(in_turn[:1]), second=Subquery(in_turn[1:2]))


def of_second() -> Subquery:
    return Subquery(Review.objects.filter(pk=OuterRef("second")).values("person")[:1])


def pairs_of_works(reviews: QuerySet[Review], person: Person | None) -> QuerySet[Any]:
    """Return (school, first reviewer, second reviewer, grade, other grade, count) of works read twice."""
    grades = ItemGrade.objects.order_by("grade").values("grade")
    rows = in_pairs(reviews, "attempt").filter(pk=F("first"), second__isnull=False)
    rows = rows.annotate(
        one=F("person"),
        two=of_second(),
        grade=Subquery(grades.filter(review=OuterRef("pk"))[:1]),
        other=Subquery(grades.filter(review=OuterRef("second"))[:1]),
    )
    return counted(rows, person)


def pairs_of_items(reviews: QuerySet[Review], person: Person | None) -> QuerySet[Any]:
    """Return (school, first reviewer, second reviewer, grade, other grade, count) of items graded twice."""
    grades = in_pairs(ItemGrade.objects.filter(review__in=reviews), "review__attempt")
    beside = ItemGrade.objects.filter(review=OuterRef("second"), item=OuterRef("item")).values("grade")
    rows = grades.filter(review=F("first"), second__isnull=False)
    rows = rows.annotate(one=F("review__person"), two=of_second(), other=Subquery(beside[:1]))
    return counted(rows, person)


def counted(rows: QuerySet[Any], person: Person | None) -> QuerySet[Any]:
    rows = rows.filter(grade__isnull=False, other__isnull=False)
    if person is not None:
        rows = rows.filter(Q(one=person.pk) | Q(two=person.pk))
    alike = rows.order_by().values("school_id", "one", "two", "grade", "other").annotate(count=Count("pk"))
    return alike.values_list("school_id", "one", "two", "grade", "other", "count")


def drifts(reviews: QuerySet[Review], person: Person | None) -> QuerySet[Any]:
    """Return (school, reviewer, sum of own grade minus the mean of the others', items) of items graded by several."""
    same = ItemGrade.objects.filter(
        ~Q(review=OuterRef("review")),
        review__attempt=OuterRef("review__attempt"),
        review__state=ReviewState.FINISHED,
        item=OuterRef("item"),
    )
    mean = same.order_by().values("item").annotate(mean=Avg("grade")).values("mean")
    rows = ItemGrade.objects.filter(review__in=reviews)
    if person is not None:
        rows = rows.filter(review__person=person)
    rows = rows.annotate(others=Subquery(mean, output_field=FloatField())).filter(others__isnull=False)
    drift = Sum(F("grade") - F("others"), output_field=FloatField())
    alike = rows.order_by().values("school_id", "review__person").annotate(drift=drift, items=Count("pk"))
    return alike.values_list("school_id", "review__person", "drift", "items")


def readings(
    programme: Programme, schools: Collection[int] | None = None, person: Person | None = None
) -> Read:
    """Return what is known of the programme's reviews, of all schools or some, of all reviewers or of one."""
    found, reviews = Read(), finished(programme, schools)
    if person is not None:
        own = Review.objects.filter(person=person, state=ReviewState.FINISHED)
        reviews = reviews.filter(attempt__in=own.values("attempt"))
    for of_items, rows in ((False, pairs_of_works(reviews, person)), (True, pairs_of_items(reviews, person))):
        for school, one, two, grade, other, count in rows:
            found.schools[school].add_pair(grade, other, count, of_items=of_items)
            found.reviewers[school, one].add_pair(grade, other, count, of_items=of_items)
            found.reviewers[school, two].add_pair(other, grade, count, of_items=of_items)
    for school, who, drift, items in drifts(reviews, person):
        found.reviewers[school, who].add_drift(drift, items)
    taken = reviews if person is None else reviews.filter(person=person)
    for school, who, asked_at, finished_at in taken.values_list(
        "school_id", "person_id", "assigned_at", "finished_at"
    ):
        days = (finished_at - asked_at).total_seconds() / A_DAY
        found.schools[school].days.append(days)
        found.reviewers[school, who].days.append(days)
    return found


def own_readings(programme: Programme, person: Person) -> Readings:
    """Return the person's own readings over all schools; nobody else's name or figure is in them."""
    together = Readings()
    for (_school, who), one in readings(programme, person=person).reviewers.items():
        if who == person.pk:
            together.works.update(one.works)
            together.items.update(one.items)
            together.add_drift(one.drift, one.compared)
            together.days.extend(one.days)
    return together
