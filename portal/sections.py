"""What the navigation offers at each kind of place: sections, each with its pages and the rights they need."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.homes import Link
from schools.access.actor import Actor
from schools.access.permissions import Permission as P
from schools.organisations.models import County, School

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """One page: label, url name, and the permissions of which one is needed."""

    label: Words
    name: str
    permissions: tuple[P, ...]


@dataclass(frozen=True)
class Section:
    """A heading with its pages; a section of one page is shown as that page."""

    label: Words
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class SectionShown:
    """A section as somebody sees it: the pages open to them."""

    label: Words
    links: list[Link]

    @property
    def is_current(self) -> bool:
        return any(link.is_current for link in self.links)

    @property
    def only(self) -> Link | None:
        """The page that stands for the whole section."""
        return self.links[0] if len(self.links) == 1 else None


def alone(label: Words, name: str, *permissions: P) -> Section:
    return Section(label, (Entry(label, name, permissions),))


COUNTY = (
    alone(_("Overview"), "assessment:county-home", P.SEE_COUNTY),
    Section(_("Programme"), (Entry(_("Rules and calendar"), "assessment:programme", (P.SEE_COUNTY,)),)),
    Section(
        _("Schools and people"),
        (
            Entry(_("Schools"), "schools:county-schools", (P.SEE_COUNTY,)),
            Entry(_("People"), "schools:county-people", (P.SEE_PEOPLE,)),
            Entry(_("Transfers"), "assessment:transfers", (P.COMPLETE_TRANSFERS,)),
        ),
    ),
    Section(
        _("The year"),
        (
            Entry(_("Plans"), "assessment:county-filings", (P.SEE_COUNTY,)),
            Entry(_("Choices"), "assessment:county-choices", (P.SEE_COUNTY,)),
            Entry(_("Hours"), "assessment:county-hours", (P.RECOGNISE_HOURS,)),
        ),
    ),
    Section(
        _("Results"),
        (
            Entry(_("Returns"), "assessment:county-returns", (P.SEE_COUNTY,)),
            Entry(_("Spot checks"), "assessment:draws", (P.RUN_SPOT_CHECKS,)),
            Entry(_("Certificates"), "certificates:register", (P.SEE_REGISTER,)),
            Entry(_("Reports"), "assessment:county-reports", (P.EXPORT,)),
        ),
    ),
)
SCHOOL = (
    alone(_("Overview"), "assessment:school-home", P.SEE_SCHOOL),
    alone(_("People"), "schools:school-people", P.SEE_PEOPLE),
    Section(
        _("The year"),
        (
            Entry(_("Plan"), "assessment:school-plan", (P.SEE_SCHOOL,)),
            Entry(_("Choices"), "assessment:school-selections", (P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)),
            Entry(_("Hours"), "assessment:school-hours", (P.ATTEST_HOURS,)),
        ),
    ),
    Section(
        _("Results"),
        (
            Entry(_("Submissions"), "assessment:school-submissions", (P.SEE_SUBMISSIONS,)),
            Entry(_("Panel"), "assessment:school-panel", (P.ASSIGN_REVIEWS,)),
            Entry(_("Return"), "assessment:school-return", (P.PREPARE_RETURN, P.SIGN_RETURN)),
            Entry(_("Reports"), "assessment:school-reports", (P.EXPORT,)),
        ),
    ),
)
OWN = (
    alone(_("My year"), "assessment:me", P.OWN_WORK),
    alone(_("My choice"), "assessment:selection", P.OWN_WORK),
    Section(_("Training"), (Entry(_("My hours"), "assessment:hours", (P.OWN_WORK,)),)),
    alone(_("Portfolio"), "certificates:portfolio", P.OWN_WORK),
    alone(_("Reviews"), "assessment:reviews", P.REVIEW),
    alone(_("Spot-check cases"), "assessment:cases", P.JUDGE_CASES),
)


def sections_at(actor: Actor, county: County | None, school: School | None, path: str) -> list[SectionShown]:
    """Return the navigation for the place of a page; on one's own pages, and elsewhere, one's own."""
    found: list[SectionShown] = []
    if school is not None:
        held = {p for p in P if actor.can(p, school)}
        found = shown(SCHOOL, held, path, {"county": school.county.slug, "school": school.slug})
    elif county is not None and not path.startswith("/me/"):
        held = {p for p in P if actor.can(p, county)}
        found = shown(COUNTY, held, path, {"county": county.slug})
    own = {permission for right in actor.rights for permission in right.permissions}
    return found or shown(OWN, own, path, {})


def shown(
    sections: tuple[Section, ...], held: set[P], path: str, place: dict[str, str]
) -> list[SectionShown]:
    """Return the sections with the pages that the rights open, empty ones left out."""
    found = []
    for section in sections:
        links = [link(entry, path, place) for entry in section.entries if held & set(entry.permissions)]
        if links:
            found.append(SectionShown(section.label, marked(links)))
    return found


def link(entry: Entry, path: str, place: dict[str, str]) -> Link:
    url = reverse(entry.name, kwargs=place)
    is_home = entry.name.endswith("home") or entry.name == "assessment:me"
    return Link(entry.label, url, path == url if is_home else path.startswith(url))


def marked(links: list[Link]) -> list[Link]:
    """Leave only the closest page marked as current where addresses begin alike."""
    current = [one for one in links if one.is_current]
    if len(current) < 2:
        return links
    closest = max(current, key=lambda one: len(one.url))
    return [Link(one.label, one.url, one is closest) for one in links]
