"""The terms of trainers: renewed for another one, or retired with their post and role."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.planning.bodies.actions import close, require_keeper
from assessment.planning.bodies.models import Seat
from assessment.planning.nominations.quotas import trainers
from schools.access.actor import Actor
from schools.access.appointing import dismiss
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import today
from schools.notices.telling import tell
from schools.organisations.models import County
from schools.people.models import Membership
from schools.refusals import Forbidden, Refused

RENEWED = gettext_noop("Your term on the county's training team now runs until %(day)s.")
RETIRED = gettext_noop("Your term on the county's training team has ended. Thank you for your work.")


def require_office(county: County, by: Actor) -> None:
    """Refuse whoever may not both keep the county's bodies and appoint its trainers."""
    require_keeper(county, None, by)
    if not by.can(Permission.APPOINT_LEADERS, county):
        raise Forbidden(_("You may not do this here."), "forbidden")


def check_other(seat: Seat, by: Actor) -> None:
    """Refuse acts about one's own term, and those without a reason or about a seat of another body."""
    if by.person is not None and by.person.pk == seat.person_id:
        raise Refused(_("This is your own term; somebody else has to do this."), "own")
    if not trainers().filter(pk=seat.pk).exists():
        raise Refused(_("This seat has ended already."), "ended")


@transaction.atomic
def renew(*, seat: Seat, until: date | None, reason: str, by: Actor) -> Seat:
    """Close the present term and open another under the same post; the old one stays in the history."""
    county = seat.body.county
    require_office(county, by)
    check_other(seat, by)
    if not reason.strip():
        raise Refused(_("Please say why the term is renewed."), "reason")
    if until is None or until <= max(today(), seat.until or today()):
        raise Refused(_("The new term has to end later than the present one, and ahead of today."), "term")
    close(seat, min(today(), seat.until or today()), _("Renewed: %s") % reason.strip(), by)
    renewed = Seat.objects.create(
        county_id=seat.county_id,
        body=seat.body,
        post=seat.post,
        person=seat.person,
        origin=seat.origin,
        subject=seat.subject,
        employment=seat.employment,
        starts_on=max(today(), seat.starts_on),
        until=until,
    )
    record(
        "term-renewed",
        county=county,
        subject=f"seat {renewed.pk}",
        by=by,
        before=seat.pk,
        until=until.isoformat(),
        reason=reason.strip(),
    )
    tell([seat.person], RENEWED, day=until.isoformat())
    return renewed


@transaction.atomic
def retire(*, seat: Seat, reason: str, by: Actor) -> None:
    """End every seat of the person on the training team and their role of trainer, with the reason."""
    county = seat.body.county
    require_office(county, by)
    check_other(seat, by)
    if not reason.strip():
        raise Refused(_("Please say why the term ends."), "reason")
    for row in trainers().filter(person_id=seat.person_id).select_related("person"):
        close(row, today(), reason.strip(), by)
    held = Membership.objects.filter(person_id=seat.person_id, role="trainer", ends_on__isnull=True)
    for membership in held.select_related("school", "county"):
        dismiss(membership=membership, by=by)
    record("trainer-retired", county=county, subject=f"seat {seat.pk}", by=by, reason=reason.strip())
    tell([seat.person], RETIRED)


def suggested_end(seat: Seat) -> date:
    """Return the day with which the form of a renewal begins: a year after the present end."""
    return max(seat.until or today(), today()) + timedelta(days=365)
