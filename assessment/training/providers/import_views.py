"""The matching report of one file, and entering its hours."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.training.providers import importing
from assessment.training.providers.importing import AT_ONCE_MOST, Asked
from assessment.training.providers.lists import REPORT
from assessment.training.providers.models import LEFT_OUT, HourImport, RowOutcome
from assessment.training.providers.queries import rows_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.jobs.views import card_of
from schools.refusals import Refused, Stale
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.IMPORT_HOURS)
@exports(REPORT)
@require_GET
def county_hour_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would do, or did, row by row."""
    hour_import = import_at(pk)
    shown = show(request, REPORT, rows_of(hour_import, asked_filters(request, REPORT)["outcome"]))
    if shown.file:
        return shown.file
    job = hour_import.job
    context = {
        "hour_import": hour_import,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "figures": [(RowOutcome(key).label, hour_import.count(key)) for key in RowOutcome],
        "left_out": hour_import.count(*LEFT_OUT),
        "faults": hour_import.count(RowOutcome.FAULT),
        "may_recognise": request.actor.can(Permission.RECOGNISE_HOURS, request.county),
        "job": card_of(job) if job and (job.is_open or not hour_import.is_looked_at) else None,
        "is_working": bool(job and job.is_open),
    }
    return render(request, "assessment/training/providers/import.html", context)


def import_at(pk: int) -> HourImport:
    imports = HourImport.objects.select_related(
        "county", "programme__county", "provider", "mapping", "file", "job", "committed_by__person"
    )
    return get_object_or_404(imports, pk=pk)


@allow(Permission.IMPORT_HOURS)
@require_POST
def county_hour_import_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the report anew, after teachers were entered or hours recognised."""
    hour_import = import_at(pk)

    def act() -> None:
        if is_long(hour_import):
            importing.check_right(request.county, request.actor)
            importing.ask(hour_import, request.actor, act="look")
        else:
            importing.look_again(hour_import=hour_import, by=request.actor)

    return answer(request, act, _("The report shows how things stand now."), here(request, pk))


@allow(Permission.IMPORT_HOURS)
@require_POST
def county_hour_import_commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the hours, wholly or not at all; a long file is entered by a worker."""
    hour_import = import_at(pk)
    ticked = request.POST.get("leave_out", "")
    asked = Asked(
        leave_out=int(ticked) if ticked.isdigit() else 0,
        is_recognised=request.POST.get("is_recognised") == "on",
    )
    try:
        if is_long(hour_import):
            importing.check_right(request.county, request.actor)
            params = {"leave_out": asked.leave_out, "is_recognised": asked.is_recognised}
            importing.ask(hour_import, request.actor, act="commit", **params)
            return redirect(here(request, pk))
        importing.commit(hour_import=hour_import, asked=asked, by=request.actor)
    except Stale as stale:
        importing.look_again(hour_import=hour_import, by=request.actor)
        messages.error(request, str(stale))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Entered."))
    return redirect(here(request, pk))


def is_long(hour_import: HourImport) -> bool:
    return sum(hour_import.counts.values()) > AT_ONCE_MOST


def here(request: HttpRequest, pk: int) -> str:
    return reverse("assessment:county-hour-import", args=[request.county.slug, pk])
