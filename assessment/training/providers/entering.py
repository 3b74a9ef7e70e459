"""From matched rows to claims: new ones entered and vouched for, changed ones amended or corrected."""

from decimal import Decimal

from django.utils.translation import gettext as _

from assessment.moving import move_all
from assessment.training.corrections import correct, remaining
from assessment.training.models import HOUR_CLAIM, Category, ClaimState, HourClaim, Source
from assessment.training.providers.matching import Matched, Standing, origin_of
from assessment.training.providers.models import HourImport
from assessment.workflow import move
from schools.access.actor import Actor
from schools.refusals import Refused

BATCH = 500
Claims = dict[int, HourClaim]  # by line


def claim_of(hour_import: HourImport, row: Matched, hours: Decimal, origin: str) -> HourClaim:
    """Return the unwritten claim of a row."""
    entry, participant = row.entry, row.participant
    assert participant is not None and entry.finished_on is not None
    return HourClaim(
        county_id=hour_import.county_id,
        school=participant.school,
        programme=hour_import.programme,
        participant=participant,
        person_id=participant.person_id,
        category=Category.ONLINE,
        hours=hours,
        title=entry.course or entry.code,
        held_on=entry.finished_on,
        source=Source.IMPORT,
        origin=origin,
        state=HOUR_CLAIM.initial,
    )


def enter_all(hour_import: HourImport, rows: list[Matched], by: Actor) -> Claims:
    """Enter new hours; the file vouches for them, but for whoever imports it the school attests."""
    claims = {
        row.entry.line: claim_of(
            hour_import, row, row.entry.hours or Decimal(0), origin_of(hour_import.provider, row.entry.code)
        )
        for row in rows
    }
    HourClaim.objects.bulk_create(claims.values(), batch_size=BATCH)
    vouch(hour_import, list(claims.values()), by)
    return claims


def vouch(hour_import: HourImport, claims: list[HourClaim], by: Actor) -> None:
    """Move the claims to attested, all of them or none; one's own stay for the school."""
    own = by.person.pk if by.person else None
    others = [claim for claim in claims if claim.person_id != own]
    _done, refused = move_all(others, "vouch", by=by, details={"import": hour_import.pk})
    if refused:
        raise Refused(refused[0][1], "vouch")


def amend_all(hour_import: HourImport, rows: list[Matched], by: Actor) -> Claims:
    """Bring changed hours to what the newer file says, each in the way that its state allows."""
    claims: Claims = {}
    for row in rows:
        assert row.standing is not None
        difference = (row.entry.hours or Decimal(0)) - row.standing.hours
        if waiting := row.standing.open_claim:
            claims[row.entry.line] = amend(hour_import, waiting, difference, by)
        elif difference > 0:
            claims[row.entry.line] = supplement(hour_import, row, difference, by)
        else:
            claims[row.entry.line] = take_back(hour_import, row.standing, -difference, by)
    return claims


def amend(hour_import: HourImport, claim: HourClaim, difference: Decimal, by: Actor) -> HourClaim:
    """Change hours that wait to be recognised; the event keeps what stood there before."""
    details = {"import": hour_import.pk, "before": str(claim.hours)}
    move(claim, "amend", by=by, changes={"hours": claim.hours + difference}, details=details)
    return claim


def supplement(hour_import: HourImport, row: Matched, difference: Decimal, by: Actor) -> HourClaim:
    """Enter what the newer file has more than is recognised, as a claim of its own."""
    origin = f"{origin_of(hour_import.provider, row.entry.code)} +{hour_import.pk}"
    claim = claim_of(hour_import, row, difference, origin)
    claim.save()
    vouch(hour_import, [claim], by)
    return claim


def take_back(hour_import: HourImport, standing: Standing, hours: Decimal, by: Actor) -> HourClaim:
    """Take back what the newer file has less than is recognised, from the latest claim first."""
    because = _("A newer file of %(provider)s, “%(file)s”, says less.") % {
        "provider": hour_import.provider.name,
        "file": hour_import.file.name[:60],
    }
    row = standing.claims[0]
    for claim in sorted(standing.claims, key=lambda claim: -claim.pk):
        if claim.state == ClaimState.RECOGNISED and hours > 0 and (left := min(hours, remaining(claim))) > 0:
            row = correct(claim=claim, hours=left, because=because, by=by)
            hours -= left
    return row
