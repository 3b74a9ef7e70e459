"""The cast of the tests: two counties, two schools in the first, one in the second, a person per role."""

import pickle
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django_scopes import scopes_disabled

from schools.access.actor import Actor, actor_of
from schools.access.roles import COUNTY, GROUP, REGION, ROLES, SCHOOL
from schools.organisations.models import County, Region, School, TeachingGroup
from schools.people.id_numbers import check_sign
from schools.people.models import Membership, Person, User
from schools.people.sealing import blind_index, seal

SINCE = date(2022, 1, 1)
_serial = count(1)


def id_number() -> str:
    """Return a fresh valid identity number."""
    first17 = f"3413241985{1 + next(_serial) % 12:02d}15{next(_serial) % 1000:03d}"
    return first17 + check_sign(first17)


def make_person(
    name: str, county: County, school: School | None = None, *, group: TeachingGroup | None = None
) -> Person:
    """Make a person with an account named p1, p2, …"""
    serial = next(_serial)
    number = id_number()
    with scopes_disabled():
        user = User.objects.create(username=f"p{serial}")
        return Person.objects.create(
            county=county,
            school=school,
            group=group,
            user=user,
            name=name,
            id_number_sealed=seal(number),
            id_number_index=blind_index(number),
            phone=f"139{serial:08d}",
            training_number=f"JX{serial:06d}",
        )


def give_role(
    person: Person, role: str, school: School | None = None, group: TeachingGroup | None = None
) -> None:
    with scopes_disabled():
        Membership.objects.create(
            person=person, role=role, county=person.county, school=school, group=group, starts_on=SINCE
        )


@dataclass
class SchoolCast:
    """One school with a person for each role of school and group, by role key; two teachers and two reviewers."""

    school: School
    group: TeachingGroup
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Person:
        return self.people[role]


@dataclass
class CountyCast:
    """One county with a person for each role of the county, and its schools."""

    county: County
    people: dict[str, Person] = field(default_factory=dict)
    schools: list[SchoolCast] = field(default_factory=list)

    def __getitem__(self, role: str) -> Person:
        return self.people[role]


@dataclass
class World:
    """Region 宿州 with an observer; county Alpha with two schools, county Beta with one."""

    region: Region
    observer: User
    alpha: CountyCast
    beta: CountyCast


def cast_school(county: County, name: str, slug: str) -> SchoolCast:
    with scopes_disabled():
        school = School.objects.create(county=county, name=name, slug=slug, environments="ABC")
        group = TeachingGroup.objects.create(county=county, school=school, name=f"{name}语文组")
    cast = SchoolCast(school, group)
    for role in ROLES.values():
        if role.level in (SCHOOL, GROUP):
            person = make_person(f"{name}{role.key}", county, school, group=group)
            cast.people[role.key] = person
            give_role(person, role.key, school, group if role.level == GROUP else None)
    for extra, role in (("teacher2", "teacher"), ("reviewer2", "reviewer"), ("reviewer3", "reviewer")):
        cast.people[extra] = make_person(f"{name}{extra}", county, school, group=group)
        give_role(cast.people[extra], role, school)
    return cast


def cast_county(
    region: Region, name: str, slug: str, code: str, schools: list[tuple[str, str]]
) -> CountyCast:
    county = County.objects.create(
        region=region, name=name, slug=slug, code=code, office_name=f"{name}教育体育局"
    )
    cast = CountyCast(county)
    for role in ROLES.values():
        if role.level == COUNTY:
            cast.people[role.key] = make_person(f"{name}{role.key}", county)
            give_role(cast.people[role.key], role.key)
    cast.people["expert2"] = make_person(f"{name}expert2", county)
    give_role(cast.people["expert2"], "expert")
    cast.schools = [cast_school(county, *school) for school in schools]
    return cast


def cast_world() -> World:
    """Write the whole cast into the database."""
    region = Region.objects.create(name="宿州市", slug="suzhou", level="city")
    observer = User.objects.create(username="observer")
    with scopes_disabled():
        Membership.objects.create(user=observer, role="observer", region=region, starts_on=SINCE)
    assert ROLES["observer"].level == REGION
    alpha = cast_county(region, "甲县", "alpha", "341324", [("东风小学", "east"), ("西湖小学", "west")])
    beta = cast_county(region, "乙县", "beta", "341323", [("南山小学", "south")])
    return World(region, observer, alpha, beta)


_standing: list[bytes] = []


def the_world() -> World:
    """Return the cast that stands in the database, as objects of the caller's own; write it where it is gone."""
    if _standing:
        world: World = pickle.loads(_standing[0])
        if Region.objects.filter(pk=world.region.pk, slug="suzhou").exists():
            return world
    world = cast_world()
    _standing[:] = [pickle.dumps(world)]
    return world


def acting(person: Person) -> Actor:
    """Return the actor that `person` is at this moment."""
    return actor_of(User.objects.get(pk=person.user_id))
