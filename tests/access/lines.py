"""One line of the access table: an address, who may open it, what is sent, and what only its object shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from schools.access.roles import COUNTY, REGION, ROLES
from tests.access.stage import Stage

PUBLIC, SIGNED_IN = frozenset({"public"}), frozenset({"signed-in"})
NAMESPACES = ("portal", "schools", "microcapabilities", "assessment", "certificates")
COUNTY_ROLES = tuple(key for key, role in ROLES.items() if role.level == COUNTY)
SCHOOL_ROLES = tuple(key for key, role in ROLES.items() if role.level not in (COUNTY, REGION))

Sent = Callable[[Stage], dict[str, Any]]
Text = Callable[[Stage], str | bytes]


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver: full name, own kwargs, and the view."""

    name: str
    kwargs: frozenset[str]
    route: str
    view: Any

    @property
    def kind(self) -> str:
        """Say whose address it is: region, school, county, me, or plain."""
        for kind in ("region", "school", "county"):
            if kind in self.kwargs:
                return kind
        return "me" if self.route.startswith("me/") else "plain"

    @property
    def group(self) -> str:
        """The stage or folder the view lives in."""
        return str(self.view.__module__).rpartition(".")[0]


def addresses() -> dict[str, Address]:
    """Return every named pattern of the house's namespaces, by full name."""
    found = {}
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in NAMESPACES:
            for pattern in resolver.url_patterns:
                assert isinstance(pattern, URLPattern)
                name = f"{resolver.namespace}:{pattern.name}"
                kwargs = frozenset(pattern.pattern.converters)
                found[name] = Address(name, kwargs, str(pattern.pattern), pattern.callback)
    return found


ADDRESSES = addresses()


@dataclass(frozen=True)
class Line:
    """One line of the table.

    `at` names things of the stage by url kwarg (or, by role, several); `owner` is the `key@place` whose
    object it is below /me/, `mover` the one whom the step's own policies let move it, `refused` what other
    roles with the right are answered; `status` is the answer to those who may. `shows` stands on that page
    and on no other, `hides` never stands there. `refers` marks a batch: foreign ids in what is sent are
    passed over. `is_idle` marks a posted form that finds nothing to change as the stage stands; `in_group`
    what the head of another group does not see.
    """

    name: str
    roles: frozenset[str]
    method: str = "get"
    at: dict[str, str | dict[str, str]] = field(default_factory=dict)
    owner: str = ""
    mover: str = ""
    refused: int = 0
    status: int = 200
    sent: Sent | dict[str, Sent] | None = None
    shows: Text | None = None
    hides: tuple[str, ...] | None = None
    refers: bool = False
    in_group: bool = False
    is_idle: bool = False

    @property
    def address(self) -> Address:
        return ADDRESSES[self.name]

    @property
    def kind(self) -> str:
        return self.address.kind

    @property
    def has_object(self) -> bool:
        return bool(self.at)

    @property
    def must_hide(self) -> tuple[str, ...]:
        """Texts of other tenants: another school's people, another county."""
        if self.hides is not None:
            return self.hides
        return {"school": ("西湖小学", "南山小学", "乙县"), "county": ("南山小学", "乙县")}.get(self.kind, ())

    def kwargs(self, stage: Stage, role: str) -> dict[str, Any]:
        """Return the own kwargs of the address (without slugs) as `role` uses them."""
        found = {}
        for kwarg, name in self.at.items():
            chosen = name if isinstance(name, str) else name.get(role, next(iter(name.values())))
            thing = getattr(stage, chosen)
            found[kwarg] = thing if isinstance(thing, str) else thing.pk
        return found

    def data(self, stage: Stage, role: str) -> dict[str, Any]:
        """Return what is posted by `role`."""
        chosen = self.sent
        if isinstance(chosen, dict):
            chosen = chosen.get(role, next(iter(chosen.values())))
        return chosen(stage) if chosen else {}


def get(name: str, roles: str | frozenset[str], shows: Text | None = None, **rest: Any) -> Line:
    """A page: who may open it and the text that only its object has."""
    return Line(name, keys(roles), shows=shows, **rest)


def post(name: str, roles: str | frozenset[str], sent: Any = None, **rest: Any) -> Line:
    """A form that leads back to a page: who may send it and what is sent."""
    return Line(name, keys(roles), "post", sent=sent, **{"status": 302} | rest)


def keys(roles: str | frozenset[str]) -> frozenset[str]:
    if isinstance(roles, frozenset):
        return roles
    found = frozenset(roles.split())
    assert found <= set(ROLES), found - set(ROLES)
    return found
