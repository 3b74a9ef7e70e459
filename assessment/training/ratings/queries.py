"""Reading ratings: averages from five on, and whose trainings were rated how."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.training.activities.models import Activity, SignIn
from assessment.training.courses.models import Attendance, Course
from assessment.training.ratings.models import Rated, Rating
from schools.people.models import Person

SHOWN_FROM = 5
QUESTIONS: dict[str, str | Promise] = {
    "content": _("The content fits what I need"),
    "trainer": _("The trainer explained clearly and was well prepared"),
    "use": _("I can use it in my lessons"),
}
Subject = Course | Activity


@dataclass(frozen=True)
class Average:
    """One question's average, to one decimal."""

    label: str | Promise
    value: float


@dataclass(frozen=True)
class Verdict:
    """What the ratings say together; below five nothing but their number."""

    count: int
    averages: list[Average]
    texts: list[str]

    @property
    def is_shown(self) -> bool:
        return self.count >= SHOWN_FROM


def of(subject: Subject) -> dict[str, Any]:
    """Return the condition for rows about a course or an activity."""
    return {"course": subject} if isinstance(subject, Course) else {"activity": subject}


def verdict_of(subject: Subject) -> Verdict:
    """Return the averages and words about one course or activity, once five have rated."""
    return verdict(Rating.objects.filter(**of(subject)))


def verdict_on(person: Person) -> Verdict:
    """Return what all the trainings that somebody gave or led were rated together."""
    given = Rating.objects.filter(course__trainers=person) | Rating.objects.filter(activity__leader=person)
    return verdict(Rating.objects.filter(pk__in=given.values("pk")))


def verdict(rows: QuerySet[Rating]) -> Verdict:
    facts = rows.aggregate(Avg("content"), Avg("trainer"), Avg("use"), n=Count("pk"))
    if facts["n"] < SHOWN_FROM:
        return Verdict(facts["n"], [], [])
    averages = [Average(label, round(facts[f"{name}__avg"], 1)) for name, label in QUESTIONS.items()]
    texts = rows.exclude(text="").order_by("pk").values_list("text", flat=True)
    return Verdict(facts["n"], averages, list(texts[:50]))


def may_rate(subject: Subject, person: Person) -> bool:
    """Say whether somebody was there and has not rated yet."""
    return was_there(subject, person) and not has_rated(subject, person)


def was_there(subject: Subject, person: Person) -> bool:
    if isinstance(subject, Course):
        return Attendance.objects.filter(course=subject, person=person).exists()
    return SignIn.objects.filter(activity=subject, person=person).exists()


def has_rated(subject: Subject, person: Person) -> bool:
    return Rated.objects.filter(person=person, **of(subject)).exists()
