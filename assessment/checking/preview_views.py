"""Evidence of a case in place, for its expert, under neutral names."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from assessment.checking.masking import numbered_piece
from assessment.checking.views import blind_name, own_judgement
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.cleaning.serving import give_cleaned_copy, show_cleaned


@allow(Permission.JUDGE_CASES)
@require_GET
def case_evidence_preview(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Show one piece of the case."""
    number, piece = numbered_piece(own_judgement(request, pk).case.attempt_id, evidence)
    return show_cleaned(request, piece.file, name=blind_name(number))


@allow(Permission.JUDGE_CASES)
@require_GET
def case_evidence_copy(
    request: HttpRequest, pk: int, evidence: int, kind: str, number: int
) -> HttpResponseBase:
    """One copy of a piece of the case."""
    _number, piece = numbered_piece(own_judgement(request, pk).case.attempt_id, evidence)
    return give_cleaned_copy(request, piece.file, kind, number)
