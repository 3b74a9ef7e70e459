"""Reading questionnaires: which there are, who is asked, who has answered."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from assessment.programme.models import Participant, Programme
from assessment.surveying.models import Answered, Question, Questionnaire
from schools.clock import now
from schools.organisations.models import School
from schools.people.models import Person


def held_by(programme: Programme | None, school: School | None) -> QuerySet[Questionnaire]:
    """Return the questionnaires of the county, or of one school, newest first."""
    rows = Questionnaire.objects.filter(programme=programme, school=school)
    return rows.select_related("school", "programme").order_by("-pk")


def readable_at(programme: Programme | None, school: School | None) -> QuerySet[Questionnaire]:
    """Return what is read at a place: its own, and at a school the county's published ones too."""
    rows = Questionnaire.objects.filter(programme=programme)
    if school is None:
        rows = rows.filter(school__isnull=True)
    else:
        rows = rows.filter(Q(school=school) | Q(school__isnull=True, published_at__isnull=False))
    return rows.select_related("school", "programme", "county").annotate(
        sent=Count("answered", filter=Q(answered__school=school) if school else None)
    )


def found_at(
    programme: Programme | None, school: School | None, *, q: str, sort: str
) -> QuerySet[Questionnaire]:
    """Return those of the place that the words and the kind leave."""
    rows = readable_at(programme, school)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(title_en__icontains=q))
    return rows.filter(sort=sort) if sort else rows


def questions_of(questionnaire: Questionnaire) -> list[Question]:
    """Return the questions by position."""
    return list(questionnaire.questions.order_by("position"))


def asked(questionnaire: Questionnaire, school: School | None = None) -> QuerySet[Participant]:
    """Return the participants who are asked, at one school where it is named."""
    rows = Participant.objects.filter(
        programme_id=questionnaire.programme_id, ends_on__isnull=True, excluded_because=""
    )
    place = questionnaire.school or school
    return rows.filter(school=place) if place else rows


def stragglers(questionnaire: Questionnaire, school: School, words: str = "") -> QuerySet[Participant]:
    """Return those of the school who are asked and have not answered; of a survey with names only."""
    done = Answered.objects.filter(questionnaire=questionnaire).values("person_id")
    rows = asked(questionnaire, school).exclude(person__in=done).select_related("person__group")
    return rows.filter(person__in=Person.objects.named_like(words)) if words else rows


@dataclass(frozen=True)
class SchoolShare:
    """How many of a school's asked people have answered."""

    name: str
    pinyin: str
    asked: int
    sent: int

    @property
    def percent(self) -> int:
        return round(100 * self.sent / self.asked) if self.asked else 0


def shares_by_school(questionnaire: Questionnaire) -> list[SchoolShare]:
    """Return per school how many are asked and have answered: two queries, nobody by name."""
    counted = asked(questionnaire).values("school_id", "school__name", "school__pinyin")
    rows = counted.annotate(n=Count("pk")).order_by("school__pinyin", "school_id")
    sent = dict(
        Answered.objects.filter(questionnaire=questionnaire)
        .values_list("school_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [
        SchoolShare(row["school__name"], row["school__pinyin"], row["n"], sent.get(row["school_id"], 0))
        for row in rows
    ]


def open_for(participant: Participant) -> QuerySet[Questionnaire]:
    """Return every published questionnaire that asks the participant and has opened, newest first."""
    rows = Questionnaire.objects.filter(
        Q(school__isnull=True) | Q(school_id=participant.school_id),
        programme_id=participant.programme_id,
        published_at__isnull=False,
        opens_at__lte=now(),
    )
    return rows.select_related("programme", "school").order_by("-published_at", "-pk")


def has_answered(questionnaire: Questionnaire, person: Person) -> bool:
    return Answered.objects.filter(questionnaire=questionnaire, person=person).exists()
