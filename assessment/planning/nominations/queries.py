"""Reading nominations and the training team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.events import Event
from assessment.planning.bodies.models import Employment, Seat
from assessment.planning.bodies.service import FIGURES, service_of
from assessment.planning.nominations.models import NOMINATION, Nomination, NominationState
from assessment.planning.nominations.quotas import trainers
from assessment.programme.models import Programme
from schools.clock import today
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person

STATE_OF = {
    "nominated": NominationState.NOMINATED,
    "selected": NominationState.SELECTED,
    "declined": NominationState.DECLINED,
    "withdrawn": NominationState.WITHDRAWN,
}
RUNNING, OVER = "running", "over"


@dataclass(frozen=True)
class Trainer:
    """One running seat of the training team with what its holder has done."""

    seat: Seat
    figures: dict[str, int]
    is_over: bool

    @property
    def label(self) -> str | Promise:
        return _("Term over") if self.is_over else _("Term runs")

    @property
    def tone(self) -> str:
        return "attention" if self.is_over else "good"

    @property
    def shape(self) -> str:
        return "dot" if self.is_over else "check"

    @property
    def cells(self) -> list[tuple[str | Promise, int]]:
        """The figures under their labels, in the order in which they were registered."""
        return [(one.label, self.figures[key]) for key, one in FIGURES.items()]


def nominations_of(programme: Programme, words: str = "", employment: str = "") -> QuerySet[Nomination]:
    """Return the nominations that the words (of person or school) and the kind leave."""
    rows = Nomination.objects.filter(programme=programme)
    if words:
        people = Person.objects.named_like(words)
        rows = rows.filter(school_named(words, "school__") | Q(person__in=people) | Q(subject=words))
    if employment in Employment.values:
        rows = rows.filter(employment=employment)
    return rows.select_related("person", "school", "programme").order_by("school__pinyin", "pk")


def counts_by_state(programme: Programme) -> list[tuple[str, str | Promise, int]]:
    """Return (key, label, count) for every tab of the county's list."""
    rows = Nomination.objects.filter(programme=programme).order_by().values_list("state")
    counts = dict(rows.annotate(n=Count("pk")))
    return [(key, state.label, counts.get(state, 0)) for key, state in STATE_OF.items()]


def nominations_at(programme: Programme, school: School) -> QuerySet[Nomination]:
    """Return a school's nominations, those that wait first."""
    rows = Nomination.objects.filter(programme=programme, school=school)
    return rows.select_related("person", "school", "programme").order_by("state", "-pk")


def notes_of(nominations: Iterable[Nomination]) -> dict[int, str]:
    """Return why nominations were declined, by id; one query."""
    declined = [row.pk for row in nominations if row.state == NominationState.DECLINED]
    events = Event.objects.filter(workflow=NOMINATION.name, action="decline", subject_id__in=declined)
    return dict(events.values_list("subject_id", "note"))


def team(words: str = "", origin: str = "", term: str = "") -> QuerySet[Seat]:
    """Return the running seats of trainers that words (of person or school), origin and term leave."""
    rows = trainers()
    if words:
        people = Person.objects.named_like(words)
        rows = rows.filter(school_named(words, "person__school__") | Q(person__in=people) | Q(subject=words))
    if origin:
        rows = rows.filter(origin=origin)
    if term:
        is_over = Q(until__isnull=False, until__lt=today())
        rows = rows.filter(is_over if term == OVER else ~is_over)
    return rows.select_related("person__school", "body__county").order_by("person__pinyin", "pk")


def with_service(seats: Sequence[Seat]) -> list[Trainer]:
    """Return the seats of a page, each with the figures of its holder."""
    served = service_of(seat.person_id for seat in seats if seat.person_id)
    moment = today()
    return [
        Trainer(seat, served[seat.person_id or 0], bool(seat.until and seat.until < moment)) for seat in seats
    ]
