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


def page(label: Words, name: str, *permissions: P) -> Entry:
    return Entry(label, name, permissions)


COUNTY = (
    alone(_("Overview"), "assessment:county-home", P.SEE_COUNTY),
    Section(
        _("Programme"),
        (
            page(_("Programme"), "assessment:programme", P.SEE_COUNTY),
            page(_("Rules"), "assessment:programme-rules", P.SEE_COUNTY),
            page(_("Calendar"), "assessment:programme-calendar", P.SEE_COUNTY),
            page(_("Participants"), "assessment:participants", P.SEE_PEOPLE),
            page(_("Exclusions and leave"), "assessment:county-absences", P.SET_RULES),
            page(_("Dates of the schools"), "assessment:programme-dates", P.SEE_COUNTY),
            page(_("Reminders"), "assessment:county-reminders", P.SET_RULES),
        ),
    ),
    Section(
        _("Schools and people"),
        (
            page(_("Schools"), "schools:county-schools", P.SEE_COUNTY),
            page(_("People"), "schools:county-people", P.SEE_PEOPLE),
            page(_("Transfers"), "assessment:transfers", P.COMPLETE_TRANSFERS),
            page(_("Bodies"), "assessment:county-bodies", P.SEE_COUNTY),
            page(_("Nominations"), "assessment:county-nominations", P.SEE_COUNTY),
            page(_("Inventories"), "assessment:county-inventories", P.SEE_COUNTY),
        ),
    ),
    Section(
        _("The year"),
        (
            page(_("Filings"), "assessment:county-filings", P.SEE_COUNTY),
            page(_("Surveys"), "assessment:county-surveys", P.RUN_SURVEYS),
            page(_("Choices"), "assessment:county-choices", P.SEE_COUNTY),
            page(_("Activities"), "assessment:county-activities", P.SEE_COUNTY),
            page(_("Courses"), "assessment:county-courses", P.SEE_COUNTY),
            page(_("Providers"), "assessment:county-providers", P.IMPORT_HOURS),
            page(_("Hours"), "assessment:county-hours", P.RECOGNISE_HOURS),
            page(_("Who needs help"), "assessment:county-flags", P.SEE_COUNTY),
        ),
    ),
    Section(
        _("Guidance"),
        (
            page(_("Training team"), "assessment:county-training-team", P.SEE_COUNTY),
            page(_("Trainers and schools"), "assessment:county-trainers", P.SEE_COUNTY),
            page(_("Visits"), "assessment:county-visits", P.SEE_COUNTY),
            page(_("Inspections"), "assessment:county-inspections", P.SEE_COUNTY),
            page(_("Issues"), "assessment:county-issues", P.SEE_COUNTY),
            page(_("Minutes"), "assessment:county-minutes", P.SEE_COUNTY),
            page(_("Circulars"), "assessment:county-circulars", P.SEE_COUNTY),
            page(_("Library"), "assessment:county-library", P.SEE_COUNTY),
        ),
    ),
    Section(
        _("Results"),
        (
            page(_("Panels"), "assessment:county-panels", P.SEE_COUNTY),
            page(_("Coaching"), "assessment:county-coaching", P.APPOINT_LEADERS),
            page(_("Honours"), "assessment:county-honours", P.SEE_COUNTY),
            page(_("Returns"), "assessment:county-returns", P.SEE_COUNTY),
            page(_("Quality of reviews"), "assessment:county-review-quality", P.SEE_COUNTY),
            page(_("Exemplars"), "assessment:county-exemplars", P.SEE_COUNTY),
            page(_("Groups' records"), "assessment:county-group-records", P.SEE_COUNTY),
            page(_("Spot checks"), "assessment:draws", P.RUN_SPOT_CHECKS),
            page(_("Spot checks by school"), "assessment:checked-schools", P.SEE_COUNTY),
            page(_("Samples of the process"), "assessment:process-samples", P.RUN_SPOT_CHECKS),
            page(_("Appeals"), "assessment:county-appeals", P.RUN_SPOT_CHECKS),
            page(_("Alike pieces"), "assessment:county-likenesses", P.RUN_SPOT_CHECKS),
            page(_("Certificates"), "certificates:register", P.SEE_REGISTER),
            page(_("Reports"), "assessment:county-reports", P.EXPORT),
        ),
    ),
)
SCHOOL = (
    alone(_("Overview"), "assessment:school-home", P.SEE_SCHOOL),
    Section(
        _("School"),
        (
            page(_("People"), "schools:school-people", P.SEE_PEOPLE),
            page(_("Bodies"), "assessment:school-bodies", P.SEE_SCHOOL),
            page(_("Inventory"), "assessment:school-inventory", P.SEE_SCHOOL),
            page(_("Nominations"), "assessment:school-nominations", P.SEE_PEOPLE),
            page(_("Exclusions and leave"), "assessment:school-absences", P.ASK_ABSENCES),
            page(_("Calendar"), "assessment:school-calendar", P.SEE_SCHOOL),
        ),
    ),
    Section(
        _("The year"),
        (
            page(_("Filings"), "assessment:school-filings", P.SEE_SCHOOL),
            page(_("Surveys"), "assessment:school-surveys", P.RUN_SURVEYS),
            page(_("Choices"), "assessment:school-selections", P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS),
            page(_("Activities"), "assessment:school-activities", P.SEE_SCHOOL, P.LEAD_ACTIVITIES),
            page(_("Polishing"), "assessment:school-polishings", P.LEAD_ACTIVITIES),
            page(_("Courses"), "assessment:school-courses", P.SEE_SCHOOL),
            page(_("Hours"), "assessment:school-hours", P.ATTEST_HOURS),
            page(_("Who needs help"), "assessment:school-flags", P.HELP_TEACHERS),
        ),
    ),
    Section(
        _("Guidance"),
        (
            page(_("Guidance"), "assessment:school-guidance", P.SEE_SCHOOL),
            page(_("Minutes"), "assessment:school-minutes", P.SEE_SCHOOL),
            page(_("Circulars"), "assessment:school-circulars", P.SEE_PEOPLE),
            page(_("Library"), "assessment:school-library", P.SEE_SCHOOL),
            page(_("Reminders"), "assessment:school-reminders", P.CONFIRM_SELECTIONS),
        ),
    ),
    Section(
        _("Results"),
        (
            page(_("Submissions"), "assessment:school-submissions", P.SEE_SUBMISSIONS),
            page(_("Panel"), "assessment:school-panel", P.ASSIGN_REVIEWS),
            page(_("Coaching"), "assessment:school-coaching", P.DECIDE),
            page(_("Honours"), "assessment:school-honours", P.PREPARE_RETURN),
            page(_("Quality of reviews"), "assessment:school-review-quality", P.SEE_SUBMISSIONS),
            page(_("Exemplars"), "assessment:school-exemplars", P.SEE_SUBMISSIONS),
            page(_("Groups' records"), "assessment:school-group-records", P.SEE_SCHOOL),
            page(_("Return"), "assessment:school-return", P.PREPARE_RETURN, P.SIGN_RETURN),
            page(_("Reports"), "assessment:school-reports", P.EXPORT),
        ),
    ),
)
OWN = (
    alone(_("My year"), "assessment:me", P.OWN_WORK),
    Section(
        _("Plan and choice"),
        (
            page(_("My choice"), "assessment:selection", P.OWN_WORK),
            page(_("My surveys"), "assessment:surveys", P.OWN_WORK),
            page(_("The school's plan"), "assessment:plan", P.OWN_WORK),
            page(_("Task sheet"), "assessment:own-tasks", P.OWN_WORK),
            page(_("Calendar"), "assessment:my-calendar", P.OWN_WORK),
        ),
    ),
    Section(
        _("Training"),
        (
            page(_("My hours"), "assessment:hours", P.OWN_WORK),
            page(_("Activities"), "assessment:activities", P.OWN_WORK),
            page(_("Polishing"), "assessment:polishings", P.OWN_WORK),
            page(_("My courses"), "assessment:courses", P.OWN_WORK, P.GUIDE_SCHOOLS),
        ),
    ),
    alone(_("Portfolio"), "certificates:portfolio", P.OWN_WORK),
    alone(_("My schools"), "assessment:guidance", P.GUIDE_SCHOOLS),
    Section(
        _("Reviews"),
        (
            page(_("Reviews"), "assessment:reviews", P.REVIEW),
            page(_("Groups' records"), "assessment:group-records", P.REVIEW),
            page(_("Exemplars"), "assessment:exemplars", P.REVIEW),
            page(_("Quality of my reviews"), "assessment:review-quality", P.REVIEW),
        ),
    ),
    alone(_("Spot-check cases"), "assessment:cases", P.JUDGE_CASES),
    alone(_("Appeals to hear"), "assessment:hearings", P.JUDGE_CASES, P.GUIDE_SCHOOLS),
    Section(
        _("To read"),
        (
            page(_("Circulars"), "assessment:circulars", P.OWN_WORK, P.SEE_SCHOOL, P.GUIDE_SCHOOLS),
            page(_("Library"), "assessment:library", P.OWN_WORK, P.SEE_SCHOOL, P.GUIDE_SCHOOLS),
            page(_("Reminders and help"), "assessment:own-reminders", P.OWN_WORK, P.GUIDE_SCHOOLS),
        ),
    ),
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
            found.append(SectionShown(section.label, links))
    return marked(found)


def link(entry: Entry, path: str, place: dict[str, str]) -> Link:
    url = reverse(entry.name, kwargs=place)
    is_home = entry.name.endswith("home") or entry.name == "assessment:me"
    return Link(entry.label, url, path == url if is_home else path.startswith(url))


def marked(sections: list[SectionShown]) -> list[SectionShown]:
    """Leave only the closest page marked as current where addresses begin alike."""
    current = [one for section in sections for one in section.links if one.is_current]
    if len(current) < 2:
        return sections
    closest = max(current, key=lambda one: len(one.url))
    return [
        SectionShown(section.label, [Link(one.label, one.url, one is closest) for one in section.links])
        for section in sections
    ]
