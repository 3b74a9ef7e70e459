"""The county office's pages of transfers and of school returns: look through, accept, send back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import answer, answer_batch, buttons, posted_due, posted_ids, posted_version
from assessment.checking import boards, returns, transfers
from assessment.checking.drawing.models import DrawnReturn
from assessment.checking.drawing.verdicts import conclusion_of
from assessment.checking.lists import RETURNS
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.results import rectifying
from assessment.checking.showing import Tab, timeline
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.queries import school_named
from schools.paging import address, turned
from schools.people.models import Transfer
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

RETURN_TABS = {
    "filed": (gettext_lazy("Filed"), ReturnState.FILED),
    "accepted": (gettext_lazy("Accepted"), ReturnState.ACCEPTED),
    "signed": (gettext_lazy("Signed"), ReturnState.SIGNED),
    "open": (gettext_lazy("In preparation"), ReturnState.OPEN),
    "none": (gettext_lazy("Not begun"), boards.NOTHING_YET),
}


@allow(Permission.COMPLETE_TRANSFERS)
@require_GET
def transfer_list(request: HttpRequest) -> HttpResponse:
    """Transfers that wait, and those done."""
    is_open = request.GET.get("state") != "done"
    page, links = turned(request, boards.transfers_listed(is_open=is_open))
    tabs = [
        Tab(_("Waiting"), "?", is_open, None),
        Tab(_("Done"), "?state=done", not is_open, None),
    ]
    context = {"rows": page, "page": links, "tabs": tabs, "is_open": is_open}
    return render(request, "assessment/checking/transfers.html", context)


@allow(Permission.COMPLETE_TRANSFERS)
@require_POST
def transfer_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the person with their open work."""
    transfer = get_object_or_404(Transfer.objects.select_related("person", "school", "county"), pk=pk)
    names = {"name": transfer.person.name, "school": transfer.school.name}
    return answer(
        request,
        lambda: transfers.complete(transfer=transfer, by=request.actor),
        _("%(name)s now belongs to %(school)s.") % names,
        reverse("assessment:transfers", args=[request.county.slug]),
    )


@allow(Permission.COMPLETE_TRANSFERS)
@require_POST
def transfer_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the person where they are."""
    transfer = get_object_or_404(Transfer.objects.select_related("person", "school", "county"), pk=pk)
    return answer(
        request,
        lambda: transfers.refuse(transfer=transfer, by=request.actor),
        _("The transfer is refused; nothing was moved."),
        reverse("assessment:transfers", args=[request.county.slug]),
    )


@allow(Permission.SEE_COUNTY)
@exports(RETURNS)
@require_GET
def return_list(request: HttpRequest) -> HttpResponse:
    """The county's schools and where their returns stand."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/checking/returns.html", {"programme": None})
    schools = boards.schools_with_returns(programme)
    counts = boards.counts_by_state(schools)
    chosen = request.GET.get("state", "")
    state = RETURN_TABS[chosen][1] if chosen in RETURN_TABS else None
    found = boards.of_state(schools, state)
    if words := asked_filters(request, RETURNS)["q"]:
        found = found.filter(school_named(words))
    shown = show(request, RETURNS, found, boards.return_rows)
    if shown.file:
        return shown.file
    tabs = [Tab(_("All"), address(request, state=""), state is None, sum(counts.values()))]
    tabs += [
        Tab(label, address(request, state=key), key == chosen, counts.get(state_of_tab, 0))
        for key, (label, state_of_tab) in RETURN_TABS.items()
    ]
    context = {
        "programme": programme,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "tabs": tabs,
        "may_accept": request.actor.can(Permission.ACCEPT_RETURNS, request.county)
        and bool(counts.get(ReturnState.FILED)),
    }
    return render(request, "assessment/checking/returns.html", context)


def found_return(request: HttpRequest, pk: int) -> SchoolReturn:
    rows = SchoolReturn.objects.select_related("school", "county", "programme", "signed_by__person", "scan")
    return get_object_or_404(rows, pk=pk)


@allow(Permission.SEE_COUNTY)
@require_GET
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One return: its frozen lines, the draw that covers it, its cases, what may be done."""
    shown = found_return(request, pk)
    page, links = turned(request, boards.lines_filed(shown))
    covers = DrawnReturn.objects.filter(school_return=shown, filing=shown.filings, is_dropped=False)
    covering = covers.select_related("draw").first()

    def url_of(action: str) -> str | None:
        if action not in ("accept", "send-back", "rectify"):
            return None
        return reverse(f"assessment:county-return-{action}", args=[request.county.slug, pk])

    context = {
        "school_return": shown,
        "lines": page,
        "page": links,
        "covering": covering,
        "conclusion": conclusion_of(shown, covering.draw) if covering and covering.draw.drawn_at else None,
        "cases": list(boards.cases_of_filing(shown)[:50]),
        "buttons": buttons(shown, request.actor, url_of),
        "events": timeline(shown),
        "scan": scans.shown(
            shown, url=reverse("assessment:county-return-scan", args=[request.county.slug, pk])
        ),
    }
    return render(request, "assessment/checking/return.html", context)


@allow(Permission.ACCEPT_RETURNS)
@require_POST
def return_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept one return and every listed passed row."""
    shown, version = found_return(request, pk), posted_version(request)
    return answer(
        request,
        lambda: returns.accept(school_return=shown, by=request.actor, version=version),
        _("The return is accepted; its certificates are being issued."),
        reverse("assessment:county-return", args=[request.county.slug, pk]),
    )


@allow(Permission.ACCEPT_RETURNS)
@require_POST
def return_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one return back with what has to change."""
    shown, version = found_return(request, pk), posted_version(request)
    why = request.POST.get("note", "")
    return answer(
        request,
        lambda: returns.send_back(school_return=shown, why=why, by=request.actor, version=version),
        _("The return is with the school again."),
        reverse("assessment:county-return", args=[request.county.slug, pk]),
    )


@allow(Permission.ACCEPT_RETURNS)
@require_POST
def return_rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the whole return back: every passed row is decided anew."""
    shown, version, due_at = found_return(request, pk), posted_version(request), posted_due(request)
    why = request.POST.get("note", "")
    return answer(
        request,
        lambda: rectifying.rectify_return(
            school_return=shown, why=why, due_at=due_at, by=request.actor, version=version
        ),
        _("The return is with the school for rectification."),
        reverse("assessment:county-return", args=[request.county.slug, pk]),
    )


@allow(Permission.ACCEPT_RETURNS)
@require_POST
def returns_accept(request: HttpRequest) -> HttpResponse:
    """Accept the ticked returns, each by itself."""
    rows = SchoolReturn.objects.filter(pk__in=posted_ids(request))
    ticked = list(rows.select_related("school", "county", "programme").order_by("pk"))
    return answer_batch(
        request,
        ticked,
        lambda row: returns.accept(school_return=row, by=request.actor),
        reverse("assessment:county-returns", args=[request.county.slug]),
    )
