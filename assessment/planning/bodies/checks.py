"""Invariants of bodies, nominations and inventories."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F

from assessment.events import Event
from assessment.planning.bodies.models import BodyKind, Seat
from assessment.planning.inventory.models import Inventory, InventoryState
from assessment.planning.nominations.models import NOMINATION, Nomination, NominationState
from schools.audit.models import AuditEntry
from schools.invariants import Found, invariant
from schools.people.models import Membership


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def nobody_selects_themselves() -> Found:
    owners = dict(Nomination._base_manager.values_list("pk", "person_id"))
    decided = Event.objects.filter(workflow=NOMINATION.name, action__in=["select", "decline"])
    rows = decided.values_list("subject_id", "action", "actor__person__pk")
    broken = [
        f"nomination {subject}: {action} by the one nominated"
        for subject, action, actor in rows.iterator()
        if actor is not None and owners.get(subject) == actor
    ]
    return len(owners), broken


@invariant(10, "A child's tenant equals its parent's.")
def people_sit_where_they_belong() -> Found:
    chosen = Nomination._base_manager.filter(state=NominationState.SELECTED)
    broken = [f"nomination {pk}: selected without a seat" for pk in pks(chosen.filter(seat__isnull=True))]
    astray = chosen.filter(seat__isnull=False).exclude(
        seat__person=F("person"), seat__body__kind=BodyKind.TRAINING_TEAM, seat__body__school__isnull=True
    )
    broken += [f"nomination {pk}: its seat is another's" for pk in pks(astray)]
    return Nomination._base_manager.count() + Seat._base_manager.count(), broken


def pks(rows):  # type: ignore[no-untyped-def]
    """Return the ids of rows."""
    return rows.values_list("pk", flat=True)


@invariant(15, "A removed role or account holds no open assignment.")
def retired_trainers_hold_no_role() -> Found:
    retired = AuditEntry.objects.filter(act="trainer-retired").values_list("subject", flat=True)
    seats = Seat._base_manager.filter(
        pk__in=[int(subject.rpartition(" ")[2]) for subject in retired], ended_on__isnull=False
    )
    ended = dict(seats.order_by("ended_on", "pk").values_list("person_id", "ended_on"))
    held = Membership._base_manager.filter(role="trainer", ends_on__isnull=True, person__in=ended)
    broken = [
        f"membership {pk}: older than the end of its holder's last term as trainer"
        for pk, person, since in held.values_list("pk", "person_id", "starts_on")
        if since < (ended[person] or since)
    ]
    return Seat._base_manager.count(), broken


@invariant(17, "Every figure of a report equals its recount from base rows.")
def environments_were_confirmed() -> Found:
    """The environments of a school are those of its last confirmed inventory, once it has one."""
    confirmed = Inventory._base_manager.filter(state=InventoryState.CONFIRMED)
    last = {row.school_id: row for row in confirmed.select_related("school").order_by("edition")}
    broken = [
        f"school {pk}: has {row.school.environments}, its inventory {row.pk} says {row.environments}"
        for pk, row in last.items()
        if row.school.environments != row.environments
    ]
    return len(last), broken + list(gaps())


def gaps() -> Iterator[str]:
    """Yield schools whose inventories are not counted 1, 2, 3."""
    counts = Counter(Inventory._base_manager.values_list("school_id", flat=True))
    for school_id, edition in Inventory._base_manager.order_by("edition").values_list("school_id", "edition"):
        if edition > counts[school_id]:
            yield f"school {school_id}: edition {edition} of {counts[school_id]} inventories"
