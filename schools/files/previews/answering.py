"""Answering for previews: one copy, or the component that shows them; the caller has checked the right."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from schools.files.models import PreviewState, Rendition, StoredFile
from schools.files.previews.asking import hurry
from schools.files.previews.showing import shown
from schools.files.serving import give_rendition

PREVIEW, COPY = "preview/", "preview/<slug:kind>/<int:number>/"


def give_copy(request: HttpRequest, file: StoredFile, kind: str, number: int) -> HttpResponseBase:
    """Answer with one copy of a file, else 404."""
    copies = Rendition.objects.filter(preview__file=file, preview__state=PreviewState.READY)
    return give_rendition(request, get_object_or_404(copies, kind=kind, number=number))


def show_preview(request: HttpRequest, file: StoredFile, *, name: str = "") -> HttpResponse:
    """Answer with the component for a file; while it is being made, a worker is told that somebody looks."""
    found = shown(file, request.path.removesuffix(PREVIEW), name=name)
    if found.is_waiting:
        hurry(file.pk)
    return render(request, "_components/preview.html", {"shown": found, "is_asked": True})
