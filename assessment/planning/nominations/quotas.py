"""Places of the training team: how many there are by school and subject, and how many are taken."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from assessment.planning.bodies.models import BodyKind, Seat
from assessment.planning.nominations.models import Nomination, NominationState, TeamQuota
from assessment.programme.models import Programme
from schools.organisations.models import School
from schools.refusals import Refused


@dataclass(frozen=True)
class Places:
    """One quota with the places taken by trainers, and the nominations of it that wait."""

    quota: TeamQuota
    taken: int
    waiting: int

    @property
    def whose(self) -> str:
        """The school and subject that the quota is for, in words."""
        return whose(self.quota)

    @property
    def left(self) -> int:
        return max(0, self.quota.places - self.taken)


def whose(quota: TeamQuota) -> str:
    """Return the school and subject of a quota in words."""
    place = quota.school.name if quota.school else _("the whole county")
    subject = quota.subject or _("all subjects")
    return f"{place} · {subject}"


def trainers() -> QuerySet[Seat]:
    """Return the running seats of people on the county's training team."""
    return Seat.objects.filter(
        body__school__isnull=True,
        body__kind=BodyKind.TRAINING_TEAM,
        person__isnull=False,
        ended_on__isnull=True,
    )


def quotas_for(programme: Programme, school: School, subject: str) -> list[TeamQuota]:
    """Return the quotas that a person of this school and subject falls under."""
    rows = TeamQuota.objects.filter(programme=programme, subject__in=["", subject])
    return list(
        rows.filter(Q(school=school) | Q(school__isnull=True)).select_related("school").order_by("pk")
    )


def places_of(programme: Programme, school: School | None = None) -> list[Places]:
    """Return the quotas of the county, or those that hold for one school, with what is taken; three queries."""
    rows = TeamQuota.objects.filter(programme=programme).select_related("school")
    if school:
        rows = rows.filter(Q(school=school) | Q(school__isnull=True))
    seated = set(trainers().values_list("person_id", "person__school_id", "subject"))
    waiting = Nomination.objects.filter(programme=programme, state=NominationState.NOMINATED)
    asked = set(waiting.values_list("person_id", "school_id", "subject"))
    return [
        Places(quota, counted(quota, seated), counted(quota, asked))
        for quota in rows.order_by("school__pinyin", "subject", "pk")
    ]


def counted(quota: TeamQuota, people: Iterable[tuple[int | None, int | None, str]]) -> int:
    """Count the people of (person, school, subject) that fall under a quota, each once."""
    return len(
        {
            person
            for person, school_id, subject in people
            if quota.school_id in (None, school_id) and quota.subject in ("", subject)
        }
    )


def require_place(programme: Programme, school: School, subject: str, *, counts_waiting: bool) -> None:
    """Refuse where a quota is used up, with its figures.

    A school nominates no more than its own places, those that wait included; the county's places are taken
    by selecting alone.
    """
    known = {places.quota.pk: places for places in places_of(programme, school)}
    for quota in quotas_for(programme, school, subject):
        places = known[quota.pk]
        if counts_waiting and quota.school_id is None:
            continue
        taken = places.taken + (places.waiting if counts_waiting else 0)
        if taken >= quota.places:
            raise Refused(
                _("%(whose)s: %(taken)d of %(places)d places are taken. The county can raise the quota.")
                % {"whose": whose(quota), "taken": taken, "places": quota.places},
                "quota",
            )
