"""What trainers have done, counted by the stages that know: each registers a label and a count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.bodies.models import BodyKind, Seat

Counts = Callable[[list[int]], dict[int, int]]


@dataclass(frozen=True)
class Figure:
    """One figure of a trainer's service; `counts` takes ids of persons and leaves out those without any."""

    key: str
    label: str | Promise
    counts: Counts


FIGURES: dict[str, Figure] = {}


def figure(key: str, label: str | Promise) -> Callable[[Counts], Counts]:
    """Register a count under its key; a stage above calls this where its module is read at the start."""

    def register(counts: Counts) -> Counts:
        FIGURES[key] = Figure(key, label, counts)
        return counts

    return register


def service_of(person_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return every figure of every person, by id of the person and key of the figure."""
    ids = sorted(set(person_ids))
    counted = {key: one.counts(ids) if ids else {} for key, one in FIGURES.items()}
    return {pk: {key: counts.get(pk, 0) for key, counts in counted.items()} for pk in ids}


@figure("terms", _("Terms"))
def terms(person_ids: list[int]) -> dict[int, int]:
    """Count the terms in the county's training team, the present one included."""
    seats = Seat.objects.filter(
        body__school__isnull=True, body__kind=BodyKind.TRAINING_TEAM, person__in=person_ids
    )
    return dict(seats.order_by().values_list("person_id").annotate(n=Count("pk")))
