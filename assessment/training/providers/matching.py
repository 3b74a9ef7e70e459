"""Matching rows with the county: whom each speaks of, and whether its hours are new, there, or changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from assessment.programme.models import Participant, Programme
from assessment.training.models import ClaimState, HourClaim
from assessment.training.providers.faults import Fault
from assessment.training.providers.models import Provider, RowOutcome
from assessment.training.providers.reading import Entry
from schools.people.models import Person

OPEN = (ClaimState.CLAIMED, ClaimState.ATTESTED, ClaimState.REFUSED)


@dataclass
class Standing:
    """What a provider's earlier files brought for one person and course."""

    claims: list[HourClaim] = field(default_factory=list)
    corrected: Decimal = Decimal(0)

    @property
    def hours(self) -> Decimal:
        return sum((claim.hours for claim in self.claims), self.corrected)

    @property
    def open_claim(self) -> HourClaim | None:
        """The claim that waits to be recognised, if there is one."""
        return next((claim for claim in self.claims if claim.state in OPEN), None)


@dataclass
class Matched:
    """A row with what it comes to."""

    entry: Entry
    outcome: RowOutcome
    participant: Participant | None = None
    person_id: int | None = None
    standing: Standing | None = None
    before: Decimal | None = None
    fault: Fault | None = None


class People:
    """The county's people by what files name them by, and those who take part; two queries."""

    def __init__(self, programme: Programme) -> None:
        self.by_number: dict[str, set[int]] = defaultdict(set)
        self.by_id: dict[str, set[int]] = defaultdict(set)
        self.by_name: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.names: dict[int, str] = {}
        rows = Person.objects.filter(county=programme.county_id, is_active=True).values_list(
            "pk", "name", "training_number", "id_number_index", "school__name"
        )
        for pk, name, number, index, school in rows:
            self.names[pk] = "".join(name.split())
            self.by_name[self.names[pk], school or ""].add(pk)
            self.by_number[number.upper()].add(pk)
            self.by_id[index].add(pk)
        self.by_number.pop("", None)
        self.by_id.pop("", None)
        taking_part = Participant.objects.filter(programme=programme, ends_on__isnull=True)
        self.participants = {row.person_id: row for row in taking_part.select_related("school", "programme")}

    def find(self, entry: Entry) -> int | Fault | None:
        """Return the person's id, None for nobody, or what is wrong with the way the row names them."""
        if entry.number or entry.id_index:
            found = self.by_number.get(entry.number) or self.by_id.get(entry.id_index) or set()
        elif entry.name and entry.school:
            found = self.by_name.get((entry.name, entry.school), set())
        else:
            return Fault("nobody-named")
        if len(found) > 1:
            return Fault("two-people")
        for pk in found:
            return Fault("other-name") if entry.name and entry.name != self.names[pk] else pk
        return None


def origin_of(provider: Provider, code: str) -> str:
    """Return the origin of a course's hours; a code holds no space, so what follows one is no part of it."""
    return f"provider:{provider.pk}:{code}"


def standings(programme: Programme, provider: Provider) -> dict[tuple[int, str], Standing]:
    """Return what this provider's files brought so far, by person and origin; two queries."""
    beginning = origin_of(provider, "")
    claims = HourClaim.objects.filter(programme=programme, origin__startswith=beginning)
    found: dict[tuple[int, str], Standing] = defaultdict(Standing)
    for claim in claims.select_related("school").order_by("pk"):
        found[claim.person_id, claim.origin.partition(" ")[0]].claims.append(claim)
    corrections = HourClaim.objects.filter(programme=programme, corrects__origin__startswith=beginning)
    for person_id, origin, hours in corrections.values_list("person_id", "corrects__origin").annotate(
        Sum("hours")
    ):
        found[person_id, origin.partition(" ")[0]].corrected += hours
    return found


def match(entries: Iterable[Entry], programme: Programme, provider: Provider) -> list[Matched]:
    """Say of every row what it comes to now; four queries however many rows there are."""
    people, known = People(programme), standings(programme, provider)
    seen: dict[tuple[int, str], int] = {}
    return [matched(entry, people, known, seen, provider) for entry in entries]


def matched(
    entry: Entry,
    people: People,
    known: dict[tuple[int, str], Standing],
    seen: dict[tuple[int, str], int],
    provider: Provider,
) -> Matched:
    """Match one row; `seen` holds the lines of the courses that rows above it named."""
    if entry.fault:
        return Matched(entry, RowOutcome.FAULT, fault=entry.fault)
    if not entry.is_finished:
        return Matched(entry, RowOutcome.UNFINISHED)
    person = people.find(entry)
    if isinstance(person, Fault):
        return Matched(entry, RowOutcome.FAULT, fault=person)
    if person is None:
        return Matched(entry, RowOutcome.UNKNOWN)
    participant = people.participants.get(person)
    if participant is None:
        return Matched(entry, RowOutcome.OUTSIDER, person_id=person)
    key = (person, origin_of(provider, entry.code))
    first = seen.setdefault(key, entry.line)
    if first != entry.line:
        fault = Fault("twice", {"first": first, "second": entry.line})
        return Matched(entry, RowOutcome.FAULT, participant, person, fault=fault)
    return compared(Matched(entry, RowOutcome.NEW, participant, person), known.get(key))


def compared(row: Matched, standing: Standing | None) -> Matched:
    """Say whether the row's hours are new, there already, or others than before."""
    if standing is None:
        return row
    row.standing, row.before, waiting = standing, standing.hours, standing.open_claim
    difference = (row.entry.hours or Decimal(0)) - row.before
    if difference == 0:
        row.outcome = RowOutcome.SAME
    elif waiting is not None and waiting.hours + difference <= 0:
        row.outcome = RowOutcome.FAULT
        row.fault = Fault("waiting-hours", {"hours": str(waiting.hours)})
    else:
        row.outcome = RowOutcome.CHANGED
    return row
