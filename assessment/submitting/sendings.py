"""Files on their way to an item: begun, laid when the last byte has arrived, refused, or given up."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.urls import reverse

from assessment.submitting.actions import lay, require_own, require_room
from assessment.submitting.models import Evidence, Sending, Submission
from microcapabilities.models import EvidenceItem
from schools.access.actor import Actor
from schools.files import arrivals
from schools.files.models import Arrival
from schools.files.receiving import MEGABYTE, received, refuse_ending, refuse_size
from schools.refusals import Refused


@dataclass(frozen=True)
class ItemPlace:
    """An item of one's own submission as a destination of arriving files."""

    submission: Submission
    item: EvidenceItem
    by: Actor

    @property
    def max_bytes(self) -> int:
        return self.item.max_megabytes * MEGABYTE

    def begin(self, name: str, size: int) -> Arrival:
        return begin(submission=self.submission, item=self.item, name=name, size=size, by=self.by).arrival

    def address(self, arrival: Arrival) -> str:
        return reverse("assessment:upload", args=[arrival.key])

    def take(self, arrival: Arrival, path: Path) -> None:
        take(sending=arrival.sending, path=path, by=self.by)


@transaction.atomic
def begin(*, submission: Submission, item: EvidenceItem, name: str, size: int, by: Actor) -> Sending:
    """Expect a file for an item; everything that can be known before its first byte is refused here."""
    require_own(submission, by)
    refuse_size(name, size, item.max_megabytes)
    refuse_ending(name, item.kinds)
    require_room(submission, item)
    assert by.user is not None
    arrival = arrivals.begin(county=submission.county, name=name, size=size, by=by.user)
    return Sending.objects.create(
        county_id=submission.county_id,
        school_id=submission.school_id,
        arrival=arrival,
        submission=submission,
        item=item,
    )


def take(*, sending: Sending, path: Path, by: Actor) -> Evidence:
    """Lay the file whose bytes are all at `path` on its item; a refusal ends it and keeps the sentence."""
    submission, item, arrival = sending.submission, sending.item, sending.arrival
    try:
        require_room(submission, item)
        with received(
            path,
            county=submission.county,
            name=arrival.name,
            letters=item.kinds,
            max_megabytes=item.max_megabytes,
            max_minutes=item.max_minutes,
            by=by.user,
        ) as stored:
            evidence = lay(submission=submission, item=item, file=stored, by=by)
            arrivals.complete(arrival)
            Sending.objects.filter(pk=sending.pk).update(evidence=evidence)
    except Refused as refusal:
        if refusal.code not in ("storage", "gone"):  # the disk's fault, or given up: nothing to keep
            refuse(sending=sending, because=str(refusal))
        raise
    arrivals.drop_bytes(arrival)
    return evidence


def refuse(*, sending: Sending, because: str) -> None:
    """End the file and keep the sentence for its owner; its bytes go."""
    with transaction.atomic():
        Sending.objects.filter(pk=sending.pk).update(refusal=because)
        arrivals.end(sending.arrival)
    arrivals.drop_bytes(sending.arrival)


def give_up(*, sending: Sending, by: Actor) -> None:
    """Forget a file that has not been laid, with its bytes."""
    require_own(sending.submission, by)
    arrivals.remove(sending.arrival)
