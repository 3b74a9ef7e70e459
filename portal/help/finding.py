"""What the help holds, as one list that words find; Chinese is found by pinyin and initials too."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.workflow import WORKFLOWS
from microcapabilities.models import Point
from microcapabilities.queries import current_catalogue
from portal.help.pages import PAGES
from portal.help.process import TOPICS, steps_of, topics
from portal.help.words import Words
from schools.access.roles import ROLES
from schools.pinyin import spelled

PAGE_ANCHOR = "page-"


@dataclass(frozen=True)
class Entry:
    """One thing the help tells of; `words` are further words that find it."""

    kind: Words
    title: Words
    sentence: Words
    url: str
    words: str = ""

    def holds(self, asked: str) -> bool:
        """Say whether every word of `asked` stands in the entry, also as pinyin or initials of its title."""
        text = " ".join([str(self.title), str(self.sentence), self.words, *spelled(str(self.title))])
        return all(word in text.casefold() for word in asked.casefold().split())


def entries() -> list[Entry]:
    """Return roles, steps and pages; no query."""
    return [*role_entries(), *topic_entries(), *page_entries()]


def role_entries() -> list[Entry]:
    return [
        Entry(_("Role"), role.label, role.sentence, reverse("portal:help-role", args=[role.key]))
        for role in ROLES.values()
    ]


def topic_entries() -> list[Entry]:
    return [
        Entry(
            _("How it goes"),
            title,
            sentence,
            reverse("portal:help-steps", args=[key]),
            " ".join(str(step.label) for step in steps_of(WORKFLOWS[key])),
        )
        for key, title, sentence in topics()
    ]


def page_entries() -> list[Entry]:
    return [Entry(_("Page"), one.label, one.sentence, address_of_page(one.slug)) for one in PAGES]


def point_entries() -> list[Entry]:
    """Return the points of the catalogue in force: two queries."""
    points = Point.objects.filter(catalogue=current_catalogue())
    return [
        Entry(
            _("Point"),
            f"{point.code} {point.name}",
            "",
            reverse("microcapabilities:point", args=[point.code]),
        )
        for point in points
    ]


def address_of_page(slug: str) -> str:
    return f"{reverse('portal:help')}#{PAGE_ANCHOR}{slug}"


def found(asked: str) -> list[Entry]:
    """Return what the words find: roles, steps, pages and points."""
    return [entry for entry in [*entries(), *point_entries()] if entry.holds(asked)]


ABOUT: dict[str, str] = {
    "assessment:submission": "submission",
    "assessment:school-submission": "submission",
    "assessment:school-selection": "selection",
    "assessment:review": "review",
    "assessment:case": "case",
    "assessment:county-case": "case",
    "assessment:draw": "case",
    "assessment:draws-plan": "case",
    "assessment:appeal": "appeal",
    "assessment:hearing": "appeal",
    "assessment:county-appeal": "appeal",
    "assessment:process-sample": "process-check",
    "assessment:process-check": "process-check",
    "assessment:county-person-hours": "hour-claim",
    "assessment:school-person-hours": "hour-claim",
    "assessment:county-provider": "hour-claim",
    "assessment:county-mapping": "hour-claim",
    "assessment:county-hour-import": "hour-claim",
    "assessment:county-filing": "filing",
    "assessment:county-filing-compare": "filing",
    "assessment:school-filing": "filing",
    "assessment:school-filing-compare": "filing",
    "assessment:county-return": "return",
    "certificates:certificate": "certificate",
    "schools:person": "school-people",
    "schools:school-roles": "school-people",
    "schools:school-roster": "school-people",
    "schools:school-roster-preview": "school-people",
    "schools:county-roster": "county-people",
    "schools:county-roster-preview": "county-people",
    "schools:school-leaders": "county-schools",
    "schools:county-experts": "county-schools",
} | {one.name: one.topic or one.slug for one in PAGES}


def help_for(view_name: str) -> str:
    """Return the address of the help about a page, or an empty text."""
    about = ABOUT.get(view_name, "")
    if about in TOPICS:
        return reverse("portal:help-steps", args=[about])
    return address_of_page(about) if about else ""
