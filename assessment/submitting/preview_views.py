"""The teacher's own files in place."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from assessment.submitting.views import own_piece
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.previews.answering import give_copy, show_preview


@allow(Permission.OWN_WORK)
@require_GET
def evidence_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how others see one of one's own files."""
    return show_preview(request, own_piece(request, pk).file)


@allow(Permission.OWN_WORK)
@require_GET
def evidence_copy(request: HttpRequest, pk: int, kind: str, number: int) -> HttpResponseBase:
    """One copy of one's own file."""
    return give_copy(request, own_piece(request, pk).file, kind, number)
