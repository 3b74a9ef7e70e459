"""The school writes and states its inventory; the county reads, confirms and returns inventories."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_version
from assessment.planning.inventory import actions, queries
from assessment.planning.inventory.forms import InventoryForm
from assessment.planning.inventory.lists import INVENTORIES, WITHOUT
from assessment.planning.inventory.models import FACTS, Inventory, InventoryState
from assessment.planning.inventory.thresholds import letters, proposal
from assessment.planning.spots import here
from assessment.showing import story_of, tabs_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

WITH_PLACES = ("school__county", "county")


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_inventory(request: HttpRequest) -> HttpResponse:
    """The school's inventory: to read, or to write while it is not with the county."""
    return inventory_page(request, None)


def inventory_page(request: HttpRequest, typed: InventoryForm | None) -> HttpResponse:
    """Show the last edition with the earlier ones; `typed` is a form that was sent with errors."""
    editions = list(queries.editions_of(request.school)[:10])
    last = editions[0] if editions else None
    may_write = request.actor.can(Permission.FILE_PLANS, request.school)
    can_edit = may_write and (last is None or last.state != InventoryState.STATED)
    urls = {"state": here(request, "school-inventory-state")}
    context = {
        "inventory": last,
        "is_confirmed": last is not None and last.state == InventoryState.CONFIRMED,
        "facts": queries.facts_of(last, editions[1] if len(editions) > 1 else None) if last else [],
        "editions": editions[1:],
        "proposal": proposal(last or Inventory(school=request.school)),
        "form": typed or (InventoryForm(initial=begun(last)) if can_edit else None),
        "buttons": buttons(last, request.actor, urls.get) if last else [],
        "story": story_of(last) if last else [],
    }
    template = "assessment/planning/inventory/school.html"
    return render(request, template, context, status=422 if typed else 200)


def begun(last: Inventory | None) -> dict[str, Any]:
    """Return what the form begins with: the last edition, with the proposal where nothing is claimed."""
    if last is None:
        return {}
    said = {name: getattr(last, name) for name in (*FACTS, "reason")}
    return said | {"environments": list(last.environments or letters(last))}


@allow(Permission.FILE_PLANS)
@require_POST
def inventory_save(request: HttpRequest) -> HttpResponse:
    """Keep what is written; a confirmed edition stays and a new one begins."""
    form = InventoryForm(request.POST)
    if form.is_valid():
        try:
            actions.write(school=request.school, by=request.actor, **form.said())
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if not form.is_valid():
        return inventory_page(request, form)
    messages.success(request, _("Saved. It is not stated to the county yet."))
    return redirect(here(request, "school-inventory"))


@allow(Permission.FILE_PLANS)
@require_POST
def inventory_state(request: HttpRequest) -> HttpResponse:
    """State the open edition to the county."""
    rows = Inventory.objects.exclude(state=InventoryState.CONFIRMED).select_related(*WITH_PLACES)
    row = get_object_or_404(rows, school=request.school)
    return answer(
        request,
        lambda: actions.state(inventory=row, by=request.actor, version=posted_version(request)),
        _("Stated. The county office answers here."),
        here(request, "school-inventory"),
    )


@allow(Permission.SEE_COUNTY)
@exports(INVENTORIES)
@require_GET
def county_inventories(request: HttpRequest) -> HttpResponse:
    """Every school's last inventory by state, those that wait for an answer first."""
    tabs, current = tabs_of(request, queries.counts_by_state(request.county), "stated")
    if current == queries.NONE:
        asked = asked_filters(request, WITHOUT)
        shown = show(request, WITHOUT, queries.schools_without(asked["q"], asked["place"]))
    else:
        rows = queries.inventories_of(request.county, **asked_filters(request, INVENTORIES))
        states = [queries.STATE_OF[current]] if current in queries.STATE_OF else list(InventoryState)
        shown = show(request, INVENTORIES, rows.filter(state__in=states))
    if shown.file:
        return shown.file
    context = {
        "tabs": tabs,
        "current": current,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
    }
    return render(request, "assessment/planning/inventory/county.html", context)


def inventory_here(request: HttpRequest, pk: int) -> Inventory:
    return get_object_or_404(Inventory.objects.select_related(*WITH_PLACES), pk=pk, county=request.county)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_inventory(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's inventory beside the edition before it, with the county's answer."""
    row = inventory_here(request, pk)
    urls = {name: here(request, f"county-inventory-{name}", pk) for name in ("confirm", "return")}
    context = {
        "inventory": row,
        "facts": queries.facts_of(row, queries.before(row)),
        "proposal": proposal(row),
        "buttons": buttons(row, request.actor, urls.get),
        "story": story_of(row),
    }
    return render(request, "assessment/planning/inventory/inventory.html", context)


@allow(Permission.APPROVE_FILINGS)
@require_POST
def inventory_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an inventory; the school's environments follow it."""
    row = inventory_here(request, pk)
    return answer(
        request,
        lambda: actions.confirm(inventory=row, by=request.actor, version=posted_version(request)),
        _("Confirmed. The school's environments are set."),
        here(request, "county-inventory", pk),
    )


@allow(Permission.APPROVE_FILINGS)
@require_POST
def inventory_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Return an inventory with remarks."""
    row, remarks = inventory_here(request, pk), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.send_back(
            inventory=row, remarks=remarks, by=request.actor, version=posted_version(request)
        ),
        _("Returned. The school reads your remarks."),
        here(request, "county-inventory", pk),
    )
