"""Building the demonstration county: organisations, people through the real importer, appointments."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django_scopes import scope, scopes_disabled

from assessment.programme import actions as programmes
from assessment.programme.models import Phase, PhaseKind, Programme
from assessment.programme.presets import preset
from microcapabilities.queries import current_catalogue
from portal.demo import schools as data
from portal.demo.people import RARE_NAMES, InventedPerson, invent_people
from portal.demo.roster import write_roster
from schools.access.actor import Actor, actor_of
from schools.access.appointing import appoint
from schools.clock import today
from schools.organisations.models import County, Region, School, TeachingGroup
from schools.people.actions import join
from schools.people.models import Person, User
from schools.roster import importing

Say = Callable[[str], None]
PRESET = "si-county-2022"


@dataclass
class Staff:
    """Who runs one school's year."""

    principal: Person
    cio: Person
    deputy: Person
    reviewers: list[Person] = field(default_factory=list)


@dataclass
class DemoCounty:
    """The county, its rows by slug, and the people who act for it."""

    county: County
    rows: list[School]
    invented: dict[str, list[InventedPerson]]
    staff: dict[int, Staff] = field(default_factory=dict)
    experts: list[Person] = field(default_factory=list)
    office: Person | None = None
    programme: Programme | None = None
    actors: dict[int, Actor] = field(default_factory=dict)

    def acting(self, person: Person) -> Actor:
        """Return the person as an actor, read once."""
        if person.pk not in self.actors:
            with scopes_disabled():
                user = User.objects.get(person=person)
            self.actors[person.pk] = actor_of(user)
        return self.actors[person.pk]

    def staff_of(self, school: School) -> Staff:
        return self.staff[school.managed_by_id or school.pk]


def build(
    *,
    n_schools: int,
    n_teachers: int,
    rng: random.Random,
    folder: Path,
    say: Say,
    preset_slug: str = PRESET,
) -> DemoCounty:
    """Make the county up to the day on which choosing begins: everybody imported, appointed, enrolled."""
    chosen = data.scaled(n_schools)
    with transaction.atomic():
        region, _made = Region.objects.get_or_create(
            slug="suzhou", defaults={"name": "宿州市", "level": "city"}
        )
        county = County.objects.create(
            region=region,
            name=data.COUNTY_NAME,
            slug=data.COUNTY_SLUG,
            code=data.COUNTY_CODE,
            office_name=f"{data.COUNTY_NAME}教育体育局",
        )
    with scope(county=county, school=None):
        demo = DemoCounty(county, make_schools(county, chosen), invent(chosen, n_teachers, rng))
        demo.office = office_person(county, "程思远", "county-office")
        say(f"{len(chosen)} schools")
        import_people(demo, chosen, folder, say)
        open_accounts(county)
        appoint_everybody(demo)
        set_up_programme(demo, say, preset_slug)
    return demo


def make_schools(county: County, chosen: list[data.School]) -> list[School]:
    """Write the schools; those below a central school are run by it."""
    rows: dict[str, School] = {}
    for school in sorted(chosen, key=lambda school: school.above is not None):
        above = rows.get(school.above or "")
        rows[school.slug] = School.objects.create(
            county=county,
            name=school.name,
            slug=school.slug,
            code=school.code,
            stage=school.kind,
            is_rural=school.is_rural,
            environments=school.environments,
            central=above,
            managed_by=above,
        )
    return [rows[school.slug] for school in chosen]


def invent(chosen: list[data.School], n_teachers: int, rng: random.Random) -> dict[str, list[InventedPerson]]:
    """Invent the teachers of every school, in the schools' own proportions; heads come first."""
    weight = sum(school.teachers for school in chosen if school.teachers > 3)
    fixed = sum(school.teachers for school in chosen if school.teachers <= 3)
    taken: set[str] = set()
    found: dict[str, list[InventedPerson]] = {}
    left = n_teachers - fixed
    growing = [school for school in chosen if school.teachers > 3]
    for school in chosen:
        count = school.teachers
        if school in growing:
            is_last = school is growing[-1]
            share = max(7, round((n_teachers - fixed) * school.teachers / weight))
            count = max(7, left) if is_last else share
            left -= count
        rare = list(RARE_NAMES) if school is growing[0] else []
        heads = (
            []
            if school.above
            else [
                *invent_people(rng, 1, stage=school.stage, taken=taken, post=school.head_post),
                *invent_people(rng, 1, stage=school.stage, taken=taken, post=f"副{school.head_post}"),
                *invent_people(rng, 1, stage=school.stage, taken=taken, post="教导主任"),
            ]
        )
        found[school.slug] = heads + invent_people(
            rng, count - len(heads), stage=school.stage, taken=taken, rare=rare
        )
    return found


def office_person(county: County, name: str, role: str) -> Person:
    """Make somebody of the county itself; the first one is appointed by nobody."""
    person = Person.objects.create(county=county, name=name)
    user = User(username=f"{role}-{person.pk}")
    user.set_unusable_password()
    user.save()
    Person.objects.filter(pk=person.pk).update(user=user)
    join(person=person, role=role)
    return Person.objects.get(pk=person.pk)


def import_people(demo: DemoCounty, chosen: list[data.School], folder: Path, say: Say) -> None:
    """Write the county's roster as a workbook and take it in through the real importer."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "roster.xlsx"
    count = write_roster(path, {school: demo.invented[school.slug] for school in chosen})
    say(f"roster of {count} people")
    office = demo.acting(demo.office)
    received = importing.receive(path=path, name="roster.xlsx", county=demo.county, school=None, by=office)
    counts = importing.commit(roster_import=received, by=office)
    say(f"imported: {counts}")


def open_accounts(county: County) -> None:
    """Give everybody an account without a password: background people never sign in."""
    waiting = list(Person.objects.not_activated())
    users = [User(username=f"{county.slug}-{person.pk}", password="!") for person in waiting]
    User.objects.bulk_create(users)
    made = {user.username: user for user in User.objects.filter(username__startswith=f"{county.slug}-")}
    for person in waiting:
        person.user = made[f"{county.slug}-{person.pk}"]
    Person.objects.bulk_update(waiting, ["user"], batch_size=500)


def appoint_everybody(demo: DemoCounty) -> None:
    """The office appoints principals and CIOs, they their staff; experts come from the larger schools."""
    office = demo.acting(demo.office)
    for school in demo.rows:
        people = list(Person.objects.filter(school=school).select_related("county").order_by("pk"))
        if school.managed_by_id is None:
            appoint_staff(demo, office, school, people)
    large = sorted(demo.staff, key=lambda pk: -Person.objects.filter(school_id=pk).count())[:6]
    for school_id in large:
        expert = Person.objects.filter(school_id=school_id).select_related("county").order_by("-pk").first()
        appoint(person=expert, role="expert", school=None, by=office)
        demo.experts.append(expert)
    for name in ("顾远山", "沈知白"):  # third parties, related to no school
        demo.experts.append(office_person(demo.county, name, "expert"))
    demo.actors.clear()


def appoint_staff(demo: DemoCounty, office: Actor, school: School, people: list[Person]) -> None:
    """Principal, CIO, deputy, reviewers and a head for each group of two or more."""
    staff = Staff(people[0], people[1], people[2], people[3 : 3 + max(3, len(people) // 8)])
    appoint(person=staff.principal, role="principal", school=school, by=office)
    appoint(person=staff.cio, role="cio", school=school, by=office)
    principal, cio = actor_of(staff.principal.user), actor_of(staff.cio.user)
    appoint(person=staff.deputy, role="deputy", school=school, by=principal)
    for reviewer in staff.reviewers:
        appoint(person=reviewer, role="reviewer", school=school, by=cio)
    for group in TeachingGroup.objects.filter(school=school):
        members = [person for person in people[3:] if person.group_id == group.pk]
        if len(members) >= 2:
            appoint(person=members[-1], role="group-head", school=school, group=group, by=cio)
    demo.staff[school.pk] = staff


def set_up_programme(demo: DemoCounty, say: Say, preset_slug: str = PRESET) -> None:
    """Set a rule pack up for this year, open every phase around today for all waves, enrol every school."""
    office = demo.acting(demo.office)
    day = today()
    demo.programme = programmes.set_up(
        county=demo.county, preset=preset(preset_slug, day.year), catalogue=current_catalogue(), by=office
    )
    for kind, (first, last) in windows(day).items():
        programmes.set_phase(programme=demo.programme, kind=kind, opens_on=first, closes_on=last, by=office)
    for phase in Phase.objects.filter(programme=demo.programme, wave__isnull=False).select_related("wave"):
        programmes.clear_phase(
            programme=demo.programme, kind=PhaseKind(phase.kind), wave=phase.wave, by=office
        )
    count = sum(programmes.enrol_school(programme=demo.programme, school=row, by=office) for row in demo.rows)
    say(f"{count} participants")


def windows(day):  # type: ignore[no-untyped-def]
    """Return a calendar in which everything is open today, as first and last days."""
    from_days = {
        "prepare": (-120, 20),
        "plan": (-110, 20),
        "choose": (-90, 20),
        "train": (-80, 40),
        "submit": (-60, 30),
        "review": (-50, 40),
        "return": (-10, 50),
        "check": (-5, 60),
        "share": (-2, 80),
    }
    return {
        PhaseKind(kind): (day.fromordinal(day.toordinal() + first), day.fromordinal(day.toordinal() + last))
        for kind, (first, last) in from_days.items()
    }
