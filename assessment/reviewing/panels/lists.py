"""The county's list of panels, as page and sheet show it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.reviewing.panels.sizes import PanelRow
from schools.sheets.listing import Listed, Listing
from schools.sheets.rows import day

BY_NAME = ("pinyin", "pk")


def hands_said(row: PanelRow) -> str:
    if row.delegation is None:
        return gettext("the school's own")
    return gettext("training team since %s") % day(row.delegation.delegated_at)


PANELS = Listing(
    "panels",
    _("Panels"),
    (
        Listed("school", _("School"), lambda row: row.school.name, BY_NAME, 24),
        Listed("inside", _("From the school"), lambda row: len(row.inside), width=12, format="0"),
        Listed("outside", _("From outside"), lambda row: len(row.outside), width=12, format="0"),
        Listed("open", _("Open reviews"), lambda row: row.open_reviews, width=12, format="0"),
        Listed("hands", _("In whose hands"), hands_said, width=24),
    ),
    "school",
    _("Name, pinyin or initials"),
)
