"""Evidence in place, for its reviewer and for the school."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from assessment.reviewing.masking import give_piece_copy, show_piece
from assessment.reviewing.school_views import submitted_piece
from assessment.reviewing.views import reviewed_piece
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.previews.answering import give_copy, show_preview


@allow(Permission.REVIEW)
@require_GET
def review_evidence_preview(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Show a piece of the attempt that this reviewer was asked to look at."""
    return show_piece(request, *reviewed_piece(request, pk, evidence))


@allow(Permission.REVIEW)
@require_GET
def review_evidence_copy(
    request: HttpRequest, pk: int, evidence: int, kind: str, number: int
) -> HttpResponseBase:
    """One copy of such a piece."""
    return give_piece_copy(request, *reviewed_piece(request, pk, evidence), kind, number)


@allow(Permission.SEE_EVIDENCE)
@require_GET
def school_evidence_preview(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Show a submitted piece of evidence of this school."""
    return show_preview(request, submitted_piece(request, pk, evidence).file)


@allow(Permission.SEE_EVIDENCE)
@require_GET
def school_evidence_copy(
    request: HttpRequest, pk: int, evidence: int, kind: str, number: int
) -> HttpResponseBase:
    """One copy of such a piece."""
    return give_copy(request, submitted_piece(request, pk, evidence).file, kind, number)
