"""Reading a roster: who is there, who has an account, who holds which role."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.access.actor import Actor
from schools.access.appointing import may_appoint
from schools.access.roles import GROUP, ROLES, SCHOOL, Role
from schools.clock import SHANGHAI, now
from schools.organisations.models import School
from schools.organisations.queries import held_today
from schools.people.models import ActivationCode, Membership, Person

MOST_CANDIDATES = 20


@dataclass(frozen=True)
class AccountState:
    """Whether a person can sign in, as a state pill shows it."""

    label: str | Promise
    tone: str
    shape: str


HAS_ACCOUNT = AccountState(_("Activated"), "good", "check")
HAS_CODE = AccountState(_("Code issued"), "waiting", "half")
HAS_NOTHING = AccountState(_("No code yet"), "quiet", "circle")


@dataclass(frozen=True)
class PersonRow:
    """One line of a list of people: the person, the state of their account, the names of their roles."""

    person: Person
    account: AccountState
    roles: list[str | Promise]


@dataclass(frozen=True)
class RoleHolder:
    """Somebody who holds a role here, and whether the reader may end that."""

    membership: Membership
    may_end: bool


@dataclass(frozen=True)
class HeldRole:
    """One role of the school with everybody who holds it today."""

    role: type[Role]
    holders: list[RoleHolder]


def people_listed(*, school: School | None = None, words: str = "", state: str = "") -> QuerySet[Person]:
    """Return active people by pinyin; `state` "waiting" leaves those without an account."""
    people = Person.objects.named_like(words).filter(is_active=True)
    if school:
        people = people.filter(school=school)
    if state == "waiting":
        people = people.filter(user__isnull=True)
    roles = Prefetch("memberships", queryset=held_today(), to_attr="held")
    codes = open_codes().filter(person=OuterRef("pk"))
    return (
        people.select_related("school", "group", "user")
        .annotate(has_code=Exists(codes))
        .prefetch_related(roles)
        .order_by("school__pinyin", "pinyin", "pk")
    )


def open_codes() -> QuerySet[ActivationCode]:
    """Return the codes that would open an account at this moment."""
    return ActivationCode.objects.filter(used_at__isnull=True, is_void=False, expires_at__gt=now())


def row_of(person: Person) -> PersonRow:
    """Return the line for a person out of `people_listed`."""
    waiting = HAS_CODE if person.has_code else HAS_NOTHING  # type: ignore[attr-defined]
    keys = list(dict.fromkeys(membership.role for membership in person.held))  # type: ignore[attr-defined]
    labels = [ROLES[key].label for key in keys if key in ROLES]
    return PersonRow(person, HAS_ACCOUNT if person.user_id else waiting, labels)


def counted(school: School | None) -> dict[str, int]:
    """Return how many active people there are, and how many of them wait for an account."""
    people = Person.objects.filter(is_active=True)
    if school:
        people = people.filter(school=school)
    return people.aggregate(total=Count("pk"), waiting=Count("pk", filter=Q(user__isnull=True)))


def valid_until(person: Person) -> date | None:
    """Return the last full day of the person's open code."""
    expires_at = open_codes().filter(person=person).values_list("expires_at", flat=True).first()
    return expires_at.astimezone(SHANGHAI).date() if expires_at else None


def roles_held(school: School, actor: Actor) -> list[HeldRole]:
    """Return the roles of school and group in their order, each with its holders, in one query."""
    holders: dict[str, list[RoleHolder]] = {}
    for membership in held_today().filter(school=school):
        is_own = actor.person is not None and actor.person.pk == membership.person_id
        may_end = not is_own and may_appoint(actor, membership.role, school)
        holders.setdefault(membership.role, []).append(RoleHolder(membership, may_end))
    return [
        HeldRole(role, holders.get(role.key, [])) for role in ROLES.values() if role.level in (SCHOOL, GROUP)
    ]


def roles_to_give(school: School, actor: Actor) -> list[type[Role]]:
    """Return the roles of school and group that the actor may give at `school`."""
    return [
        role
        for role in ROLES.values()
        if role.level in (SCHOOL, GROUP) and may_appoint(actor, role.key, school)
    ]


def outsiders_named(words: str, school: School) -> list[Person]:
    """Return at most 20 people of other schools with exactly this name or continuing-education number.

    Only whole names find somebody, so that the rosters of other schools cannot be leafed through.
    """
    words = words.strip()
    if not words:
        return []
    people = Person.objects.filter(Q(name=words) | Q(training_number=words), is_active=True)
    others = people.exclude(school=school).select_related("school").order_by("school__pinyin", "pk")
    return list(others[:MOST_CANDIDATES])


def roles_of(person: Person) -> list[tuple[str | Promise, Membership]]:
    """Return the roles that a person out of `people_listed` holds here, each with its name."""
    held: list[Membership] = person.held  # type: ignore[attr-defined]
    return [(ROLES[membership.role].label, membership) for membership in held if membership.role in ROLES]


def facts(person: Person) -> list[tuple[str | Promise, str]]:
    """Return what the roster says of a person, label by label, masked; empty facts are left out."""
    years = "" if person.teaching_years is None else str(person.teaching_years)
    pairs = [
        (_("Identity number"), person.id_number_shown),
        (_("Mobile phone"), person.phone_shown if person.phone else ""),
        (_("Continuing-education number"), person.training_number),
        (_("Teaching group"), person.group.name if person.group else ""),
        (_("Sex"), person.sex),
        (_("Ethnicity"), person.ethnicity),
        (_("Post"), person.post),
        (_("Professional title"), person.title),
        (_("Highest degree"), person.degree),
        (_("Years of teaching"), years),
        (_("Main school stage"), person.stage),
        (_("Main subject"), person.subject),
    ]
    return [(label, value) for label, value in pairs if value]
