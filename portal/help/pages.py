"""The pages on which one acts, gathered in the order of the year, and which of them a role or a right opens."""

from portal.help.county_pages import COUNTY_PAGES
from portal.help.own_pages import OWN_PAGES
from portal.help.page import OWN, Page
from portal.help.school_pages import SCHOOL_PAGES
from portal.homes import ORDER, places_of
from schools.access.actor import Actor, Right
from schools.access.permissions import Permission as P
from schools.access.roles import GROUP, SCHOOL

PAGES: tuple[Page, ...] = (*OWN_PAGES, *SCHOOL_PAGES, *COUNTY_PAGES)


def level_of(level: str) -> str:
    """Return the level of the pages of a role: a group's head works on the school's."""
    return SCHOOL if level == GROUP else level


def rights_by_weight(actor: Actor) -> list[Right]:
    """Return the actor's rights, the weightiest role first."""
    known = [right for right in actor.rights if right.key in ORDER]
    return sorted(known, key=lambda right: (ORDER.index(right.key), str(right)))


def addresses_for(actor: Actor) -> dict[str, str]:
    """Return the address of each page that the actor may open, by url name; at most three queries."""
    rights = rights_by_weight(actor)
    places = places_of(rights)
    found: dict[str, str] = {}
    for right in rights:
        level = level_of(right.role.level) if right.role else OWN
        place = places.get((level, getattr(right, f"{level}_id", None) or 0))
        for one in PAGES:
            if one.level != OWN and (one.level != level or place is None):
                continue
            if right.permissions & (one.acts | one.sees):
                found.setdefault(one.name, one.address(place if one.level != OWN else None))
    return found


def pages_of(permissions: frozenset[P], level: str) -> list[Page]:
    """Return the pages of a role: those on which it acts, then those which it only reads."""
    near = [one for one in PAGES if one.level in (OWN, level_of(level))]
    acting = [one for one in near if permissions & one.acts]
    return acting + [one for one in near if permissions & one.sees and one not in acting]


def pages_with_right(right: P, level: str) -> list[Page]:
    """Return the pages of a level to which one right leads: where it acts, else where it is read."""
    near = [one for one in PAGES if one.level in (OWN, level_of(level))]
    return [one for one in near if right in one.acts] or [one for one in near if right in one.sees]
