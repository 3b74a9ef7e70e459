"""One person's ledger: every row with where it comes from and who passed it, the sums, and what is lacking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.programme.models import Programme
from assessment.training.flags import flags_of
from assessment.training.models import HOUR_CLAIM, ClaimState, HourClaim, Source
from assessment.training.providers.models import HourImportRow
from assessment.training.queries import CategorySum, lacking_hours

ATTESTING, RECOGNISING = ("attest", "vouch", "amend"), ("recognise", "recognise-correction")


@dataclass(frozen=True)
class Passed:
    """Who passed a row, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class LedgerRow:
    """One row of the ledger: the claim with its source in words, who passed it, words of refusal, flags.

    `left` is what remains of recognised hours after their corrections.
    """

    claim: HourClaim
    source: str
    attested: Passed | None
    recognised: Passed | None
    words: str
    flags: list[str]
    left: Decimal

    @property
    def can_be_corrected(self) -> bool:
        is_recognised = self.claim.state == ClaimState.RECOGNISED and self.claim.corrects_id is None
        return is_recognised and self.left > 0


@dataclass(frozen=True)
class InAll:
    """Recognised hours of both categories together, and what is lacking in words."""

    recognised: Decimal
    needed: int | None
    lacking: list[str]


def in_all(programme: Programme, sums: Iterable[CategorySum]) -> InAll:
    """Return what counts altogether, from the sums of the categories."""
    hours = {part.category: part.recognised for part in sums}
    return InAll(sum(hours.values(), Decimal(0)), programme.total_hours, lacking_hours(programme, hours))


def ledger_rows(
    claims: Iterable[HourClaim], *, at_school: int | None = None, is_own: bool = False
) -> list[LedgerRow]:
    """Return the rows of a page of the ledger; the number of queries does not depend on how many there are."""
    claims = list(claims)
    events, sources = events_of(claims), sources_of(claims)
    corrected = corrections_of(claims)
    flags = flags_of(claims, at_school=at_school, is_own=is_own)
    return [
        LedgerRow(
            claim=claim,
            source=sources.get(claim.pk) or str(claim.get_source_display()),
            attested=passed(events.get(claim.pk, []), ATTESTING),
            recognised=passed(events.get(claim.pk, []), RECOGNISING),
            words=words_of(claim, events.get(claim.pk, [])),
            flags=flags.get(claim.pk, []),
            left=claim.hours + corrected.get(claim.pk, Decimal(0)),
        )
        for claim in claims
    ]


def events_of(claims: list[HourClaim]) -> dict[int, list[Event]]:
    """Return the events of these claims by claim, oldest first; also those that another school wrote."""
    found: dict[int, list[Event]] = {}
    if not claims:
        return found
    rows = Event._base_manager.filter(
        county_id=claims[0].county_id,
        workflow=HOUR_CLAIM.name,
        subject_id__in=[claim.pk for claim in claims],
    )
    for event in rows.select_related("actor__person").order_by("version"):
        found.setdefault(event.subject_id, []).append(event)
    return found


def passed(events: list[Event], actions: tuple[str, ...]) -> Passed | None:
    """Return who took the latest of these steps."""
    for event in reversed(events):
        if event.action in actions:
            person = getattr(event.actor, "person", None)
            return Passed(person.name if person else _("Portal"), event.at)
    return None


def words_of(claim: HourClaim, events: list[Event]) -> str:
    """Return why a claim stands refused, or why a correction was made."""
    action = {ClaimState.REFUSED: "refuse"}.get(ClaimState(claim.state), "")
    if claim.corrects_id is not None:
        action = "recognise-correction"
    return next((event.note for event in reversed(events) if event.action == action), "")


def sources_of(claims: list[HourClaim]) -> dict[int, str]:
    """Return, for imported claims, provider, file and line of the row that brought them."""
    imported = [claim.pk for claim in claims if claim.source == Source.IMPORT]
    rows = HourImportRow.objects.filter(claim__in=imported, hour_import__committed_at__isnull=False)
    facts = rows.order_by("-pk").values_list(
        "claim", "hour_import__provider__name", "hour_import__file__name", "line"
    )
    return {
        pk: _("%(provider)s: “%(file)s”, row %(line)d") % {"provider": provider, "file": file, "line": line}
        for pk, provider, file, line in facts
    }


def corrections_of(claims: list[HourClaim]) -> dict[int, Decimal]:
    """Return by claim the sum (negative) of its corrections."""
    found: dict[int, Decimal] = {}
    if claims:
        rows = HourClaim._base_manager.filter(county_id=claims[0].county_id, corrects__in=claims)
        for pk, hours in rows.values_list("corrects", "hours"):
            found[pk] = found.get(pk, Decimal(0)) + hours
    return found
