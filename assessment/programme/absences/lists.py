"""The lists of absences at county and school, as page and sheet show them."""

from django.utils.translation import gettext_lazy as _

from assessment.programme.absences.models import AbsenceKind
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_PERSON = ("person__pinyin", "pk")
KIND = Filter("kind", _("Kind"), _("Both kinds"), tuple(AbsenceKind.choices))
WHO = Listed("person", _("Name"), lambda row: row.person.name, BY_PERSON, 14)
SCHOOL = Listed("school", _("School"), lambda row: row.school.name, ("school__pinyin", *BY_PERSON), 28)
REST = (
    Listed("kind", _("Kind"), lambda row: row.get_kind_display(), ("kind", *BY_PERSON), 20),
    Listed("reason", _("Reason"), lambda row: row.reason, width=40),
    Listed("from", _("First day"), lambda row: day(row.starts_on), ("starts_on", "pk"), 12),
    Listed("until", _("Until"), lambda row: day(row.ends_on), ("ends_on", "pk"), 12),
    Listed("state", _("State"), lambda row: row.label, ("state", *BY_PERSON), 14),
)
AT_COUNTY = Listing(
    "absences", _("Absences"), (WHO, SCHOOL, *REST), "school", _("Name, school or initials"), (KIND,)
)
AT_SCHOOL = Listing("school-absences", _("Absences"), (WHO, *REST), "state", _("Name or initials"), (KIND,))
