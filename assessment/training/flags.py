"""What looks odd about claims: more practice than a day holds, times that overlap, a proof used twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.training.models import Category, ClaimState, HourClaim, Source
from assessment.training.queries import plain
from schools.clock import SHANGHAI

Flags = dict[int, list[str]]
FACTS = (
    "pk",
    "programme_id",
    "person_id",
    "category",
    "hours",
    "title",
    "held_on",
    "begins_at",
    "ends_at",
    "programme__most_hours_a_day",
)


def flags_of(
    claims: Iterable[HourClaim], *, at_school: int | None = None, is_own: bool = False
) -> dict[int, list[str]]:
    """Return by claim id what is odd about it, in two queries however many there are.

    A school (`at_school`, its id) does not read who of another school used the same proof; somebody who
    looks at their own (`is_own`) is told of their own claims only.
    """
    shown = [claim for claim in claims if claim.corrects_id is None and claim.state != ClaimState.REFUSED]
    flags: Flags = defaultdict(list)
    if not shown:
        return flags
    beside = claims_beside(shown)
    for claim in shown:
        known = beside[claim.programme_id, claim.person_id]
        flags[claim.pk] += full_day(claim, known)
        flags[claim.pk] += overlaps(claim, known)
    proofs = proofs_of(shown)
    for claim in shown:
        flags[claim.pk] += same_proof(claim, proofs.get(claim.pk, []), at_school, is_own)
    return {pk: sentences for pk, sentences in flags.items() if sentences}


@dataclass
class Beside:
    """One person's claims that are not refused, by day."""

    days: dict[date, list[Any]] = field(default_factory=lambda: defaultdict(list))
    timed: list[Any] = field(default_factory=list)


def claims_beside(claims: list[HourClaim]) -> dict[tuple[int, int], Beside]:
    """Return every claim of these people, wherever it stands in the county."""
    found: dict[tuple[int, int], Beside] = defaultdict(Beside)
    rows = (
        HourClaim._base_manager.filter(
            county_id=claims[0].county_id,
            programme__in={claim.programme_id for claim in claims},
            person__in={claim.person_id for claim in claims},
        )
        .exclude(state=ClaimState.REFUSED)
        .order_by("pk")
        .values_list(*FACTS, named=True)
    )
    for row in rows:
        person = found[row.programme_id, row.person_id]
        if row.category == Category.PRACTICE:
            person.days[row.held_on].append(row)
        if row.begins_at and row.ends_at and row.hours > 0:
            person.timed.append(row)
    return found


def full_day(claim: HourClaim, known: Beside) -> Iterator[str]:
    """Say what the claim's day adds up to where that is more than a day may hold."""
    rows = known.days.get(claim.held_on, []) if claim.category == Category.PRACTICE else []
    total = sum((row.hours for row in rows), Decimal(0))
    if rows and total > (most := rows[0].programme__most_hours_a_day):
        parts = " + ".join(plain(row.hours) for row in rows if row.hours > 0)
        yield _("%(total)s h on %(day)s: %(parts)s. A day holds %(most)s.") % {
            "total": plain(total),
            "day": date_format(claim.held_on, "MONTH_DAY_FORMAT"),
            "parts": parts,
            "most": most,
        }


def overlaps(claim: HourClaim, known: Beside) -> Iterator[str]:
    """Name the other claims of the same person whose times lie across this one's."""
    if not claim.begins_at or not claim.ends_at:
        return
    for row in known.timed:
        if row.pk != claim.pk and row.begins_at < claim.ends_at and claim.begins_at < row.ends_at:
            yield _("Overlaps with “%(title)s”, %(begin)s to %(end)s.") % {
                "title": row.title,
                "begin": clock(row.begins_at),
                "end": clock(row.ends_at),
            }


def proofs_of(claims: list[HourClaim]) -> dict[int, list[Any]]:
    """Return by claim id those people's claims of the county that carry the same proof."""
    with_proof = [claim.pk for claim in claims if claim.proof_id and claim.source == Source.CLAIM]
    if not with_proof:
        return {}
    county = HourClaim._base_manager.filter(county_id=claims[0].county_id, source=Source.CLAIM)
    prints = county.filter(pk__in=with_proof).values("proof__sha256")
    found: dict[str, list[Any]] = defaultdict(list)
    rows = county.filter(proof__sha256__in=prints).exclude(state=ClaimState.REFUSED).order_by("pk")
    for row in rows.values_list(
        "pk", "person_id", "person__name", "school_id", "title", "held_on", "proof__sha256", named=True
    ):
        found[row.proof__sha256].append(row)
    return {row.pk: rows for rows in found.values() if len(rows) > 1 for row in rows}


def same_proof(claim: HourClaim, rows: list[Any], at_school: int | None, is_own: bool) -> Iterator[str]:
    """Say whose claim carries the very same file."""
    for row in rows:
        if row.pk != claim.pk and (not is_own or row.person_id == claim.person_id):
            yield told_of(row, claim, at_school)
            return


def told_of(row: Any, claim: HourClaim, at_school: int | None) -> str:
    values = {"name": row.person__name, "title": row.title, "day": row.held_on.isoformat()}
    if row.person_id == claim.person_id:
        return _("The same proof as “%(title)s” on %(day)s.") % values
    if at_school is not None and row.school_id != at_school:
        return _("The same proof as a claim at another school.")
    return _("The same proof as %(name)s's claim “%(title)s” on %(day)s.") % values


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment, SHANGHAI):%H:%M}"
