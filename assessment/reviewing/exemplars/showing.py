"""An exemplar's items with pieces, agreed grades and one's own, as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.reviewing.exemplars.models import Exemplar, Practice
from assessment.reviewing.exemplars.names import Piece, pieces_of
from assessment.reviewing.queue import Choice, choices
from assessment.reviewing.school_queries import GradeShown, shown
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem, Point


@dataclass(frozen=True)
class ItemShown:
    """One item: its pieces, the choices, and (once one may see them) the agreed grade with its comment."""

    item: EvidenceItem
    pieces: list[Piece]
    choices: list[Choice]
    agreed: GradeShown | None
    comment: str
    own: GradeShown | None
    is_alike: bool


def items_shown(
    exemplar: Exemplar,
    *,
    sees_agreed: bool,
    is_kept: bool = False,
    practice: Practice | None = None,
    sent: Mapping[int, Grade] | None = None,
    said: Mapping[int, str] | None = None,
) -> list[ItemShown]:
    """Return the items; agreed grades only where they may be seen. `sent` and `said` were typed and not kept."""
    submission = exemplar.submission
    submission.point = Point.objects.prefetch_related("items__criteria").get(pk=submission.point_id)
    kept = {grade.item_id: grade for grade in exemplar.grades.all()}
    own = {grade.item_id: grade.grade for grade in practice.grades.all()} if practice else {}
    then = {grade.item_id: grade.agreed for grade in practice.grades.all()} if practice else {}
    pieces, found = pieces_of(exemplar, is_kept=is_kept), []
    for item in items_of(submission):
        known = kept.get(item.pk) if sees_agreed else None
        agreed = then.get(item.pk, known.grade if known else None) if sees_agreed else None
        chosen = (sent or {}).get(item.pk, known.grade if known and not practice else None)
        found.append(
            ItemShown(
                item=item,
                pieces=[piece for piece in pieces if piece.evidence.item_id == item.pk],
                choices=choices(chosen),
                agreed=shown(agreed),
                comment=(said or {}).get(item.pk, known.comment if known else ""),
                own=shown(own.get(item.pk)),
                is_alike=own.get(item.pk) == agreed,
            )
        )
    return found
