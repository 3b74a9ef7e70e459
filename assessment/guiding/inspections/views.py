"""The county records inspections, keeps the board of issues, and closes what is mended."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_due, posted_version
from assessment.guiding.enclosures.queries import files_of
from assessment.guiding.inspections import actions
from assessment.guiding.inspections.forms import InspectionForm, IssueForm
from assessment.guiding.inspections.lists import INSPECTIONS, ISSUES, issues_of_county
from assessment.guiding.inspections.models import Inspection, Issue
from assessment.guiding.inspections.queries import inspections_listed, issues, issues_listed
from assessment.guiding.inspections.raising import raised
from assessment.guiding.places import here
from assessment.showing import story_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.organisations.models import School
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@exports(INSPECTIONS)
@require_GET
def county_inspections(request: HttpRequest) -> HttpResponse:
    """Every inspection, and the form to record one."""
    return inspections_page(request, None)


def inspections_page(request: HttpRequest, typed: InspectionForm | None) -> HttpResponse:
    """Show the page; `typed` is a form that was sent with errors and is shown again."""
    asked = asked_filters(request, INSPECTIONS)
    shown = show(request, INSPECTIONS, inspections_listed(asked["q"], asked["level"], asked["topic"]))
    may_inspect = request.actor.can(Permission.INSPECT, request.county)
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "form": typed or (InspectionForm() if may_inspect else None),
    }
    return shown.file or render(
        request, "assessment/guiding/inspections.html", context, status=422 if typed else 200
    )


@allow(Permission.INSPECT)
@require_POST
def county_inspections_record(request: HttpRequest) -> HttpResponse:
    """Record an inspection; then its issues are named on its page."""
    form = InspectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return inspections_page(request, form)
    asked = form.cleaned_data
    school = get_object_or_404(School.objects.select_related("county"), pk=asked["school"])
    try:
        row = actions.inspect(
            school=school,
            level=asked["level"],
            topic=asked["topic"],
            day=asked["day"],
            members=asked["members"],
            summary=asked["summary"],
            uploads=asked["files"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error("day" if refusal.code == "day" else "files", str(refusal))
        return inspections_page(request, form)
    messages.success(request, _("Recorded. Name what is to be mended now."))
    return redirect(here(request, "inspection", row.pk))


@allow(Permission.SEE_COUNTY)
@require_GET
def county_inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection with its issues, and the form to name one more."""
    return inspection_page(request, inspection_here(request, pk), None)


def inspection_here(request: HttpRequest, pk: int) -> Inspection:
    """Return an inspection of the place, else answer 404."""
    rows = Inspection.objects.select_related("school__county", "recorded_by__person")
    return get_object_or_404(rows.filter(school=request.school) if request.school else rows, pk=pk)


def inspection_page(request: HttpRequest, row: Inspection, typed: IssueForm | None) -> HttpResponse:
    """Show one inspection at county or school."""
    may_raise = request.school is None and request.actor.can(Permission.INSPECT, request.county)
    context = {
        "inspection": row,
        "files": files_of(row.enclosures.all(), lambda file: here(request, "guidance-file", file)),
        "issues": [
            (issue, here(request, "issue", issue.pk))
            for issue in issues().filter(inspection=row).order_by("state", "due_on", "pk")
        ],
        "form": typed or (IssueForm(school=row.school) if may_raise else None),
        "raise_url": here(request, "inspection-issue", row.pk) if may_raise else "",
        "back_url": here(request, "guidance" if request.school else "inspections"),
        "back": _("Guidance") if request.school else _("Inspections"),
    }
    return render(request, "assessment/guiding/inspection.html", context, status=422 if typed else 200)


@allow(Permission.INSPECT)
@require_POST
def county_inspection_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Name one thing to be mended."""
    row = inspection_here(request, pk)
    form = IssueForm(request.POST, school=row.school)
    if raised(form, row.school, request.actor, row) is None:
        return inspection_page(request, row, form)
    messages.success(request, _("Named. Whoever is responsible has been told."))
    return redirect(here(request, "inspection", pk))


@allow(Permission.SEE_COUNTY)
@exports(ISSUES)
@require_GET
def county_issues(request: HttpRequest) -> HttpResponse:
    """The county's board of issues."""
    listing = issues_of_county()
    asked = asked_filters(request, listing)
    rows = issues_listed(asked["q"], asked["state"], asked["school"], asked["severity"], asked["due"])
    shown = show(request, listing, rows)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/guiding/issues.html", context)


def issue_here(request: HttpRequest, pk: int) -> Issue:
    """Return an issue of the place, else answer 404."""
    rows = issues()
    return get_object_or_404(rows.filter(school=request.school) if request.school else rows, pk=pk)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue with its proof and story; the county closes it or opens it again."""
    issue = issue_here(request, pk)
    urls = {name: here(request, f"issue-{name}", pk) for name in ("close", "reopen")}
    context = {
        "issue": issue,
        "buttons": buttons(issue, request.actor, urls.get),
        "story": story_of(issue),
        "proof_url": here(request, "issue-proof", pk) if issue.proof_id else "",
        "inspection_url": here(request, "inspection", issue.inspection_id) if issue.inspection_id else "",
        "back_url": here(request, "issues"),
        "back": _("Issues"),
    }
    return render(request, "assessment/guiding/issue.html", context)


@allow(Permission.INSPECT)
@require_POST
def county_issue_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a mended issue."""
    issue = issue_here(request, pk)
    return answer(
        request,
        lambda: actions.close(issue=issue, by=request.actor, version=posted_version(request)),
        _("Closed."),
        here(request, "issue", pk),
    )


@allow(Permission.INSPECT)
@require_POST
def county_issue_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an issue again, with words and a new day."""
    issue = issue_here(request, pk)
    return answer(
        request,
        lambda: actions.reopen(
            issue=issue,
            because=request.POST.get("note", ""),
            due_at=posted_due(request),
            by=request.actor,
            version=posted_version(request),
        ),
        _("Opened again. The school reads your words."),
        here(request, "issue", pk),
    )


@allow(Permission.SEE_COUNTY)
@require_GET
def county_issue_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The latest proof of an issue."""
    return proof_of(request, issue_here(request, pk))


def proof_of(request: HttpRequest, issue: Issue) -> HttpResponseBase:
    """Answer with the proof; 404 where there is none."""
    if issue.proof is None:
        raise Http404
    return give(request, issue.proof)
