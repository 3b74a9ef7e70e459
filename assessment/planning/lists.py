"""The county's lists of school plans, as page and sheet show them."""

from django.utils.translation import gettext_lazy as _

from schools.sheets.listing import Listed, Listing

SCHOOL_OR_NUMBER = _("School, initials or filing number")
FILINGS = Listing(
    "filings",
    _("School plans"),
    (
        Listed("school", _("School"), lambda plan: plan.school.name, ("school__pinyin", "pk"), 28),
        Listed("title", _("Title"), lambda plan: plan.title, width=40),
        Listed("state", _("State"), lambda plan: plan.label, ("state", "school__pinyin", "pk")),
        Listed(
            "number", _("Filing number"), lambda plan: plan.number, ("number", "school__pinyin", "pk"), 22
        ),
    ),
    "school",
    SCHOOL_OR_NUMBER,
)
WITHOUT_PLAN = Listing(
    "schools-without-plan",
    _("Schools without a plan"),
    (
        Listed("school", _("School"), lambda school: school.name, ("pinyin", "pk"), 28),
        Listed(
            "stage", _("School stage"), lambda school: school.get_stage_display(), ("stage", "pinyin", "pk")
        ),
    ),
    "school",
    SCHOOL_OR_NUMBER,
)
