"""Reading reviews for their quality: two queries for any number of schools.

Compared are the two reviews of an attempt that were finished first: a third is asked for only where those two
disagree, and would make every panel look worse than it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet

from assessment.programme.models import Programme
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.reviewing.quality.readings import Readings
from schools.people.models import Person

A_DAY = 86_400
Grades = dict[int, dict[int, int]]


class Done(NamedTuple):
    """A finished review, as read: its ids, and when it was asked for and finished."""

    pk: int
    school: int
    person: int
    attempt: int
    asked_at: datetime
    finished_at: datetime


@dataclass
class Read:
    """What was read: by school id, and by reviewer within a school as (school id, person id)."""

    schools: dict[int, Readings] = field(default_factory=lambda: defaultdict(Readings))
    reviewers: dict[tuple[int, int], Readings] = field(default_factory=lambda: defaultdict(Readings))

    def of(self, review: Done) -> Readings:
        """Return the readings of a review's reviewer."""
        return self.reviewers[review.school, review.person]


def finished(
    programme: Programme, schools: Collection[int] | None, person: Person | None
) -> QuerySet[Review]:
    """Return finished reviews of the programme: all, those at schools with the ids, those beside a person's own."""
    rows = Review.objects.filter(submission__programme=programme, state=ReviewState.FINISHED)
    if schools is not None:
        rows = rows.filter(school__in=schools)
    if person is not None:
        own = Review.objects.filter(person=person, state=ReviewState.FINISHED)
        rows = rows.filter(attempt__in=own.values("attempt"))
    return rows


def readings(
    programme: Programme, schools: Collection[int] | None = None, person: Person | None = None
) -> Read:
    """Return what is known of the programme's reviews, of all schools or some, or of the works a person read."""
    found, reviews = Read(), finished(programme, schools, person)
    columns = ("pk", "school_id", "person_id", "attempt_id", "assigned_at", "finished_at")
    rows = [Done(*row) for row in reviews.order_by("attempt_id", "finished_at", "pk").values_list(*columns)]
    grades: Grades = defaultdict(dict)
    given = ItemGrade.objects.filter(review__in=reviews.values("pk"))
    for review, item, grade in given.values_list("review_id", "item_id", "grade").iterator():
        grades[review][item] = grade
    for _attempt, beside in groupby(rows, key=lambda review: review.attempt):
        compare(found, list(beside), grades)
    return found


def compare(found: Read, reviews: list[Done], grades: Grades) -> None:
    """Add the finished reviews of one attempt, earliest first, to what was read."""
    for review in reviews:
        days = (review.finished_at - review.asked_at).total_seconds() / A_DAY
        found.schools[review.school].days.append(days)
        found.of(review).days.append(days)
    if len(reviews) < 2:
        return
    first, second = reviews[:2]
    ones, others = grades[first.pk], grades[second.pk]
    if ones and others:
        pair(found, first, second, min(ones.values()), min(others.values()), of_items=False)
    for item in ones.keys() & others.keys():
        pair(found, first, second, ones[item], others[item], of_items=True)
    for review in reviews:
        beside = [grades[other.pk] for other in reviews if other is not review]
        drift(found.of(review), grades[review.pk], beside)


def pair(found: Read, first: Done, second: Done, one: int, other: int, *, of_items: bool) -> None:
    """Add two grades of the same thing: to the school as they came, to each reviewer the own one first."""
    found.schools[first.school].add_pair(one, other, of_items=of_items)
    found.of(first).add_pair(one, other, of_items=of_items)
    found.of(second).add_pair(other, one, of_items=of_items)


def drift(into: Readings, own: dict[int, int], beside: Iterable[dict[int, int]]) -> None:
    """Add how far the own grades lie from the mean of the others' of the same items."""
    others = list(beside)
    for item, grade in own.items():
        given = [grades[item] for grades in others if item in grades]
        if given:
            into.add_drift(grade - sum(given) / len(given), 1)


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
