"""Claiming hours and moving claims on."""

from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.programme.calendar import require_open
from assessment.programme.models import Participant, PhaseKind
from assessment.training.days import refuse_beyond
from assessment.training.models import Category, HourClaim, Source
from assessment.workflow import move
from schools.access.actor import Actor
from schools.clock import today
from schools.files.receiving import receive
from schools.refusals import Forbidden, Refused

PROOF_LETTERS = ("D", "P")
PROOF_MEGABYTES = 20


@transaction.atomic
def claim(
    *,
    participant: Participant,
    category: Category,
    hours: Decimal,
    title: str,
    held_on: date,
    proof: UploadedFile | None,
    by: Actor,
) -> HourClaim:
    """Claim hours for one thing done; practice hours need a proof."""
    if by.person is None or by.person.pk != participant.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    if hours <= 0:
        raise Refused(_("Claim at least half an hour."), "hours")
    if held_on > today():
        raise Refused(_("This day lies ahead; hours are claimed when the thing is done."), "future")
    if category == Category.PRACTICE and proof is None:
        raise Refused(_("Practice hours need a proof: a photo, a sign-in sheet or a record."), "proof")
    require_open(participant.programme, PhaseKind.TRAIN, participant.school, participant)
    if category == Category.PRACTICE:
        refuse_beyond(participant, held_on, hours)
    stored = None
    if proof is not None:
        stored = receive(
            proof, county=participant.county, letters=PROOF_LETTERS, max_megabytes=PROOF_MEGABYTES, by=by.user
        )
    return HourClaim.objects.create(
        county_id=participant.county_id,
        school_id=participant.school_id,
        programme_id=participant.programme_id,
        participant=participant,
        person_id=participant.person_id,
        category=category,
        hours=hours,
        title=title.strip(),
        held_on=held_on,
        proof=stored,
    )


def enter(
    *,
    participant: Participant,
    category: Category,
    hours: Decimal,
    title: str,
    held_on: date,
    source: Source,
    origin: str,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> HourClaim:
    """Enter hours that a sign-in, a training or a provider's file shows; once per person and origin.

    The caller has checked the right and records who did it.
    """
    claim, _made = HourClaim.objects.get_or_create(
        programme_id=participant.programme_id,
        person_id=participant.person_id,
        origin=origin,
        defaults={
            "county_id": participant.county_id,
            "school_id": participant.school_id,
            "participant": participant,
            "category": category,
            "hours": hours,
            "title": title[:120],
            "held_on": held_on,
            "source": source,
            "begins_at": begins_at,
            "ends_at": ends_at,
        },
    )
    return claim


def attest(*, claim: HourClaim, by: Actor, version: int | None = None) -> Event:
    return move(claim, "attest", by=by, version=version)


def recognise(*, claim: HourClaim, by: Actor, version: int | None = None) -> Event:
    return move(claim, "recognise", by=by, version=version)


def refuse(*, claim: HourClaim, because: str, by: Actor, version: int | None = None) -> Event:
    return move(claim, "refuse", by=by, note=because, version=version)


def claim_again(*, claim: HourClaim, by: Actor, version: int | None = None) -> Event:
    return move(claim, "claim", by=by, version=version)
