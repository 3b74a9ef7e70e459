"""What a piece of an exemplar is called, and where it lies: the one place that decides both."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.reviewing.exemplars.models import Exemplar
from assessment.submitting.models import Evidence
from schools.files.cleaning.showing import WITH_CLEANED, WITH_CLEANED_COPIES, shown_cleaned
from schools.files.previews.showing import Shown


@dataclass(frozen=True)
class Piece:
    """A piece of an exemplar as pages show it: a neutral name, and the address below the page's own."""

    evidence: Evidence
    number: int
    name: str
    url: str
    look: Shown


def shown_name(number: int) -> str:
    """Return what a piece is called on pages and in downloads: a number, never its own name."""
    return _("Evidence %d") % number


def address_of(exemplar: Exemplar, piece: Evidence, *, is_kept: bool) -> str:
    """Return where a piece is given out: to those who practise, or to the office that keeps the exemplar."""
    if not is_kept:
        return reverse("assessment:exemplar-evidence", args=[exemplar.pk, piece.pk])
    slug = exemplar.school.county.slug
    return reverse("assessment:county-exemplar-evidence", args=[slug, exemplar.pk, piece.pk])


def pieces_of(exemplar: Exemplar, *, is_kept: bool = False) -> list[Piece]:
    """Return the exemplar's pieces in order, numbered from 1."""
    rows = exemplar.attempt.evidence.select_related(WITH_CLEANED).prefetch_related(WITH_CLEANED_COPIES)
    found = []
    for number, piece in enumerate(rows.order_by("pk"), 1):
        name, url = shown_name(number), address_of(exemplar, piece, is_kept=is_kept)
        found.append(Piece(piece, number, name, url, shown_cleaned(piece.file, url, name=name)))
    return found


def numbered(exemplar: Exemplar, pk: int) -> tuple[int, Evidence] | None:
    """Return one piece of the exemplar with its number, or None."""
    rows = exemplar.attempt.evidence.select_related(WITH_CLEANED).order_by("pk")
    return next(((number, piece) for number, piece in enumerate(rows, 1) if piece.pk == pk), None)
