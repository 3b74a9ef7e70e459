"""Correcting recognised hours: never the row itself, always a further row that takes hours away and says why."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.training.models import ClaimState, HourClaim, Source
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.notices.telling import tell
from schools.refusals import Forbidden, Refused, Stale


def remaining(claim: HourClaim) -> Decimal:
    """Return what is left of a claim's hours after its corrections."""
    taken: Decimal | None = HourClaim._base_manager.filter(
        county_id=claim.county_id, corrects=claim
    ).aggregate(sum=Sum("hours"))["sum"]
    return claim.hours + (taken or Decimal(0))


@transaction.atomic
def correct(
    *, claim: HourClaim, hours: Decimal, because: str, by: Actor, seen: Decimal | None = None
) -> HourClaim:
    """Take `hours` (more than nothing) away from a recognised claim; `seen` is what the page said was left.

    Raises Refused where more is taken than is left, Stale where another correction came between.
    """
    if not by.can(Permission.RECOGNISE_HOURS, claim.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    corrected = HourClaim.objects.select_for_update().get(pk=claim.pk)
    if corrected.state != ClaimState.RECOGNISED or corrected.corrects_id is not None:
        raise Refused(_("Only recognised hours are corrected; others are refused."), "state")
    left = remaining(corrected)
    if seen is not None and seen != left:
        raise Stale(_("Somebody was quicker. The page now shows how things stand."), "stale")
    if hours <= 0 or hours > left:
        raise Refused(_("Take away more than 0 and at most %s hours: so many are left.") % left, "hours")
    row = HourClaim.objects.create(
        county_id=corrected.county_id,
        school_id=corrected.school_id,
        programme_id=corrected.programme_id,
        participant_id=corrected.participant_id,
        person_id=corrected.person_id,
        category=corrected.category,
        hours=-hours,
        title=corrected.title,
        held_on=corrected.held_on,
        source=Source.CORRECTION,
        corrects=corrected,
    )
    move(row, "recognise-correction", by=by, note=because, details={"corrects": corrected.pk})
    tell(
        [claim.person],
        gettext_noop("%(hours)s hours of “%(title)s” were taken back. The ledger says why."),
        url=reverse("assessment:hours"),
        hours=str(hours),
        title=corrected.title[:60],
    )
    return row
