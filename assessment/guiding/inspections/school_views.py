"""The school's page of guidance: what is to be mended, inspections, visits; and the mending itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import posted_version
from assessment.guiding.inspections import actions
from assessment.guiding.inspections.forms import MendForm
from assessment.guiding.inspections.models import Inspection, Issue, IssueState
from assessment.guiding.inspections.queries import inspections_listed, issues_at, open_issues
from assessment.guiding.inspections.views import inspection_here, inspection_page, issue_here, proof_of
from assessment.guiding.places import here
from assessment.guiding.visits.models import Visit
from assessment.guiding.visits.queries import visits_listed
from assessment.showing import story_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.refusals import Refused, Stale

SHOWN_AT_ONCE = 20


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_guidance(request: HttpRequest) -> HttpResponse:
    """What waits here, the issues page by page, the latest inspections and visits."""
    school = request.school
    waiting, late = open_issues(school)
    rows, links = turned(request, issues_at(school))
    visits = visits_listed().filter(school=school)
    context = {
        "waiting": waiting,
        "late": late,
        "unanswered": Visit.objects.filter(school=school, answered_at__isnull=True).count(),
        "rows": rows,
        "page": links,
        "visits": visits[:SHOWN_AT_ONCE],
        "inspections": inspections_listed().filter(school=school)[:SHOWN_AT_ONCE],
        "may_mend": request.actor.can(Permission.FILE_PLANS, school),
    }
    return render(request, "assessment/guiding/school_guidance.html", context)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection of the school."""
    row: Inspection = inspection_here(request, pk)
    return inspection_page(request, row, None)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue with its story; the school reports it as mended."""
    return issue_page(request, issue_here(request, pk), None)


def issue_page(request: HttpRequest, issue: Issue, typed: MendForm | None) -> HttpResponse:
    """Show the issue with the form to mend it, where that is possible now."""
    may_mend = issue.state == IssueState.OPEN and request.actor.can(Permission.FILE_PLANS, request.school)
    context = {
        "issue": issue,
        "form": (typed or MendForm()) if may_mend else None,
        "mend_url": here(request, "issue-mend", issue.pk),
        "story": story_of(issue),
        "proof_url": here(request, "issue-proof", issue.pk) if issue.proof_id else "",
        "inspection_url": here(request, "inspection", issue.inspection_id) if issue.inspection_id else "",
        "back_url": here(request, "guidance"),
        "back": _("Guidance"),
    }
    return render(request, "assessment/guiding/issue.html", context, status=422 if typed else 200)


@allow(Permission.FILE_PLANS)
@require_POST
def school_issue_mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Report an issue as mended; a refused form comes back with what was typed."""
    issue = issue_here(request, pk)
    form = MendForm(request.POST, request.FILES)
    if not form.is_valid():
        return issue_page(request, issue, form)
    try:
        actions.mend(
            issue=issue,
            words=form.cleaned_data["words"],
            proof=form.cleaned_data["proof"],
            by=request.actor,
            version=posted_version(request),
        )
    except Stale as refusal:
        messages.error(request, str(refusal))
        return redirect(here(request, "issue", pk))
    except Refused as refusal:
        form.add_error("words" if refusal.code == "note" else "proof", str(refusal))
        return issue_page(request, issue, form)
    messages.success(request, _("Reported. The county office looks at it."))
    return redirect(here(request, "issue", pk))


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_issue_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The latest proof of an issue of the school."""
    return proof_of(request, issue_here(request, pk))
