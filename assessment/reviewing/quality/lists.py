"""The lists of reviewers and schools by the quality of their reviews, as page and sheet show them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.reviewing.quality.queries import Read
from assessment.reviewing.quality.readings import Readings, Said, said
from schools.organisations.models import School
from schools.people.models import Person
from schools.sheets.listing import Filter, Listed, Listing

PLACE = ("pinyin", "pk")


@dataclass(frozen=True)
class QualityRow:
    """A reviewer or a school with what was read, of which the figures come."""

    pk: int
    name: str
    pinyin: str
    school: School | None
    readings: Readings
    checked: int = 0
    overturned: int = 0

    @cached_property
    def said(self) -> Said:
        """The figures in words, made for the rows that are shown."""
        return said(self.readings)


def word(name: str) -> Callable[[QualityRow], Any]:
    """Return what reads a worded figure."""
    return lambda row: getattr(row.said, name)


def figure(key: str, heading: Any, name: str, width: int = 14) -> Listed:
    return Listed(key, heading, word(name), (f"readings__{name}__known", *PLACE), width)


FIGURES = (
    Listed("reviews", _("Reviews"), word("finished"), width=10),
    Listed("works", _("Works read twice"), word("works"), width=12),
    figure("agreement", _("Same verdict"), "work_agreement"),
    figure("kappa", _("Kappa of verdicts"), "work_kappa"),
    figure("same-grade", _("Same grade of an item"), "item_agreement"),
    figure("weighted-kappa", _("Weighted kappa of grades"), "item_kappa"),
)
SEVERITY = figure("severity", _("Strictness"), "severity", 28)
DAYS = (
    figure("days", _("Days, median"), "median_days"),
    figure("slow-days", _("Days, nine of ten"), "slow_days"),
)
NAME = Listed("name", _("Reviewer"), lambda row: row.name, PLACE, 16)
REVIEWERS = Listing("review-quality", _("Quality of reviews"), (NAME, *FIGURES, SEVERITY, *DAYS), "name")
IN_COUNTY = Listing(
    "county-reviewers",
    _("Reviewers of the county"),
    (
        NAME,
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *PLACE), 28),
        *FIGURES,
        SEVERITY,
        *DAYS,
    ),
    "name",
    _("Name, pinyin, initials or number"),
)


def checks_said(row: QualityRow) -> str:
    return f"{row.overturned} / {row.checked}" if row.checked else ""


SCHOOLS = Listing(
    "schools-review-quality",
    _("Quality of reviews"),
    (
        Listed("school", _("School"), lambda row: row.name, PLACE, 28),
        *FIGURES,
        *DAYS,
        Listed("overturned", _("Overturned by spot checks"), checks_said, ("-overturned", *PLACE), 16),
    ),
    "school",
    _("School or initials"),
    (
        Filter(
            "place", _("Where"), _("Everywhere"), (("rural", _("Rural schools")), ("town", _("Town schools")))
        ),
    ),
)


def reviewer_rows(read: Read, people: dict[int, Person], schools: dict[int, School]) -> list[QualityRow]:
    """Return a row for each reviewer of each school, of the people and schools given by id."""
    return [
        QualityRow(who, people[who].name, people[who].pinyin, schools.get(school), one)
        for (school, who), one in read.reviewers.items()
        if who in people
    ]


def school_rows(read: Read, schools: list[School], verdicts: dict[int, tuple[int, int]]) -> list[QualityRow]:
    """Return a row for each school; `verdicts` are (checked, overturned) of spot checks by school id."""
    rows = []
    for school in schools:
        one = read.schools.get(school.pk) or Readings()
        checks = verdicts.get(school.pk, (0, 0))
        rows.append(QualityRow(school.pk, school.name, school.pinyin, school, one, *checks))
    return rows
