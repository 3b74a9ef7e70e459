"""Asking for a list that is too long to be given at once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.jobs.models import JobKind
from schools.jobs.queueing import ask_for
from schools.sheets.jobs import opened


@allow(Permission.EXPORT)
@require_POST
def list_ask(request: HttpRequest) -> HttpResponse:
    """Make the sheet of a list of this place in the background; the job's page shows how far it is."""
    address = request.POST.get("list", "")
    wanted, match = opened(address, request.user)
    if (wanted.county, wanted.school) != (request.county, request.school):
        raise Http404
    place = {"county": request.county, "school": request.school}
    title = str(match.func.listing.title)
    job = ask_for(
        JobKind.LIST_EXPORT, **place, by=request.actor, list=address, title=title, language=get_language()
    )
    record("list-asked", **place, by=request.actor, subject=f"job {job.pk}")
    return redirect("schools:job", job.pk)
