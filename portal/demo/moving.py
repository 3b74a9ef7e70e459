"""Teachers who change schools in the demonstration year: a roster shows it, the office completes it."""

from assessment.checking import transfers
from assessment.programme.models import Participant
from assessment.selecting.actions import propose
from assessment.selecting.models import Selection, SelectionState
from portal.demo.roster import write_roster
from portal.demo.schools import School as Described
from portal.demo.year import SHARE, Year
from schools.organisations.models import School
from schools.people.models import Person, Transfer
from schools.refusals import Refused
from schools.roster import importing


def transfer(year: Year, schools: list[School]) -> None:
    """A roster shows some teachers at another school; the office completes their transfers."""
    staff = {
        person.pk for unit in year.demo.staff.values() for person in (unit.principal, unit.cio, unit.deputy)
    }
    staff |= {person.pk for unit in year.demo.staff.values() for person in unit.reviewers}
    staff |= {person.pk for person in year.demo.experts}
    movable = [
        p.person
        for school in schools
        for p in year.teachers.participants(school)
        if p.person_id not in staff and not p.person.memberships.filter(role="group-head").exists()
    ]
    moving = year.rng.sample(movable, max(1, round(len(movable) * SHARE)) + 1)
    import_moves(year, moving, schools)
    for row in Transfer.objects.filter(completed_at__isnull=True).select_related(
        "person", "school", "county"
    ):
        transfers.complete(transfer=row, by=year.office)
        year.demo.actors.pop(row.person_id, None)
        settle(year, row.person)
        year.counts["transferred"] += 1


def import_moves(year: Year, moving: list[Person], schools: list[School]) -> None:
    """Bring the movers' new schools in by a roster of the county."""
    invented = {p.continuing_number: p for people in year.demo.invented.values() for p in people}
    names = {row.pk: row for row in schools}
    rows: dict[Described, list] = {}  # type: ignore[type-arg]
    for person in moving:
        other = year.rng.choice([pk for pk in names if pk != person.school_id])
        described = Described(
            slug=names[other].slug,
            code="",
            name=names[other].name,
            township="",
            category="小学",
            stage="小学",
            area="镇区",
            environments="A",
            is_rural=True,
        )
        rows.setdefault(described, []).append(invented[person.training_number])
    path = year.folder / "moves.xlsx"
    write_roster(path, rows)
    received = importing.receive(
        path=path, name="moves.xlsx", county=year.demo.county, school=None, by=year.office
    )
    importing.commit(roster_import=received, by=year.office)


def settle(year: Year, person: Person) -> None:
    """The new school confirms the carried choice anew, with points that its rooms allow."""
    participant = Participant.objects.select_related(
        "person__county", "programme__catalogue", "school", "county"
    ).get(person=person, ends_on__isnull=True)
    for selection in Selection.objects.filter(participant=participant, state=SelectionState.DRAFT):
        renewed = selection
        try:
            propose(selection=renewed, by=year.demo.acting(person))
        except Refused:
            renewed = year.teachers.choose(participant)
        year.teachers.endorse(renewed)
        year.teachers.confirm(renewed)
