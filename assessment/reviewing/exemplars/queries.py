"""Reading exemplars: to keep, to agree to, to practise on; and who has practised."""

from collections.abc import Sequence

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from assessment.programme.models import Programme
from assessment.reviewing.exemplars.models import Exemplar, ExemplarState, Practice, PracticeGrade
from assessment.submitting.models import Submission, SubmissionState
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person

FULL = (
    "school__county",
    "person",
    "attempt",
    "submission__point",
    "submission__school",
    "submission__programme",
)
DECIDED = (SubmissionState.PASSED, SubmissionState.FAILED, SubmissionState.ACCEPTED)


def kept_by(programme: Programme | None, school: School | None) -> QuerySet[Exemplar]:
    """Return the exemplars that a school keeps, or without one the county; with how many have practised."""
    rows = Exemplar.objects.filter(submission__programme=programme, is_for_county=school is None)
    if school is not None:
        rows = rows.filter(school=school)
    return rows.select_related(*FULL).annotate(practised=Count("practices"))


def candidates_for(
    programme: Programme | None, school: School | None, *, q: str, grade: str
) -> QuerySet[Submission]:
    """Return released work of a school, or of the county, that nobody was asked about yet."""
    asked = Exemplar.objects.filter(submission=OuterRef("pk")).exclude(state=ExemplarState.DECLINED)
    rows = Submission.objects.filter(programme=programme, state__in=DECIDED).exclude(Exists(asked))
    if school is not None:
        rows = rows.filter(school=school)
    if q:
        people = Q(person__in=Person.objects.named_like(q)) | Q(point__code__iexact=q)
        rows = rows.filter(people if school is not None else people | school_named(q, "school__"))
    if grade:
        rows = rows.filter(grade=int(grade))
    return rows.select_related("person", "point", "school")


def asked_of(person: Person | None) -> QuerySet[Exemplar]:
    """Return what a teacher was asked about, open questions first."""
    return Exemplar.objects.filter(person=person).select_related(*FULL).order_by("state", "-asked_at", "-pk")


def may_practise(actor: Actor, exemplar: Exemplar) -> bool:
    """Say whether somebody may practise on it: reviewers of the county or the school, never its teacher."""
    if actor.person is None or actor.person.pk == exemplar.person_id:
        return False
    if exemplar.is_for_county:
        reviews = (right for right in actor.rights if Permission.REVIEW in right.permissions)
        return any(right.county_id == exemplar.county_id for right in reviews)
    return actor.can(Permission.REVIEW, exemplar.school)


def open_to(actor: Actor) -> list[Exemplar]:
    """Return what the actor may practise on, in the order of the points; `mine` says whether it is done."""
    rows = Exemplar.objects.filter(state=ExemplarState.SHOWN, submission__programme__is_current=True)
    mine = Practice.objects.filter(exemplar=OuterRef("pk"), person=actor.person)
    rows = rows.select_related(*FULL).annotate(mine=Exists(mine))
    return [row for row in rows.order_by("submission__point__position", "pk") if may_practise(actor, row)]


def practice_of(person: Person | None, exemplar: Exemplar) -> Practice | None:
    """Return the person's practice on an exemplar with its grades, or None."""
    rows = Practice.objects.filter(person=person, exemplar=exemplar).prefetch_related("grades")
    return rows.first()


def agreement_of(person: Person | None) -> tuple[int, int]:
    """Return on how many items of the current programme the person agreed in practice, and of how many."""
    rows = PracticeGrade.objects.filter(
        practice__person=person, practice__exemplar__submission__programme__is_current=True
    )
    found = rows.aggregate(agreed=Count("pk", filter=Q(grade=F("agreed"))), of=Count("pk"))
    return found["agreed"], found["of"]


def practices_on(exemplars: Sequence[Exemplar] | QuerySet[Exemplar]) -> QuerySet[Practice]:
    """Return who practised on some exemplars, with on how many items they agreed."""
    rows = Practice.objects.filter(exemplar__in=exemplars).select_related("person__school")
    agreed = Count("grades", filter=Q(grades__grade=F("grades__agreed")))
    return rows.annotate(agreed=agreed, items=Count("grades")).order_by("person__pinyin", "pk")
