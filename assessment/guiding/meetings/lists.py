"""The list of minutes, as page and sheet show it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from assessment.guiding.meetings.models import MeetingKind
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

KIND = Filter("kind", _("Kind of meeting"), _("All kinds"), tuple(MeetingKind.choices))
MINUTES = Listing(
    "minutes",
    _("Minutes"),
    (
        Listed("day", _("Day"), lambda row: day(row.held_on), ("held_on", "pk"), 12),
        Listed("title", _("Title"), lambda row: row.title, width=40),
        Listed(
            "kind", _("Kind of meeting"), lambda row: row.get_kind_display(), ("kind", "held_on", "pk"), 16
        ),
        Listed(
            "decisions", _("Decisions"), lambda row: row.decision_count, ("decision_count", "pk"), 10, "0"
        ),
        Listed("issues", _("Issues of them"), lambda row: row.issue_count, ("issue_count", "pk"), 10, "0"),
    ),
    "-day",
    _("A word of title, people or decisions"),
    (KIND,),
)
AT_SCHOOL = replace(MINUTES, name="school-minutes")
