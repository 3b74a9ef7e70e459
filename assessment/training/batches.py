"""Attesting and recognising many claims at once; what is flagged is done only where it was ticked by itself."""

from collections.abc import Iterable

from django.db import transaction

from assessment.moving import Refusals, move_all
from assessment.training.flags import flags_of
from assessment.training.models import HourClaim
from schools.access.actor import Actor

Versions = dict[int, int | None]


@transaction.atomic
def attest_all(
    *,
    claims: Iterable[HourClaim],
    despite: set[int],
    at_school: int,
    by: Actor,
    versions: Versions | None = None,
) -> tuple[list[HourClaim], Refusals]:
    """Vouch for these as the school; `despite` are ids ticked by themselves though flagged."""
    plain, flagged = apart(list(claims), despite, at_school)
    done, refused = move_all(plain, "attest", by=by, versions=versions)
    return done, [*flagged, *refused]


@transaction.atomic
def recognise_all(
    *, claims: Iterable[HourClaim], despite: set[int], by: Actor, versions: Versions | None = None
) -> tuple[list[HourClaim], Refusals]:
    """Recognise these as the county; `despite` are ids ticked by themselves though flagged."""
    plain, flagged = apart(list(claims), despite, None)
    done, refused = move_all(plain, "recognise", by=by, versions=versions)
    return done, [*flagged, *refused]


def apart(
    claims: list[HourClaim], despite: set[int], at_school: int | None
) -> tuple[list[HourClaim], Refusals]:
    """Return the claims to be moved, and those left standing with the teacher's name and what is odd."""
    flags = flags_of([claim for claim in claims if claim.pk not in despite], at_school=at_school)
    flagged = [
        (claim, " ".join((f"{claim.person.name}.", *flags[claim.pk])))
        for claim in claims
        if claim.pk in flags
    ]
    return [claim for claim in claims if claim.pk not in flags], flagged
