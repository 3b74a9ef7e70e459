"""The library: kept by county and school, read by everybody of the county."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.guiding.library import actions, pages
from assessment.guiding.library.lists import AT_SCHOOL, LIBRARY
from assessment.guiding.library.models import LibraryVersion
from assessment.guiding.library.queries import found, is_following, readable_by, versions_of
from schools.access.doors import allow, signed_in
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@exports(LIBRARY)
@require_GET
def county_library(request: HttpRequest) -> HttpResponse:
    """The county's documents."""
    return pages.shelf_page(request, LIBRARY, None)


@allow(Permission.PUBLISH)
@require_POST
def county_library_add(request: HttpRequest) -> HttpResponse:
    """Put a document into the county's library."""
    return pages.add(request, LIBRARY)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document of the county with its versions."""
    return pages.document_page(request, pages.document_here(request, pk), None)


@allow(Permission.PUBLISH)
@require_POST
def county_document_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a new version of a document of the county."""
    return pages.publish(request, pk)


@allow(Permission.SEE_SCHOOL)
@exports(AT_SCHOOL)
@require_GET
def school_library(request: HttpRequest) -> HttpResponse:
    """The school's own documents."""
    return pages.shelf_page(request, AT_SCHOOL, None)


@allow(Permission.FILE_PLANS)
@require_POST
def school_library_add(request: HttpRequest) -> HttpResponse:
    """Put a document into the school's library."""
    return pages.add(request, AT_SCHOOL)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document of the school with its versions."""
    return pages.document_page(request, pages.document_here(request, pk), None)


@allow(Permission.FILE_PLANS)
@require_POST
def school_document_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a new version of a document of the school."""
    return pages.publish(request, pk)


@signed_in
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Every document that one may read: the county's and one's own school's."""
    asked = asked_filters(request, LIBRARY)
    shown = show(request, LIBRARY, found(readable_by(request.actor), asked["q"], asked["kind"]))
    rows = [(row, reverse("assessment:document", args=[row.pk])) for row in shown.rows]
    context = {"listed": shown, "rows": rows, "page": shown.page}
    return shown.file or render(request, "assessment/guiding/library.html", context)


@signed_in
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its versions to open, the earlier ones marked, and whether one follows it."""
    row = get_object_or_404(readable_by(request.actor), pk=pk)
    context = {
        "document": row,
        "versions": versions_of(row),
        "may_read": True,
        "is_following": is_following(row, request.actor),
        "follow_url": reverse("assessment:document-follow", args=[pk]),
        "back_url": reverse("assessment:library"),
    }
    return render(request, "assessment/guiding/document.html", context)


@signed_in
@require_POST
def document_take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open one version; it is counted, so this is a form and no link."""
    versions = LibraryVersion.objects.select_related("file", "document")
    version = get_object_or_404(versions, pk=pk, document__in=readable_by(request.actor).values("pk"))
    return give(request, actions.take(version=version, by=request.actor))


@signed_in
@require_POST
def document_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a document, or be told no more."""
    row = get_object_or_404(readable_by(request.actor), pk=pk)
    wish = request.POST.get("follow") == "yes"
    return answer(
        request,
        lambda: actions.follow(document=row, is_following=wish, by=request.actor),
        _("You are told of its next version.") if wish else _("You are told no more of it."),
        reverse("assessment:document", args=[pk]),
    )
