"""The school's panel: who reviews, what is left for each, what waits, and the assigning."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, posted_ids
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panel import waiting_for_reviewers
from assessment.reviewing.panels import delegating
from assessment.reviewing.panels.forecast import forecasts
from assessment.reviewing.panels.members import Panel, panel_of
from assessment.submitting.models import Submission
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.organisations.models import School
from schools.paging import turned
from schools.people.models import Person
from schools.refusals import Refused
from schools.toasts import Act, say


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of one of the panel's pages."""
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


def panel_address(request: HttpRequest) -> str:
    return here(request, "school-panel")


def open_reviews(school: School) -> QuerySet[Review]:
    """Return the school's reviews that are not finished, oldest first."""
    rows = Review.objects.filter(school=school, state=ReviewState.ASSIGNED)
    return rows.select_related("person", "school", "submission__person", "submission__point").order_by(
        "assigned_at", "pk"
    )


@allow(P.ASSIGN_REVIEWS)
@require_GET
def school_panel(request: HttpRequest) -> HttpResponse:
    """Members with what is left for them, work without enough reviewers, and open reviews."""
    programme = current_programme(request.county)
    panel = panel_of(request.school)
    asked = open_reviews(request.school)
    waiting = waiting_for_reviewers(request.school)
    page, links = turned(request, waiting)
    context = {
        "rows": forecasts(panel.members, programme),
        "waiting": list(page),
        "waiting_count": len(waiting),
        "lacking": sum(needed for _submission, needed in waiting),
        "page": links,
        "panel": [one.person for one in panel.askable],
        "delegation": panel.delegation,
        "shortage": shortage_said(panel, programme),
        "programme": programme,
        "asked": list(asked[:50]),
        "asked_count": asked.count(),
        "managed": list(School.objects.filter(managed_by=request.school).order_by("pinyin", "pk")),
        "may_delegate": request.actor.can(P.APPOINT_STAFF, request.school),
    }
    return render(request, "assessment/reviewing/panel.html", context)


def shortage_said(panel: Panel, programme: Programme | None) -> str:
    """Return what the rules of the running programme set against asking this panel, or an empty text."""
    if programme is None:
        return ""
    return str(panel.shortage(programme.panel_least, programme.needs_outsider) or "")


@allow(P.ASSIGN_REVIEWS)
@require_POST
def panel_assign(request: HttpRequest) -> HttpResponse:
    """Spread the ticked submissions (or all that wait) over the panel, least loaded first."""
    ids = None if "all" in request.POST else posted_ids(request)
    if ids is not None and not ids:
        messages.error(request, _("Nothing was ticked. Please tick at least one row."))
        return redirect(panel_address(request))
    try:
        proposal = actions.assign_waiting(school=request.school, ids=ids, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(panel_address(request))
    if count := len(proposal.pairs):
        told = ngettext("%d reviewer is asked.", "%d reviewers are asked.", count) % count
        messages.success(request, told)
    for submission, sentence in proposal.short[:20]:
        messages.error(request, f"{submission}: {sentence}")
    if len(proposal.short) > 20:
        messages.error(request, _("and %d more refused.") % (len(proposal.short) - 20))
    return redirect(panel_address(request))


@allow(P.ASSIGN_REVIEWS)
@require_POST
def panel_assign_one(request: HttpRequest) -> HttpResponse:
    """Ask one person of the panel to review one submission; such a choice is never moved."""
    submission = one(request, posted_number(request, "submission"))
    reviewer = member(request, posted_number(request, "person"))
    if reviewer is None:
        messages.error(request, _("Please choose somebody of the panel."))
        return redirect(panel_address(request))
    try:
        review = actions.assign(submission=submission, reviewer=reviewer, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = Act(_("Undo"), here(request, "panel-release", review.pk))
        say(request, _("%s is asked to review.") % reviewer.name, undo)
    return redirect(panel_address(request))


def one(request: HttpRequest, pk: int) -> Submission:
    """Return a submission of this school, else 404."""
    rows = Submission.objects.filter(school=request.school).select_related("school", "person", "point")
    return get_object_or_404(rows, pk=pk)


def member(request: HttpRequest, wanted: int) -> Person | None:
    """Return somebody of the panel who may be asked, or None."""
    askable = panel_of(request.school).askable
    return next((row.person for row in askable if row.pk == wanted), None)


def posted_number(request: HttpRequest, name: str) -> int:
    """Return a posted id; raises 404 for anything else than a number, 0 for an empty choice."""
    value = request.POST.get(name) or "0"
    if not value.isdigit():
        raise Http404
    return int(value)


@allow(P.ASSIGN_REVIEWS)
@require_POST
def panel_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a review back that is not finished."""
    reviews = Review.objects.filter(school=request.school).select_related("submission", "school", "person")
    review = get_object_or_404(reviews, pk=pk)
    return answer(
        request,
        lambda: actions.release(review=review, by=request.actor),
        _("Taken back. Somebody else can be asked."),
        panel_address(request),
        Act(
            _("Ask %s again") % review.person.name,
            here(request, "panel-assign-one"),
            {"submission": review.submission_id, "person": review.person_id},
        ),
    )


@allow(P.ASSIGN_REVIEWS)
@require_POST
def panel_spread(request: HttpRequest) -> HttpResponse:
    """Spread anew what nobody has begun and nobody chose by hand."""
    try:
        count = actions.spread_anew(school=request.school, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if count:
            told = ngettext("%d review has moved.", "%d reviews have moved.", count) % count
        else:
            told = _("The load is even already; nothing has moved.")
        messages.success(request, told)
    return redirect(panel_address(request))


@allow(P.ASSIGN_REVIEWS)
@require_POST
def panel_third(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for one further review of a submission, with the reason."""
    submission = one(request, pk)
    return answer(
        request,
        lambda: actions.ask_third(
            submission=submission, because=request.POST.get("note", ""), by=request.actor
        ),
        _("A further review is asked for."),
        here(request, "school-submission", pk),
    )


@allow(P.APPOINT_STAFF)
@require_POST
def panel_delegate(request: HttpRequest) -> HttpResponse:
    """Give the panel into the hands of the county's training team."""
    return answer(
        request,
        lambda: delegating.delegate(
            school=request.school, reason=request.POST.get("note", ""), by=request.actor
        ),
        _("The training team judges for this school from now on."),
        panel_address(request),
    )


@allow(P.APPOINT_STAFF)
@require_POST
def panel_take_back(request: HttpRequest) -> HttpResponse:
    """Take the panel back from the training team."""
    return answer(
        request,
        lambda: delegating.take_back(school=request.school, by=request.actor),
        _("The panel is the school's own again."),
        panel_address(request),
    )
