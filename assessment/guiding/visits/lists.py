"""The lists of trainers and of visits, as page and sheet show them."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.guiding.visits.queries import months_back, visiting_trainers
from schools.clock import today
from schools.organisations.models import School
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_NAME = ("pinyin", "pk")


def schools_said(trainer: Any) -> str:
    return gettext(", ").join(row.school.name for row in trainer.running)


TRAINERS = Listing(
    "trainers",
    _("Trainers and their schools"),
    (
        Listed("trainer", _("Trainer"), lambda row: row.name, BY_NAME, 14),
        Listed("unit", _("Own school"), lambda row: row.school.name if row.school else "", width=24),
        Listed("count", _("Schools"), lambda row: row.school_count, ("school_count", *BY_NAME), 10, "0"),
        Listed("schools", _("Guides"), schools_said, width=50),
        Listed("visits", _("Visits"), lambda row: row.visit_count, ("visit_count", *BY_NAME), 10, "0"),
        Listed("last", _("Last visit"), lambda row: day(row.last_visit), ("last_visit", *BY_NAME), 12),
    ),
    "trainer",
    _("Name, pinyin, initials or number"),
)
VISITS = Listing(
    "visits",
    _("Visits"),
    (
        Listed("day", _("Day"), lambda row: day(row.day), ("day", "pk"), 12),
        Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", "day", "pk"), 28),
        Listed("trainer", _("Trainer"), lambda row: row.trainer.name, ("trainer__pinyin", "day", "pk"), 14),
        Listed("kind", _("Kind of visit"), lambda row: row.get_kind_display(), ("kind", "day", "pk"), 10),
        Listed("looked", _("What was looked at"), lambda row: row.looked_at, width=40),
        Listed("observed", _("Observed"), lambda row: row.observed, width=50),
        Listed("advice", _("Advice to the school"), lambda row: row.advice, width=50),
        Listed("answer", _("The school's answer"), lambda row: row.answer, width=40),
    ),
    "-day",
    _("School or trainer, or initials"),
)


def visits_of_county() -> Listing:
    """Return the list with its choices of today: trainers, schools, months."""
    people = tuple((str(person.pk), person.name) for person in visiting_trainers())
    schools = tuple((str(school.pk), school.name) for school in School.objects.order_by("pinyin", "pk"))
    months = tuple((month, month) for month in months_back(today()))
    filters = (
        Filter("trainer", _("Trainer"), _("All trainers"), people),
        Filter("school", _("School"), _("All schools"), schools),
        Filter("month", _("Month"), _("All months"), months),
    )
    return replace(VISITS, filters=filters)
