"""The school's panel: who reviews, how loaded they are, and the assigning."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, answer_batch, posted_ids
from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panel import candidates, propose, waiting_for_reviewers
from assessment.submitting.models import Submission
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.organisations.models import School
from schools.paging import turned
from schools.people.models import Person
from schools.refusals import Refused
from schools.toasts import Act, say


@dataclass(frozen=True)
class Asking:
    """One proposed assignment, named as its refusal is."""

    submission: Submission
    reviewer: Person

    def __str__(self) -> str:
        return f"{self.submission} → {self.reviewer}"


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
    """Members with their load, work without enough reviewers, and open reviews."""
    panel = candidates(request.school)
    asked = list(open_reviews(request.school))
    load = Counter(review.person_id for review in asked)
    waiting = waiting_for_reviewers(request.school)
    page, links = turned(request, waiting)
    context = {
        "members": sorted(
            ((person, load[person.pk]) for person in panel), key=lambda pair: (-pair[1], pair[0].pinyin)
        ),
        "waiting": list(page),
        "waiting_count": len(waiting),
        "lacking": sum(needed for _submission, needed in waiting),
        "page": links,
        "panel": panel,
        "asked": asked[:50],
        "asked_count": len(asked),
    }
    return render(request, "assessment/reviewing/panel.html", context)


@allow(P.ASSIGN_REVIEWS)
@require_POST
def panel_assign(request: HttpRequest) -> HttpResponse:
    """Spread the ticked submissions (or all that wait) over the panel, least loaded first."""
    ticked = set(posted_ids(request))
    wanted = [
        (submission, needed)
        for submission, needed in waiting_for_reviewers(request.school)
        if "all" in request.POST or submission.pk in ticked
    ]
    proposal = propose(request.school, wanted)
    for submission, lacking in proposal.short[:20]:
        sentence = ngettext(
            "%(what)s: %(lacking)d reviewer could not be found on the panel.",
            "%(what)s: %(lacking)d reviewers could not be found on the panel.",
            lacking,
        )
        messages.error(request, sentence % {"what": submission, "lacking": lacking})
    if wanted and not proposal.pairs:
        return redirect(panel_address(request))
    return answer_batch(
        request,
        [Asking(submission, person) for submission, person in proposal.pairs],
        lambda asking: actions.assign(
            submission=asking.submission, reviewer=asking.reviewer, by=request.actor
        ),
        panel_address(request),
        lambda count: ngettext("%d reviewer is asked.", "%d reviewers are asked.", count) % count,
    )


@allow(P.ASSIGN_REVIEWS)
@require_POST
def panel_assign_one(request: HttpRequest) -> HttpResponse:
    """Ask one person of the panel to review one submission."""
    submissions = Submission.objects.filter(school=request.school).select_related("school", "person", "point")
    submission = get_object_or_404(submissions, pk=posted_number(request, "submission"))
    wanted = posted_number(request, "person")
    reviewer = next((person for person in candidates(request.school) if person.pk == wanted), None)
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
