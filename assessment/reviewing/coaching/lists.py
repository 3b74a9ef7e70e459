"""The lists of work that needs a coach, as page and sheet show them."""

from django.utils.translation import gettext_lazy as _

from assessment.reviewing.coaching.queries import CoachRow
from schools.sheets.listing import Listed, Listing


def attempts_said(row: CoachRow) -> str:
    return f"{row.used} / {row.allowed}"


SCHOOL = Listed("school", _("School"), lambda row: row.submission.school.name, width=24)
COLUMNS = (
    Listed("teacher", _("Teacher"), lambda row: row.submission.person.name, width=14),
    Listed(
        "point", _("Point"), lambda row: f"{row.submission.point.code} {row.submission.point.name}", width=40
    ),
    Listed("state", _("State"), lambda row: row.submission.label),
    Listed("attempts", _("Attempts"), attempts_said, width=10),
    Listed("coach", _("Coach"), lambda row: row.coach.person.name if row.coach else "", width=14),
)
COACHING = Listing("coaching", _("Coaching"), COLUMNS)
COUNTY_COACHING = Listing("county-coaching", _("Coaching"), (SCHOOL, *COLUMNS))
