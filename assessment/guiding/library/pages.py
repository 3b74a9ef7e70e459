"""The pages on which county and school keep their documents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.guiding.library import actions
from assessment.guiding.library.forms import DocumentForm, VersionForm
from assessment.guiding.library.models import LibraryDocument
from assessment.guiding.library.queries import found, may_read, of_place, versions_of
from assessment.guiding.meetings.pages import may_keep
from assessment.guiding.places import here
from schools.clock import today
from schools.refusals import Refused
from schools.sheets.listing import Listing, asked_filters
from schools.sheets.showing import show


def shelf_page(request: HttpRequest, listing: Listing, typed: DocumentForm | None) -> HttpResponse:
    """Show the shelf and the form; `typed` is a form that was sent with errors and is shown again."""
    asked = asked_filters(request, listing)
    shown = show(request, listing, found(of_place(request.school), asked["q"], asked["kind"]))
    blank = DocumentForm(initial={"effective_from": today()}) if may_keep(request) else None
    context = {
        "listed": shown,
        "rows": [(row, here(request, "document", row.pk)) for row in shown.rows],
        "page": shown.page,
        "form": typed or blank,
        "add_url": here(request, "library-add"),
    }
    return shown.file or render(
        request, "assessment/guiding/library.html", context, status=422 if typed else 200
    )


def add(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Put a document into the library; a refused form comes back with what was typed."""
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return shelf_page(request, listing, form)
    asked = form.cleaned_data
    try:
        document = actions.add(
            county=request.county,
            school=request.school,
            name=asked["name"],
            kind=asked["kind"],
            upload=asked["file"],
            effective_from=asked["effective_from"],
            tags=asked["tags"],
            note=asked["note"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error("name" if refusal.code == "name" else "file", str(refusal))
        return shelf_page(request, listing, form)
    messages.success(request, _("Published."))
    return redirect(here(request, "document", document.pk))


def document_here(request: HttpRequest, pk: int) -> LibraryDocument:
    """Return a document of the place itself, else answer 404."""
    rows = LibraryDocument.objects.select_related("county", "school__county")
    return get_object_or_404(rows, pk=pk, county=request.county, school=request.school)


def document_page(request: HttpRequest, document: LibraryDocument, typed: VersionForm | None) -> HttpResponse:
    """Show a document's versions and the form for the next."""
    blank = VersionForm(initial={"effective_from": today()}) if may_keep(request) else None
    context = {
        "document": document,
        "versions": versions_of(document),
        "may_read": may_read(request.actor, document),
        "form": typed or blank,
        "publish_url": here(request, "document-publish", document.pk),
        "back_url": here(request, "library"),
        "own_url": reverse("assessment:document", args=[document.pk]),
    }
    return render(request, "assessment/guiding/document.html", context, status=422 if typed else 200)


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a new version."""
    document = document_here(request, pk)
    form = VersionForm(request.POST, request.FILES)
    if not form.is_valid():
        return document_page(request, document, form)
    asked = form.cleaned_data
    try:
        actions.publish(
            document=document,
            upload=asked["file"],
            effective_from=asked["effective_from"],
            note=asked["note"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return document_page(request, document, form)
    messages.success(request, _("Published. Whoever opened the earlier version has been told."))
    return redirect(here(request, "document", pk))
