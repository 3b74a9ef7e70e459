"""The school's pages of its submissions: lists, one submission, deciding and sending back."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import (
    answer,
    answer_batch,
    buttons,
    posted_due,
    posted_ids,
    posted_version,
)
from assessment.offering import offers
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reviewing import actions
from assessment.reviewing import school_queries as queries
from assessment.showing import row_version, story_of, tabs_of
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.files.serving import give
from schools.organisations.queries import turned

LATER_ACTS = {"take-back": "submission-take-back", "reopen": "submission-reopen"}


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of one of the school's pages of submissions."""
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


@allow(P.SEE_SUBMISSIONS)
@require_GET
def school_submissions(request: HttpRequest) -> HttpResponse:
    """Who stands where with which point; what waits for a decision comes first."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/reviewing/school_submissions.html", {"programme": None})
    words = request.GET.get("q", "")
    found = queries.submissions_seen(programme, request.school, words)
    ready = queries.ready_rows(programme, request.school, request.actor, words)
    tabs, current = tabs_of(request, queries.counts_by_state(found, len(ready)), queries.READY)
    if current == queries.READY:
        page, links = turned(request, ready)
        rows = list(page)
    else:
        chosen = found if current == queries.ALL else found.filter(state=SubmissionState[current.upper()])
        page, links = turned(request, chosen)
        rows = queries.rows_of(list(page), request.actor)
    context = {
        "programme": programme,
        "tabs": tabs,
        "current": current,
        "keep": [{"name": "state", "value": current}],
        "q": words,
        "rows": rows,
        "page": links,
        "may_decide": current == queries.READY and request.actor.can(P.DECIDE, request.school),
        "may_assign": request.actor.can(P.ASSIGN_REVIEWS, request.school),
    }
    return render(request, "assessment/reviewing/school_submissions.html", context)


def one(request: HttpRequest, pk: int) -> Submission:
    """Return a submission of this school in the current programme, else 404."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    return get_object_or_404(queries.submissions_seen(programme, request.school), pk=pk)


@allow(P.SEE_SUBMISSIONS)
@require_GET
def school_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission: evidence, reviews side by side, what may be done."""
    submission = one(request, pk)
    case = queries.case_of(submission, request.actor)
    offered = {offer.step.action: offer for offer in offers(submission, request.actor)}
    deciding = offered.get("fail" if case.standing.grade == Grade.FAIL else "pass")
    if case.is_hidden:
        deciding = None
    context = {
        "submission": submission,
        "case": case,
        "grade": queries.shown(submission.grade),
        "computed": None if case.is_hidden else queries.shown(case.standing.grade),
        "computed_value": case.standing.grade,
        "may_see_evidence": request.actor.can(P.SEE_EVIDENCE, request.school),
        "attempts": queries.attempts_of(submission),
        "deciding": deciding,
        "sending": offered.get("send-back"),
        "items": items_of(submission),
        "buttons": buttons(
            submission,
            request.actor,
            lambda action: here(request, LATER_ACTS[action], pk) if action in LATER_ACTS else None,
        ),
        "story": story_of(submission),
    }
    return render(request, "assessment/reviewing/school_submission.html", context)


@allow(P.SEE_EVIDENCE)
@require_GET
def school_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One submitted piece of evidence of this school."""
    submitted = Evidence.objects.select_related("file").filter(
        attempt__submission=pk,
        attempt__submission__school=request.school,
        attempt__submitted_at__isnull=False,
    )
    return give(request, get_object_or_404(submitted, pk=evidence).file)


def posted_grade(request: HttpRequest, name: str) -> Grade | None:
    """Return the grade that the page named under `name`, or None."""
    value = request.POST.get(name, "")
    return Grade(int(value)) if value in {str(grade.value) for grade in Grade} else None


@allow(P.DECIDE)
@require_POST
def submission_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Release what the reviews add up to, with advice."""
    submission = one(request, pk)
    return answer(
        request,
        lambda: actions.decide(
            submission=submission,
            advice=request.POST.get("note", ""),
            by=request.actor,
            version=posted_version(request),
            seen=posted_grade(request, "grade"),
        ),
        _("Released. The teacher reads the result and your advice."),
        here(request, "school-submission", pk),
    )


@allow(P.DECIDE)
@require_POST
def submission_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send named items back with advice and a day."""
    submission = one(request, pk)
    ticked = set(posted_ids(request, "items"))
    return answer(
        request,
        lambda: actions.send_back(
            submission=submission,
            items=[item for item in items_of(submission) if item.pk in ticked],
            advice=request.POST.get("note", ""),
            due_at=posted_due(request),
            by=request.actor,
            version=posted_version(request),
        ),
        _("Sent back. Only the ticked items are open again."),
        here(request, "school-submission", pk),
    )


@allow(P.DECIDE)
@require_POST
def submissions_decide(request: HttpRequest) -> HttpResponse:
    """Release every ticked result with its reviewers' advice, each by itself."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    chosen = queries.submissions_seen(programme, request.school).filter(pk__in=posted_ids(request))
    advice = {row.submission.pk: row.standing.advice for row in queries.rows_of(list(chosen), request.actor)}
    return answer_batch(
        request,
        list(chosen),
        lambda row: actions.decide(
            submission=row,
            advice=advice[row.pk],
            by=request.actor,
            version=row_version(request, row.pk),
            seen=posted_grade(request, f"grade-{row.pk}"),
        ),
        here(request, "school-submissions"),
    )
