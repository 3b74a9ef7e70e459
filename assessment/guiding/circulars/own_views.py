"""Circulars as those read them to whom they are sent, and as a school sees its readers."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.guiding.circulars import actions
from assessment.guiding.circulars.lists import AT_SCHOOL
from assessment.guiding.circulars.models import Circular, Receipt
from assessment.guiding.circulars.pages import readers_page
from assessment.guiding.circulars.queries import UNREAD, circulars_at, own_receipts
from assessment.guiding.enclosures.models import Enclosure
from assessment.guiding.enclosures.queries import files_of
from assessment.guiding.places import here
from assessment.showing import tabs_of
from schools.access.doors import allow, signed_in
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.paging import turned
from schools.sheets.listing import exports
from schools.sheets.showing import show


@signed_in
@require_GET
def circulars(request: HttpRequest) -> HttpResponse:
    """The circulars sent to oneself, those to be confirmed on a tab of their own."""
    person = request.actor.person
    choices = [
        ("all", _("All"), own_receipts(person).count()),
        (UNREAD, _("To be confirmed"), own_receipts(person, UNREAD).count()),
    ]
    tabs, current = tabs_of(request, choices, "all")
    rows, links = turned(request, own_receipts(person, UNREAD if current == UNREAD else ""))
    context = {"tabs": tabs, "current": current, "rows": rows, "page": links}
    return render(request, "assessment/guiding/own_circulars.html", context)


def own_receipt(request: HttpRequest, pk: int) -> Receipt:
    """Return one's own receipt of a circular; what was not sent to one answers 404."""
    return get_object_or_404(own_receipts(request.actor.person), circular=pk)


@signed_in
@require_GET
def circular(request: HttpRequest, pk: int) -> HttpResponse:
    """One circular to read; that it was read is confirmed by a button, never by opening the page."""
    receipt = own_receipt(request, pk)
    row = receipt.circular
    context = {
        "circular": row,
        "receipt": receipt,
        "corrections": list(row.corrections.filter(receipts__person=request.actor.person).order_by("pk")),
        "is_corrected_mine": row.corrects_id is not None
        and own_receipts(request.actor.person).filter(circular=row.corrects_id).exists(),
        "files": files_of(
            row.enclosures.all(), lambda file: reverse("assessment:circular-file", args=[pk, file])
        ),
    }
    return render(request, "assessment/guiding/own_circular.html", context)


@signed_in
@require_POST
def circular_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm having read it."""
    receipt = own_receipt(request, pk)
    return answer(
        request,
        lambda: actions.confirm(receipt=receipt, by=request.actor),
        _("Thank you. It is noted that you have read it."),
        reverse("assessment:circular", args=[pk]),
    )


@signed_in
@require_GET
def circular_file(request: HttpRequest, pk: int, enclosure: int) -> HttpResponseBase:
    """A file of a circular sent to oneself."""
    receipt = own_receipt(request, pk)
    files = Enclosure.objects.select_related("file")
    return give(request, get_object_or_404(files, pk=enclosure, circular=receipt.circular_id).file)


@allow(Permission.SEE_PEOPLE)
@exports(AT_SCHOOL)
@require_GET
def school_circulars(request: HttpRequest) -> HttpResponse:
    """The circulars that reached people of the school, with how many have read each."""
    shown = show(request, AT_SCHOOL, circulars_at(request.school))
    context = {
        "listed": shown,
        "rows": [(row, here(request, "circular", row.pk)) for row in shown.rows],
        "page": shown.page,
    }
    return shown.file or render(request, "assessment/guiding/circulars.html", context)


@allow(Permission.SEE_PEOPLE)
@require_GET
def school_circular(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the school has read a circular."""
    rows = Circular.objects.select_related("county", "corrects", "sent_by__person", "withdrawn_by__person")
    at = Receipt.objects.filter(school=request.school).values("circular_id")
    return readers_page(request, get_object_or_404(rows, pk=pk, pk__in=at))
