"""The matching report of an import, as page and sheet show it."""

from django.utils.translation import gettext_lazy as _

from assessment.training.providers.models import HourImportRow, RowOutcome
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day


def teacher_of(row: HourImportRow) -> str:
    """Return the teacher found, or what the file calls the one who was not."""
    return row.person.name if row.person else row.who


def school_of(row: HourImportRow) -> str:
    return row.person.school.name if row.person and row.person.school else ""


REPORT = Listing(
    "hour-import",
    _("Matching report"),
    (
        Listed("line", _("Row"), lambda row: row.line, ("line",), 8, "0"),
        Listed("teacher", _("Teacher"), teacher_of, width=16),
        Listed("school", _("School"), school_of, width=24),
        Listed("course", _("Course name"), lambda row: row.course_name or row.course_code, width=32),
        Listed("hours", _("Hours"), lambda row: row.hours, ("hours", "line"), 10, "0.0"),
        Listed("before", _("Hours before"), lambda row: row.before, width=10, format="0.0"),
        Listed("finished", _("Finished on"), lambda row: day(row.finished_on), ("finished_on", "line"), 12),
        Listed("outcome", _("Outcome"), lambda row: row.get_outcome_display(), ("outcome", "line"), 18),
        Listed("sentence", _("What is to be done"), lambda row: row.sentence, width=60),
    ),
    "line",
    "",
    (Filter("outcome", _("Outcome"), _("All rows"), tuple(RowOutcome.choices)),),
)
