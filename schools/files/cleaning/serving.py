"""Giving out cleaned copies: never the original, whatever is asked; the caller has checked the right."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from schools.files.cleaning.asking import wake
from schools.files.cleaning.showing import is_withheld, ready_copy, shown_cleaned
from schools.files.models import StoredFile
from schools.files.previews.answering import PREVIEW, give_copy
from schools.files.previews.asking import hurry
from schools.files.serving import give

PREPARING, COME_AGAIN = 202, "15"  # accepted, and in how many seconds to ask again


def give_cleaned(request: HttpRequest, file: StoredFile, *, name: str) -> HttpResponseBase:
    """Answer with the cleaned copy of a file under a neutral `name` (without ending), or say that it is not there."""
    copy = ready_copy(file)
    if copy is not None:
        return give(request, copy, name=f"{name}{copy.extension}")
    is_none = is_withheld(file)
    if not is_none:
        wake()
    response = render(
        request,
        "schools/files/preparing.html",
        {"is_withheld": is_none},
        status=404 if is_none else PREPARING,
    )
    if not is_none:
        response["Retry-After"] = COME_AGAIN
    response["Cache-Control"] = "private, no-store"
    return response


def give_cleaned_copy(request: HttpRequest, file: StoredFile, kind: str, number: int) -> HttpResponseBase:
    """Answer with one copy for looking at, made from the cleaned copy; 404 while there is none."""
    copy = ready_copy(file)
    if copy is None:
        raise Http404
    return give_copy(request, copy, kind, number)


def show_cleaned(request: HttpRequest, file: StoredFile, *, name: str) -> HttpResponse:
    """Answer with the component for a cleaned copy; while it is being made, a worker is told that somebody looks."""
    found = shown_cleaned(file, request.path.removesuffix(PREVIEW), name=name)
    copy = ready_copy(file)
    if found.is_waiting and copy is not None:
        hurry(copy.pk)
    elif found.is_waiting:
        wake()
    return render(request, "_components/preview.html", {"shown": found, "is_asked": True})
