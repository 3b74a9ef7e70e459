"""The school's pages of its submissions: lists, one submission, deciding and sending back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment import in_place
from assessment.answering import answer_batch, buttons, posted_due, posted_ids, posted_version
from assessment.offering import offers
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reviewing import actions
from assessment.reviewing import school_queries as queries
from assessment.reviewing.alike import case_with_likenesses
from assessment.reviewing.lists import READY, SUBMISSIONS
from assessment.reviewing.queue import around
from assessment.showing import row_version, story_of, tabs_of
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.files.serving import give
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show
from schools.toasts import Act, say


@dataclass(frozen=True)
class Beside:
    """The waiting results around one: the search words, how many, the next one's id, and two addresses."""

    words: str
    waiting: int
    following: int | None
    previous_url: str
    next_url: str


LATER_ACTS = {"take-back": "submission-take-back", "reopen": "submission-reopen"}


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of one of the school's pages of submissions."""
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


@allow(P.SEE_SUBMISSIONS)
@exports(SUBMISSIONS)
@require_GET
def school_submissions(request: HttpRequest) -> HttpResponse:
    """Who stands where with which point; what waits for a decision comes first."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/reviewing/school_submissions.html", {"programme": None})
    words = asked_filters(request, SUBMISSIONS)["q"]
    found = queries.submissions_seen(programme, request.school, words)
    ready = queries.ready_rows(programme, request.school, request.actor, words)
    tabs, current = tabs_of(request, queries.counts_by_state(found, len(ready)), queries.READY)
    if current == queries.READY:
        shown = show(request, READY, ready)
    else:
        chosen = found if current == queries.ALL else found.filter(state=SubmissionState[current.upper()])
        shown = show(request, SUBMISSIONS, chosen, lambda page: queries.rows_of(page, request.actor))
    if shown.file:
        return shown.file
    context = {
        "programme": programme,
        "tabs": tabs,
        "current": current,
        "listed": shown,
        "row_query": f"?{urlencode({'queue': queries.READY, 'q': words})}"
        if current == queries.READY
        else "",
        "q": words,
        "rows": shown.rows,
        "page": shown.page,
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
    return submission_page(request, one(request, pk), beside=ready_beside(request, request.GET, pk))


def ready_beside(request: HttpRequest, sent: QueryDict, pk: int) -> Beside | None:
    """Return the results that wait before and after this one, where one came from the list of those."""
    programme = current_programme(request.county)
    if sent.get("queue") != queries.READY or programme is None:
        return None
    words = sent.get("q", "")
    waiting = [
        row.submission.pk for row in queries.ready_rows(programme, request.school, request.actor, words)
    ]
    near = around(waiting, pk)
    query = urlencode({"queue": queries.READY, **({"q": words} if words else {})})

    def address(other: int | None) -> str:
        return f"{here(request, 'school-submission', other)}?{query}" if other else ""

    return Beside(words, len(waiting), near.following, address(near.previous), address(near.following))


def submission_page(
    request: HttpRequest,
    submission: Submission,
    *,
    beside: Beside | None,
    typed: QueryDict | None = None,
    status: int = 200,
    at: str = "",
) -> HttpResponse:
    """Show a submission; what was typed into a refused form stays in its fields."""
    case = case_with_likenesses(request, submission)
    offered = {offer.step.action: offer for offer in offers(submission, request.actor)}
    deciding = offered.get("fail" if case.standing.grade == Grade.FAIL else "pass")
    if case.is_hidden:
        deciding = None
    is_back = typed is not None and "due_at" in typed
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
            lambda action: here(request, LATER_ACTS[action], submission.pk) if action in LATER_ACTS else None,
        ),
        "story": story_of(submission),
        "beside": beside,
        "decided": None if is_back else typed,
        "sent_back": typed if is_back else None,
        "ticked": posted_ids(request, "items"),
    }
    template = "assessment/reviewing/school_submission.html"
    return in_place.page(request, template, context, status=status, at=at)


@allow(P.SEE_EVIDENCE)
@require_GET
def school_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One submitted piece of evidence of this school."""
    return give(request, submitted_piece(request, pk, evidence).file)


def submitted_piece(request: HttpRequest, pk: int, evidence: int) -> Evidence:
    """Return a submitted piece of evidence of this school, else answer 404."""
    submitted = Evidence.objects.select_related("file").filter(
        attempt__submission=pk,
        attempt__submission__school=request.school,
        attempt__submitted_at__isnull=False,
    )
    return get_object_or_404(submitted, pk=evidence)


def posted_grade(request: HttpRequest, name: str) -> Grade | None:
    """Return the grade that the page named under `name`, or None."""
    value = request.POST.get(name, "")
    return Grade(int(value)) if value in {str(grade.value) for grade in Grade} else None


def go_on(
    request: HttpRequest, submission: Submission, act: Callable[[], Any], done: str, undo: Act | None = None
) -> HttpResponse:
    """Carry out `act` and go to the next result that waits; a refusal is shown with all that was typed."""
    beside = ready_beside(request, request.POST, submission.pk)
    back = here(request, "school-submission", submission.pk)
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return submission_page(
            request, one(request, submission.pk), beside=beside, typed=request.POST, status=422, at=back
        )
    say(request, done, undo)
    if beside is None:
        return in_place.leave(request, back)
    if beside.following is None:
        return in_place.leave(request, here(request, "school-submissions"))
    if not in_place.wants_part(request):
        return redirect(beside.next_url)
    following = beside.following
    return submission_page(
        request,
        one(request, following),
        beside=ready_beside(request, request.POST, following),
        at=beside.next_url,
    )


@allow(P.DECIDE)
@require_POST
def submission_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Release what the reviews add up to, with advice."""
    submission = one(request, pk)
    return go_on(
        request,
        submission,
        lambda: actions.decide(
            submission=submission,
            advice=request.POST.get("note", ""),
            by=request.actor,
            version=posted_version(request),
            seen=posted_grade(request, "grade"),
        ),
        _("%s is released. The teacher reads the result and your advice.") % submission,
        Act(_("Take back…"), f"{here(request, 'school-submission', pk)}#next-step", is_post=False),
    )


@allow(P.DECIDE)
@require_POST
def submission_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send named items back with advice and a day."""
    submission = one(request, pk)
    ticked = set(posted_ids(request, "items"))
    return go_on(
        request,
        submission,
        lambda: actions.send_back(
            submission=submission,
            items=[item for item in items_of(submission) if item.pk in ticked],
            advice=request.POST.get("note", ""),
            due_at=posted_due(request),
            by=request.actor,
            version=posted_version(request),
        ),
        _("%s is sent back. Only the ticked items are open again.") % submission,
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
        kept_list(request),
        lambda count: ngettext("%d result released.", "%d results released.", count) % count,
    )


def kept_list(request: HttpRequest) -> str:
    """Return the address of the list with the search words that the batch was ticked under."""
    words = request.POST.get("q", "")
    address = here(request, "school-submissions")
    return f"{address}?{urlencode({'q': words})}" if words else address
