"""The county writes, sends and withdraws circulars, and sees who has read them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.guiding.circulars import actions
from assessment.guiding.circulars.forms import CircularForm
from assessment.guiding.circulars.lists import CIRCULARS
from assessment.guiding.circulars.models import Circular
from assessment.guiding.circulars.pages import draft_page, readers_page
from assessment.guiding.circulars.queries import circulars_listed
from assessment.guiding.places import here
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@exports(CIRCULARS)
@require_GET
def county_circulars(request: HttpRequest) -> HttpResponse:
    """Every circular, and the form to write one; `?corrects=` names the one to be corrected."""
    return circulars_page(request, None, request.GET.get("corrects", ""))


def corrected(request: HttpRequest, asked: str) -> Circular | None:
    """Return the circular that is to be corrected, where one is named."""
    return get_object_or_404(Circular, pk=asked, county=request.county) if asked.isdigit() else None


def circulars_page(request: HttpRequest, typed: CircularForm | None, corrects: str) -> HttpResponse:
    """Show the page; `typed` is a form that was sent with errors and is shown again."""
    asked = asked_filters(request, CIRCULARS)
    shown = show(request, CIRCULARS, circulars_listed(asked["q"], asked["standing"]))
    may_publish = request.actor.can(Permission.PUBLISH, request.county)
    context = {
        "listed": shown,
        "rows": [(row, here(request, "circular", row.pk)) for row in shown.rows],
        "page": shown.page,
        "form": typed or (CircularForm() if may_publish else None),
        "corrects": corrected(request, corrects),
        "draft_url": here(request, "circulars-draft"),
    }
    return shown.file or render(
        request, "assessment/guiding/circulars.html", context, status=422 if typed else 200
    )


@allow(Permission.PUBLISH)
@require_POST
def county_circulars_draft(request: HttpRequest) -> HttpResponse:
    """Begin a circular."""
    form, corrects = CircularForm(request.POST, request.FILES), request.POST.get("corrects", "")
    if not form.is_valid():
        return circulars_page(request, form, corrects)
    try:
        row = actions.draft(
            county=request.county,
            letter=form.letter(),
            corrects=corrected(request, corrects),
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error(None if refusal.code == "corrects" else "files", str(refusal))
        return circulars_page(request, form, corrects)
    messages.success(request, _("Kept as a draft. Look it over and send it."))
    return redirect(here(request, "circular", row.pk))


@allow(Permission.SEE_COUNTY)
@require_GET
def county_circular(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft to look over, or a sent circular with its readers by school and by name."""
    row = circular_here(request, pk)
    return readers_page(request, row) if row.sent_at else draft_page(request, row, None)


def circular_here(request: HttpRequest, pk: int) -> Circular:
    """Return a circular of the county, else answer 404."""
    rows = Circular.objects.select_related("county", "corrects", "sent_by__person", "withdrawn_by__person")
    return get_object_or_404(rows, pk=pk, county=request.county)


@allow(Permission.PUBLISH)
@require_POST
def county_circular_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    row = circular_here(request, pk)
    enclosed = row.enclosures.select_related("file")
    form = CircularForm(request.POST, request.FILES, enclosed=enclosed)
    if row.sent_at is None and not form.is_valid():
        return draft_page(request, row, form)
    try:
        actions.refuse_sent(row)
        actions.save(circular=row, letter=form.letter(), by=request.actor)
    except Refused as refusal:
        if refusal.code == "sent":
            messages.error(request, str(refusal))
            return redirect(here(request, "circular", pk))
        form.add_error("files", str(refusal))
        return draft_page(request, row, form)
    messages.success(request, _("Saved. It is not sent yet."))
    return redirect(here(request, "circular", pk))


@allow(Permission.PUBLISH)
@require_POST
def county_circular_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to everybody addressed."""
    row = circular_here(request, pk)
    try:
        count = actions.send(circular=row, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext("Sent to %d person.", "Sent to %d people.", count) % count
        messages.success(request, told)
    return redirect(here(request, "circular", pk))


@allow(Permission.PUBLISH)
@require_POST
def county_circular_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a sent circular, saying why."""
    row = circular_here(request, pk)
    because = request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.withdraw(circular=row, because=because, by=request.actor),
        _("Withdrawn. It stays readable, marked, and everybody has been told."),
        here(request, "circular", pk),
    )


@allow(Permission.PUBLISH)
@require_POST
def county_circular_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell those again who have not confirmed it."""
    row = circular_here(request, pk)
    return answer(
        request,
        lambda: actions.remind(circular=row, by=request.actor),
        _("Whoever has not confirmed it has been told again."),
        here(request, "circular", pk),
    )
