"""Where each role is at home, and what the navigation offers there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.access.actor import Actor, Right
from schools.access.permissions import Permission as P
from schools.organisations.models import County, Region, School

ORDER = [
    "county-office",
    "county-leader",
    "principal",
    "cio",
    "deputy",
    "team",
    "school-trainer",
    "group-head",
    "teacher",
    "reviewer",
    "review_school",
    "trainer",
    "expert",
    "observer",
]
SCHOOL_ROLES = {"principal", "cio", "deputy", "team", "school-trainer", "group-head"}
COUNTY_ROLES = {"county-office", "county-leader"}


@dataclass(frozen=True)
class Link:
    """A labelled address."""

    label: str | Promise
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of a navigation: label, url name, and the permissions of which one is needed."""

    label: str | Promise
    name: str
    permissions: tuple[P, ...]


COUNTY_ENTRIES = (
    Entry(gettext_lazy("Overview"), "assessment:county-home", (P.SEE_COUNTY,)),
    Entry(gettext_lazy("Programme"), "assessment:programme", (P.SEE_COUNTY,)),
    Entry(gettext_lazy("Schools"), "schools:county-schools", (P.SEE_COUNTY,)),
    Entry(gettext_lazy("People"), "schools:county-people", (P.SEE_PEOPLE,)),
    Entry(gettext_lazy("Plans"), "assessment:county-filings", (P.SEE_COUNTY,)),
    Entry(gettext_lazy("Transfers"), "assessment:transfers", (P.COMPLETE_TRANSFERS,)),
    Entry(gettext_lazy("Hours"), "assessment:county-hours", (P.RECOGNISE_HOURS,)),
    Entry(gettext_lazy("Returns"), "assessment:county-returns", (P.SEE_COUNTY,)),
    Entry(gettext_lazy("Spot checks"), "assessment:draws", (P.RUN_SPOT_CHECKS,)),
    Entry(gettext_lazy("Certificates"), "certificates:register", (P.SEE_REGISTER,)),
    Entry(gettext_lazy("Reports"), "assessment:county-reports", (P.EXPORT,)),
)
SCHOOL_ENTRIES = (
    Entry(gettext_lazy("Overview"), "assessment:school-home", (P.SEE_SCHOOL,)),
    Entry(gettext_lazy("People"), "schools:school-people", (P.SEE_PEOPLE,)),
    Entry(gettext_lazy("Plan"), "assessment:school-plan", (P.SEE_SCHOOL,)),
    Entry(
        gettext_lazy("Choices"), "assessment:school-selections", (P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)
    ),
    Entry(gettext_lazy("Hours"), "assessment:school-hours", (P.ATTEST_HOURS,)),
    Entry(gettext_lazy("Submissions"), "assessment:school-submissions", (P.SEE_SUBMISSIONS,)),
    Entry(gettext_lazy("Panel"), "assessment:school-panel", (P.ASSIGN_REVIEWS,)),
    Entry(gettext_lazy("Return"), "assessment:school-return", (P.PREPARE_RETURN, P.SIGN_RETURN)),
    Entry(gettext_lazy("Reports"), "assessment:school-reports", (P.EXPORT,)),
)
OWN_ENTRIES = (
    Entry(gettext_lazy("My year"), "assessment:me", (P.OWN_WORK,)),
    Entry(gettext_lazy("My choice"), "assessment:selection", (P.OWN_WORK,)),
    Entry(gettext_lazy("My hours"), "assessment:hours", (P.OWN_WORK,)),
    Entry(gettext_lazy("Portfolio"), "certificates:portfolio", (P.OWN_WORK,)),
    Entry(gettext_lazy("Reviews"), "assessment:reviews", (P.REVIEW,)),
    Entry(gettext_lazy("Spot-check cases"), "assessment:cases", (P.JUDGE_CASES,)),
)


def entries_at(actor: Actor, county: County | None, school: School | None, path: str) -> list[Link]:
    """Return the navigation for the place of a page."""
    links = []
    if school is not None:
        place = {"county": school.county.slug, "school": school.slug}
        links = [
            link(entry, path, place)
            for entry in SCHOOL_ENTRIES
            if any(actor.can(p, school) for p in entry.permissions)
        ]
    elif county is not None and not path.startswith("/me/"):
        place = {"county": county.slug}
        links = [
            link(entry, path, place)
            for entry in COUNTY_ENTRIES
            if any(actor.can(p, county) for p in entry.permissions)
        ]
    return links or own_entries(actor, path)


def own_entries(actor: Actor, path: str) -> list[Link]:
    """Return the navigation of one's own pages."""
    held = {permission for right in actor.rights for permission in right.permissions}
    return [link(entry, path, {}) for entry in OWN_ENTRIES if held & set(entry.permissions)]


def link(entry: Entry, path: str, place: dict[str, str]) -> Link:
    url = reverse(entry.name, kwargs=place)
    is_home = entry.name.endswith("home") or entry.name == "assessment:me"
    return Link(entry.label, url, path == url if is_home else path.startswith(url))


def homes_of(actor: Actor, path: str = "") -> list[Link]:
    """Return the actor's homes, the weightiest role first, each once."""
    rights = sorted(
        (right for right in actor.rights if right.key in ORDER),
        key=lambda right: (ORDER.index(right.key), str(right)),
    )
    places = places_of(rights)
    found: dict[str, Link] = {}
    for right in rights:
        label, url = home_of(right, places)
        found.setdefault(url, Link(label, url, path == url))
    return list(found.values())


def places_of(rights: list[Right]) -> dict[tuple[str, int], County | School | Region]:
    """Read all places that the rights name, in at most three queries."""
    wanted = {
        "school": {r.school_id for r in rights if r.key in SCHOOL_ROLES},
        "county": {r.county_id for r in rights if r.key in COUNTY_ROLES},
        "region": {r.region_id for r in rights if r.region_id},
    }
    found: dict[tuple[str, int], County | School | Region] = {}
    if wanted["school"]:
        for school in School._base_manager.filter(pk__in=wanted["school"]).select_related("county"):
            found["school", school.pk] = school
    if wanted["county"]:
        found |= {("county", county.pk): county for county in County.objects.filter(pk__in=wanted["county"])}
    if wanted["region"]:
        found |= {("region", region.pk): region for region in Region.objects.filter(pk__in=wanted["region"])}
    return found


def home_of(right: Right, places: dict[tuple[str, int], County | School | Region]) -> tuple[str, str]:
    """Return label and address of the home that a right leads to."""
    if right.key in COUNTY_ROLES:
        county = places["county", right.county_id]
        return str(county), reverse("assessment:county-home", kwargs={"county": county.slug})
    if right.key in SCHOOL_ROLES:
        school = places["school", right.school_id]
        place = {"county": school.county.slug, "school": school.slug}
        return str(school), reverse("assessment:school-home", kwargs=place)
    if right.key == "observer":
        region = places["region", right.region_id]
        return str(region), reverse("assessment:region-home", kwargs={"region": region.slug})
    if right.key == "teacher":
        return _("My year"), reverse("assessment:me")
    if right.key == "expert":
        return _("Spot-check cases"), reverse("assessment:cases")
    return _("Reviews"), reverse("assessment:reviews")
