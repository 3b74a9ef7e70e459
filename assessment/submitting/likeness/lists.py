"""The county's list of alike pieces, as page and sheet show it."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.submitting.likeness.models import LikenessKind, Verdict
from assessment.submitting.likeness.queries import points_concerned, schools_concerned
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day

OF = "piece__attempt__submission__"
DEGREES = (("90", _("90 or more")), ("75", _("75 or more")), ("60", _("60 or more")))


def verdict_said(row: Any) -> str:
    return str(Verdict(row.verdict).label) if row.verdict else ""


def point_said(row: Any) -> str:
    return str(row.piece.attempt.submission.point.code)


ALIKE = Listing(
    "likenesses",
    _("Alike pieces"),
    (
        Listed("found", _("Found"), lambda row: day(row.found_at), ("found_at", "pk"), 12),
        Listed("teacher", _("Teacher"), lambda row: row.piece.attempt.submission.person.name,
               (f"{OF}person__pinyin", "pk"), 14),
        Listed("school", _("School"), lambda row: row.piece.school.name, ("piece__school__pinyin", "pk"), 24),
        Listed("point", _("Point"), point_said, (f"{OF}point__position", "pk"), 10),
        Listed("kind", _("Kind"), lambda row: row.get_kind_display(), ("kind", "pk"), 16),
        Listed("degree", _("Degree"), lambda row: row.degree, ("degree", "pk"), 10, "0"),
        Listed("seen", _("First seen"), lambda row: day(row.seen_at), ("seen_at", "pk"), 12),
        Listed("seen-school", _("First seen at"), lambda row: row.seen_school.name,
               ("seen_school__pinyin", "pk"), 24),
        Listed("verdict", _("Looked at"), verdict_said, width=16),
    ),
    "-found",
    _("Name, pinyin, initials or number"),
)  # fmt: skip


def alike_of_county() -> Listing:
    """Return the list with its filters, schools and points as they stand today."""
    filters = (
        Filter("kind", _("Kind"), _("All kinds"), tuple(LikenessKind.choices)),
        Filter("degree", _("Degree"), _("All degrees"), DEGREES),
        Filter("school", _("School"), _("All schools"), tuple(schools_concerned())),
        Filter("point", _("Point"), _("All points"), tuple(points_concerned())),
        Filter(
            "verdict", _("Looked at"), _("All of them"), (("none", _("Not looked at yet")), *Verdict.choices)
        ),
    )
    return replace(ALIKE, filters=filters)
