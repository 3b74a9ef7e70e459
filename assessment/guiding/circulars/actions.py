"""Drafting, sending and withdrawing circulars, and confirming having read one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.guiding.circulars.addressees import addressees_of
from assessment.guiding.circulars.models import Circular, CircularSchool, Receipt
from assessment.guiding.enclosures.actions import enclose, take_in
from assessment.guiding.places import need, refuse_past
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now
from schools.notices.models import Notice
from schools.notices.telling import tell
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


@dataclass(frozen=True)
class Letter:
    """What a draft says and to whom it goes; no schools means all of them."""

    title: str
    text: str
    roles: Sequence[str]
    schools: Sequence[School] = ()
    is_to_all_schools: bool = True
    needs_receipt: bool = True
    due_on: date | None = None
    uploads: Sequence[UploadedFile] = ()
    without: Sequence[int] = field(default=())


def draft(*, county: County, letter: Letter, corrects: Circular | None = None, by: Actor) -> Circular:
    """Begin a circular; a correction names the sent one that it corrects."""
    need(by, Permission.PUBLISH, county)
    if corrects is not None and (corrects.sent_at is None or corrects.county_id != county.pk):
        raise Refused(_("Only a circular that was sent is corrected; change the draft itself."), "corrects")
    files = take_in(letter.uploads, county=county, by=by)
    with transaction.atomic():
        row = Circular(county=county, corrects=corrects, drafted_by=by.user)
        write(row, letter)
        enclose(row, files)
        record("circular-drafted", county=county, subject=f"circular {row.pk}", by=by)
    return row


def write(row: Circular, letter: Letter) -> None:
    """Write what the letter says into the row, and its schools beside it."""
    row.title, row.text = letter.title.strip(), letter.text.strip()
    row.roles, row.is_to_all_schools = list(letter.roles), letter.is_to_all_schools
    row.needs_receipt, row.due_on = letter.needs_receipt, letter.due_on
    row.save()
    row.targets.all().delete()
    schools = [] if letter.is_to_all_schools else letter.schools
    CircularSchool.objects.bulk_create(
        CircularSchool(county_id=row.county_id, circular=row, school=school) for school in schools
    )


def save(*, circular: Circular, letter: Letter, by: Actor) -> None:
    """Change a draft; `letter.without` names enclosures to take off it."""
    need(by, Permission.PUBLISH, circular.county)
    files = take_in(letter.uploads, county=circular.county, by=by)
    with transaction.atomic():
        fresh = locked(circular)
        refuse_sent(fresh)
        write(fresh, letter)
        fresh.enclosures.filter(pk__in=letter.without).delete()
        enclose(fresh, files)


def locked(circular: Circular) -> Circular:
    return Circular.objects.select_for_update().get(pk=circular.pk)


def refuse_sent(circular: Circular) -> None:
    if circular.sent_at is not None:
        raise Refused(_("This circular has been sent and stays as it is. Send a correction instead."), "sent")


@transaction.atomic
def send(*, circular: Circular, by: Actor) -> int:
    """Send a draft: a notice and a receipt for everybody addressed; returns how many they are."""
    need(by, Permission.PUBLISH, circular.county)
    fresh = locked(circular)
    refuse_sent(fresh)
    if fresh.due_on is not None:
        refuse_past(fresh.due_on)
    addressed = addressees_of(fresh)
    if not addressed:
        raise Refused(
            _("Nobody holds one of these roles at the chosen schools. Choose other roles or schools."),
            "addressees",
        )
    fresh.sent_at, fresh.sent_by = now(), by.user
    fresh.save(update_fields=["sent_at", "sent_by"])
    notices = tell_all(fresh, [one.person_id for one in addressed])
    Receipt.objects.bulk_create(
        Receipt(
            county_id=fresh.county_id,
            circular=fresh,
            school_id=one.school_id,
            person_id=one.person_id,
            notice_id=notices[one.person_id],
        )
        for one in addressed
    )
    subject = f"circular {fresh.pk}"
    record("circular-sent", county=fresh.county, subject=subject, by=by, people=len(addressed))
    circular.sent_at, circular.sent_by = fresh.sent_at, fresh.sent_by
    return len(addressed)


def tell_all(circular: Circular, people: list[int]) -> dict[int, int]:
    """Write one notice per person; returns notice ids by person id."""
    url = reverse("assessment:circular", args=[circular.pk])
    sentence = gettext_noop("Circular of the county: %(title)s")
    if circular.corrects_id:
        sentence = gettext_noop("Circular of the county, correcting an earlier one: %(title)s")
    tell(Person.objects.filter(pk__in=people), sentence, url=url, title=circular.title)
    return dict(Notice.objects.filter(url=url, person__in=people).values_list("person_id", "pk"))


@transaction.atomic
def withdraw(*, circular: Circular, because: str, by: Actor) -> None:
    """Withdraw a sent circular: it stays readable, marked, and everybody addressed is told."""
    need(by, Permission.PUBLISH, circular.county)
    if not because.strip():
        raise Refused(_("Please write why it is withdrawn."), "note")
    fresh = locked(circular)
    if fresh.sent_at is None or fresh.withdrawn_at is not None:
        raise Refused(_("Only a circular that was sent can be withdrawn, and once."), "withdrawn")
    fresh.withdrawn_at, fresh.withdrawn_by = now(), by.user
    fresh.withdrawn_because = because.strip()[:200]
    fresh.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    addressed = Person.objects.filter(circular_receipts__circular=fresh)
    sentence = gettext_noop("Withdrawn: circular “%(title)s”")
    url = f"{reverse('assessment:circular', args=[fresh.pk])}#withdrawn"
    tell(addressed, sentence, url=url, title=fresh.title)
    record("circular-withdrawn", county=fresh.county, subject=f"circular {fresh.pk}", by=by)


@transaction.atomic
def confirm(*, receipt: Receipt, by: Actor) -> None:
    """Confirm having read a circular, once; the first time counts. Its notice is read with it."""
    if by.person is None or by.person.pk != receipt.person_id:
        raise Forbidden(_("This was sent to somebody else."), "own")
    moment = now()
    Receipt.objects.filter(pk=receipt.pk, read_at__isnull=True).update(read_at=moment)
    Notice.objects.filter(pk=receipt.notice_id, read_at__isnull=True).update(read_at=moment)


@transaction.atomic
def remind(*, circular: Circular, by: Actor) -> int:
    """Tell everybody again who has not confirmed it; at most one such notice waits unread; returns how many."""
    need(by, Permission.PUBLISH, circular.county)
    if circular.sent_at is None or circular.withdrawn_at is not None or not circular.needs_receipt:
        raise Refused(_("Nobody has to confirm this circular now."), "receipt")
    url = f"{reverse('assessment:circular', args=[circular.pk])}#read"
    waiting = Notice.objects.filter(url=url, read_at__isnull=True).values("person_id")
    people = Person.objects.filter(
        circular_receipts__circular=circular, circular_receipts__read_at__isnull=True, is_active=True
    ).exclude(pk__in=waiting)
    count = people.count()
    sentence = gettext_noop("Please read the circular and confirm it: %(title)s")
    tell(people, sentence, url=url, title=circular.title)
    record(
        "circular-reminded", county=circular.county, subject=f"circular {circular.pk}", by=by, people=count
    )
    return count
