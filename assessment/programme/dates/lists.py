"""The list of the schools' dates, as page and sheet show it."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.programme.dates.queries import SchoolDates
from assessment.programme.models import PhaseKind
from assessment.programme.waves.lists import WAVE
from schools.sheets.listing import Listed, Listing
from schools.sheets.rows import day

BY_SCHOOL = ("school__pinyin", "school__pk")


def wave_said(row: SchoolDates) -> str:
    return f"{row.wave.number} {row.wave.name}" if row.wave else gettext("no wave")


def last_day(kind: PhaseKind) -> Any:
    """Return what a sheet says of a phase's last day at a school."""

    def said(row: SchoolDates) -> str:
        window = row.windows.get(kind)
        if window is None:
            return ""
        extended = gettext("%(day)s (extended)") % {"day": day(window.closes_on)}
        return extended if window.is_extended else day(window.closes_on)

    return said


DATES = Listing(
    "dates",
    _("Dates of the schools"),
    (
        Listed("school", _("School"), lambda row: row.school.name, BY_SCHOOL, 28),
        Listed("wave", _("Wave"), wave_said, ("wave_number", *BY_SCHOOL), 16),
        *(
            Listed(kind.value, kind.label, last_day(kind), (f"until_{kind.value}", *BY_SCHOOL), 20)
            for kind in PhaseKind
        ),
    ),
    "school",
    _("School or initials"),
    (WAVE,),
)
