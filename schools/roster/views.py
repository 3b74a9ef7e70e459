"""Pages of the roster: choose a file, look at what it would do, commit it, fetch template and errors."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.files.storing import clean_name
from schools.refusals import Refused
from schools.roster import importing
from schools.roster.annotated import annotated
from schools.roster.formats import BYTES_MOST, MIMES
from schools.roster.forms import RosterForm
from schools.roster.models import RosterImport
from schools.roster.outcome import Outcome
from schools.roster.queries import SHOWN_MOST, recent, sections_done, sections_to_come
from schools.roster.tables import ROWS_MOST
from schools.roster.template import template


def address(request: HttpRequest, page: str = "", pk: int | None = None) -> str:
    """Return the address of a roster page at the place of the request."""
    slugs = {"county": request.county.slug} | ({"school": request.school.slug} if request.school else {})
    level = "school" if request.school else "county"
    return reverse(f"schools:{level}-roster{page}", kwargs=slugs | ({"pk": pk} if pk else {}))


def import_here(request: HttpRequest, pk: int) -> RosterImport:
    """Return the import of this very place; one of another school, or of the county, is not found."""
    imports = RosterImport.objects.select_related("file", "school", "county", "uploaded_by", "committed_by")
    return get_object_or_404(imports, pk=pk, county=request.county, school=request.school)


@allow(Permission.KEEP_ROSTER)
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Show the form and recent files; take a file in and lead to its preview."""
    if request.method == "POST":
        return upload(request)
    imports = [(row, address(request, "-preview", row.pk)) for row in recent(request.school)]
    context = {
        "imports": imports,
        "template_url": address(request, "-template"),
        "upload_url": address(request),
        "bytes_most": BYTES_MOST,
        "rows_most": ROWS_MOST,
    }
    return render(request, "schools/roster/roster.html", context)


def upload(request: HttpRequest) -> HttpResponse:
    """Take the file of the form; the answer is a redirect, or JSON for the script that shows progress."""
    form = RosterForm(request.POST, request.FILES)
    wants_json = request.headers.get("Accept") == "application/json"
    try:
        if not form.is_valid():
            raise Refused(_("Please choose a file first."), "no-file")
        file = form.cleaned_data["file"]
        taken = importing.receive(
            path=Path(file.temporary_file_path()),
            name=clean_name(file.name),
            county=request.county,
            school=request.school,
            by=request.actor,
        )
    except Refused as refusal:
        if wants_json:
            return JsonResponse({"error": str(refusal)}, status=422)
        messages.error(request, str(refusal))
        return redirect(address(request))
    following = address(request, "-preview", taken.pk)
    return JsonResponse({"next": following}) if wants_json else redirect(following)


@allow(Permission.KEEP_ROSTER)
@require_GET
def roster_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file would do now, or what it has done."""
    roster_import = import_here(request, pk)
    context = {"roster_import": roster_import, "shown_most": SHOWN_MOST, "start_url": address(request)}
    if roster_import.is_committed:
        context |= {"counts": roster_import.counts, "sections": sections_done(roster_import)}
        return render(request, "schools/roster/preview.html", context)
    try:
        outcome = importing.look_again(roster_import)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(request))
    context |= to_come(request, roster_import, outcome)
    return render(request, "schools/roster/preview.html", context)


def to_come(request: HttpRequest, roster_import: RosterImport, outcome: Outcome) -> dict[str, object]:
    """Return what the preview shows of an outcome that is not committed."""
    return {
        "counts": outcome.counts,
        "sections": sections_to_come(outcome, request.school),
        "refusals": outcome.refusals[:SHOWN_MOST],
        "refusals_total": len(outcome.refusals),
        "unknown": outcome.table.unknown if outcome.table else [],
        "unread": outcome.table.grid.unread if outcome.table else [],
        "seen": outcome.digest,
        "commit_url": address(request, "-commit", roster_import.pk),
        "errors_url": address(request, "-errors", roster_import.pk),
    }


@allow(Permission.KEEP_ROSTER)
@require_POST
def roster_commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Commit what the preview showed."""
    roster_import = import_here(request, pk)
    try:
        counts = importing.commit(
            roster_import=roster_import, by=request.actor, seen=request.POST.get("seen", "")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("Written: %(added)s added, %(changed)s changed, %(transferred)s transfers asked for.")
        messages.success(request, sentence % counts)
    return redirect(address(request, "-preview", pk))


@allow(Permission.KEEP_ROSTER)
@require_GET
def roster_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file back with every refused cell marked."""
    roster_import = import_here(request, pk)
    try:
        table = importing.table_of_import(roster_import)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(request))
    outcome = importing.look(table, county=request.county, school=request.school)
    record(
        "roster-errors",
        county=request.county,
        school=request.school,
        subject=str(pk),
        by=request.actor,
        refused=outcome.refused_rows,
    )
    to_mend = _("to mend")
    return workbook(
        annotated(table, outcome.refusals), f"{Path(roster_import.file.name).stem}-{to_mend}.xlsx"
    )


@allow(Permission.KEEP_ROSTER)
@require_GET
def roster_template(request: HttpRequest) -> HttpResponse:
    """Give the empty roster."""
    return workbook(template(), f"{_('Roster')}.xlsx")


def workbook(content: bytes, name: str) -> HttpResponse:
    """Answer with an .xlsx to be saved."""
    response = HttpResponse(content, content_type=MIMES["xlsx"])
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
