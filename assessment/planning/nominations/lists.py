"""The county's lists of nominations and trainers, as page and sheet show them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from assessment.planning.bodies.models import Employment, Origin
from assessment.planning.bodies.service import FIGURES, Figure
from assessment.planning.nominations.queries import OVER, RUNNING, Trainer
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_PERSON = ("person__pinyin", "pk")
SEARCH = _("Name, school, subject or initials")
KIND = Filter("employment", _("Employment"), _("Full-time and part-time"), tuple(Employment.choices))
NOMINATIONS = Listing(
    "nominations",
    _("Nominations"),
    (
        Listed("name", _("Name"), lambda row: row.person.name, BY_PERSON, 14),
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *BY_PERSON), 28),
        Listed("subject", _("Subject"), lambda row: row.subject, ("subject", *BY_PERSON), 14),
        Listed(
            "employment",
            _("Employment"),
            lambda row: row.get_employment_display(),
            ("employment", *BY_PERSON),
            12,
        ),
        Listed("reason", _("Reason"), lambda row: row.reason, width=44),
        Listed("state", _("State"), lambda row: row.label, ("state", *BY_PERSON), 12),
    ),
    "school",
    SEARCH,
    (KIND,),
)


def school_of(row: Trainer) -> str:
    person = row.seat.person
    return person.school.name if person and person.school else ""


TRAINERS = Listing(
    "trainers",
    _("Training team"),
    (
        Listed("name", _("Name"), lambda row: row.seat.holder, BY_PERSON, 14),
        Listed("school", _("School"), school_of, ("person__school__pinyin", *BY_PERSON), 28),
        Listed("subject", _("Subject"), lambda row: row.seat.subject, ("subject", *BY_PERSON), 14),
        Listed("origin", _("Comes from"), lambda row: row.seat.get_origin_display(), ("origin", *BY_PERSON)),
        Listed(
            "employment",
            _("Employment"),
            lambda row: row.seat.get_employment_display(),
            ("employment", *BY_PERSON),
            12,
        ),
        Listed("since", _("First day"), lambda row: day(row.seat.starts_on), ("starts_on", *BY_PERSON), 12),
        Listed("until", _("Until"), lambda row: day(row.seat.until), ("until", *BY_PERSON), 12),
        Listed("term", _("State"), lambda row: str(row.label), width=12),
    ),
    "name",
    SEARCH,
    (
        Filter("origin", _("Comes from"), _("All bodies"), tuple(Origin.choices)),
        Filter("term", _("Term"), _("All terms"), ((RUNNING, _("running")), (OVER, _("over")))),
    ),
)


def figure_column(one: Figure) -> Listed:
    """Return the column of one figure of service."""
    return Listed(one.key, one.label, lambda row: row.figures[one.key], width=12, format="0")


def with_figures() -> Listing:
    """Return the list of trainers with a column for each figure that the stages have registered."""
    columns = tuple(figure_column(one) for one in FIGURES.values())
    return replace(TRAINERS, columns=(*TRAINERS.columns, *columns))
