"""Writing an inventory, stating it, confirming it: only then the school's environments change."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.planning.inventory.models import FACTS, Inventory, InventoryState
from assessment.workflow import move
from microcapabilities.models import Environment
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused


@transaction.atomic
def write(
    *, school: School, facts: Mapping[str, Any], environments: str, reason: str, by: Actor
) -> Inventory:
    """Write the open edition, or begin the next one where the last is confirmed; `facts` by name of FACTS."""
    if not by.can(Permission.FILE_PLANS, school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    claimed = "".join(letter for letter in Environment.values if letter in environments)
    if not claimed:
        raise Refused(_("Please claim at least one environment."), "environments")
    School.objects.select_for_update().get(pk=school.pk)
    last = Inventory.objects.select_for_update().filter(school=school).order_by("-edition").first()
    if last is not None and last.state == InventoryState.STATED:
        raise Refused(_("The inventory is with the county and cannot be edited now."), "stated")
    said = {name: facts[name] for name in FACTS if name in facts}
    said |= {"environments": claimed, "reason": reason.strip()}
    if last is None or last.state == InventoryState.CONFIRMED:
        edition = last.edition + 1 if last else 1
        return Inventory.objects.create(county_id=school.county_id, school=school, edition=edition, **said)
    for name, value in said.items():
        setattr(last, name, value)
    last.save(update_fields=list(said))
    return last


def state(*, inventory: Inventory, by: Actor, version: int | None = None) -> Event:
    """Say to the county that this is what the school has."""
    return move(inventory, "state", by=by, version=version)


@transaction.atomic
def confirm(*, inventory: Inventory, by: Actor, version: int | None = None) -> Event:
    """Confirm the inventory and set the school's environments; a change is recorded as [old, new]."""
    event = move(inventory, "confirm", by=by, version=version)
    school = School.objects.select_for_update().get(pk=inventory.school_id)
    claimed = inventory.environments
    if school.environments != claimed:
        School.objects.filter(pk=school.pk).update(environments=claimed)
        record(
            "environments-changed",
            county=inventory.county,
            school=school,
            subject=f"inventory {inventory.pk}",
            by=by,
            environments=[school.environments, claimed],
        )
    return event


def send_back(*, inventory: Inventory, remarks: str, by: Actor, version: int | None = None) -> Event:
    return move(inventory, "return", by=by, note=remarks, version=version)
