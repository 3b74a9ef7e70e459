"""The shelf of documents, as page and sheet show it."""

from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.guiding.library.models import DocumentKind
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

BY_NAME = ("pinyin", "pk")
KIND = Filter("kind", _("Kind"), _("All kinds"), tuple(DocumentKind.choices))
LIBRARY = Listing(
    "library",
    _("Library"),
    (
        Listed("name", _("Title"), lambda row: row.name, BY_NAME, 44),
        Listed("kind", _("Kind"), lambda row: row.get_kind_display(), ("kind", *BY_NAME), 12),
        Listed("of", _("Whose"), lambda row: row.school.name if row.school else gettext("county"), width=24),
        Listed("version", _("Version"), lambda row: row.number, ("number", *BY_NAME), 10, "0"),
        Listed(
            "from", _("In force from"), lambda row: day(row.effective_from), ("effective_from", *BY_NAME), 14
        ),
        Listed("opened", _("Times opened"), lambda row: row.downloads, ("downloads", *BY_NAME), 10, "0"),
    ),
    "name",
    _("Title, initials or key word"),
    (KIND,),
)
AT_SCHOOL = replace(LIBRARY, name="school-library")
