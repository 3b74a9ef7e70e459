"""Invariants of hours: their sums, where imported ones come from, and that nobody passes their own."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Sum

from assessment.events import Event
from assessment.programme.models import Programme
from assessment.training.models import HOUR_CLAIM, ClaimState, HourClaim, Source
from assessment.training.providers.models import HourImport, HourImportRow, RowOutcome
from assessment.training.queries import recognised_hours
from schools.invariants import Found, invariant

PASSING = ("attest", "vouch", "amend", "recognise", "recognise-correction")
ENTERED = (RowOutcome.NEW, RowOutcome.CHANGED)


@invariant(4, "Credits are sums over accepted points; one point counts once.")
def recognised_hours_add_up() -> Found:
    """Recount recognised hours from the rows, each origin once and no claim corrected below nothing."""
    rows, broken = 0, []
    for programme in Programme._base_manager.order_by("pk"):
        counted: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
        claims = HourClaim._base_manager.filter(programme=programme, state=ClaimState.RECOGNISED)
        for person_id, category, hours in claims.values_list("person_id", "category", "hours"):
            counted[person_id, category] += hours
            rows += 1
        told = recognised_hours(programme, {person for person, _category in counted})
        broken += [
            f"person {person}: {told[person][category]} {category} hours told, {hours} in the rows"
            for (person, category), hours in counted.items()
            if told[person][category] != hours
        ]
    return rows, [*broken, *overcorrected()]


def overcorrected() -> Iterator[str]:
    """Yield claims from which more was taken away than they had, or which correct what does not count."""
    taken = HourClaim._base_manager.filter(corrects__isnull=False)
    for pk, hours, sum_ in taken.values_list("corrects", "corrects__hours").annotate(Sum("hours")):
        if hours + sum_ < 0:
            yield f"claim {pk}: {hours} hours, corrected by {sum_}"
    loose = taken.exclude(state=ClaimState.RECOGNISED, corrects__state=ClaimState.RECOGNISED)
    alike = taken.exclude(corrects__person=F("person"), corrects__category=F("category"))
    for pk in {*loose.values_list("pk", flat=True), *alike.values_list("pk", flat=True)}:
        yield f"correction {pk} does not fit what it corrects"


@invariant(13, "An import applies wholly or not at all; each row names its file, line and confirmer.")
def imported_hours_have_their_rows() -> Found:
    """Every imported claim has a row of a committed file of the same person; no other file has claims."""
    rows = HourImportRow._base_manager
    broken = [
        f"claim {pk} came by no committed file"
        for pk in HourClaim._base_manager.filter(source=Source.IMPORT)
        .exclude(pk__in=rows.filter(hour_import__committed_at__isnull=False).values("claim"))
        .values_list("pk", flat=True)
    ]
    with_claim = rows.filter(claim__isnull=False)
    wrong = [
        with_claim.filter(hour_import__committed_at__isnull=True),
        with_claim.exclude(claim__person=F("person")),
        rows.filter(hour_import__committed_at__isnull=False, outcome__in=ENTERED, claim__isnull=True),
        rows.filter(hour_import__committed_at__isnull=False, outcome=RowOutcome.FAULT),
    ]
    for found in wrong:
        broken += [f"import {one}, row {line}" for one, line in found.values_list("hour_import", "line")]
    for done in HourImport._base_manager.filter(committed_at__isnull=False):
        if done.rows.count() != sum(done.counts.values()):
            broken.append(f"import {done.pk}: {done.rows.count()} rows, {done.counts} counted")
    return rows.count(), broken


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def nobody_passes_their_own_hours() -> Found:
    passed = Event.objects.filter(workflow=HOUR_CLAIM.name, action__in=PASSING)
    owners = dict(HourClaim._base_manager.values_list("pk", "person_id"))
    rows = passed.values_list("pk", "subject_id", "actor__person")
    return len(rows), [
        f"event {pk}: own hours"
        for pk, claim, person in rows
        if person is not None and owners[claim] == person
    ]
