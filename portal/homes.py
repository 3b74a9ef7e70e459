"""Where each role is at home."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schools.access.actor import Actor, Right
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
