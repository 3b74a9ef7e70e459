"""Choosing, proposing, endorsing and confirming."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.programme.models import Participant
from assessment.selecting.models import Selection, SelectionPoint, SelectionState
from assessment.workflow import PORTAL, move
from microcapabilities.models import Point
from schools.access.actor import Actor
from schools.refusals import Forbidden, Refused

EDITABLE = (SelectionState.DRAFT, SelectionState.RETURNED)


@transaction.atomic
def choose(
    *,
    participant: Participant,
    codes: Collection[str],
    goal: str = "",
    measure: str = "",
    problem: str = "",
    by: Actor,
) -> Selection:
    """Write the participant's draft: points by code, the goal, how it will be seen, the problem addressed."""
    if by.person is None or by.person.pk != participant.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    Participant.objects.select_for_update().get(pk=participant.pk)
    latest = participant.selections.order_by("-number").first()
    if latest is not None and latest.state in (SelectionState.PROPOSED, SelectionState.ENDORSED):
        raise Refused(_("Your choice is being talked over. It can be changed when it comes back."), "pending")
    points = list(Point.objects.filter(catalogue=participant.programme.catalogue, code__in=codes))
    if unknown := set(codes) - {point.code for point in points}:
        raise Refused(_("There is no point %s in this catalogue.") % ", ".join(sorted(unknown)), "unknown")
    draft = latest if latest is not None and latest.state in EDITABLE else new_version(participant, latest)
    draft.goal, draft.measure, draft.problem = goal.strip(), measure.strip(), problem.strip()
    draft.save(update_fields=["goal", "measure", "problem"])
    draft.chosen.all().delete()
    SelectionPoint.objects.bulk_create(
        SelectionPoint(county_id=draft.county_id, school_id=draft.school_id, selection=draft, point=point)
        for point in points
    )
    return draft


def new_version(participant: Participant, latest: Selection | None) -> Selection:
    """Open the next version of the participant's choice."""
    return Selection.objects.create(
        county_id=participant.county_id,
        school_id=participant.school_id,
        programme=participant.programme,
        participant=participant,
        person_id=participant.person_id,
        number=latest.number + 1 if latest else 1,
    )


def propose(*, selection: Selection, by: Actor, version: int | None = None) -> Event:
    return move(selection, "propose", by=by, version=version)


def endorse(*, selection: Selection, agreed: str, by: Actor, version: int | None = None) -> Event:
    """Endorse after the talk; `agreed` is its record, kept with the event."""
    return move(selection, "endorse", by=by, note=agreed, version=version)


@transaction.atomic
def confirm(*, selection: Selection, by: Actor, version: int | None = None) -> Event:
    """Confirm the choice with the catalogue's edition; the one confirmed before is replaced with it."""
    earlier = Selection.objects.filter(
        participant_id=selection.participant_id, state=SelectionState.CONFIRMED
    )
    for replaced in earlier:
        move(replaced, "supersede", by=PORTAL, details={"by_number": selection.number})
    edition = {"catalogue": selection.programme.catalogue}
    return move(selection, "confirm", by=by, version=version, changes=edition)


def send_back(*, selection: Selection, note: str, by: Actor, version: int | None = None) -> Event:
    return move(selection, "return", by=by, note=note, version=version)
