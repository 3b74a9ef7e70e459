"""The school's return: opened, published, signed, filed; and its later acts on its own decisions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import answer, buttons, posted_due, posted_version
from assessment.checking import returns
from assessment.checking.figures import figures_by_school
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.queries import latest_return
from assessment.checking.results import decisions
from assessment.checking.school_lines import against_signing, lines_shown, outcome_counts
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.showing import story_of
from assessment.submitting.models import Submission
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.paging import turned


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of one of the school's pages."""
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


@allow(P.PREPARE_RETURN, P.SIGN_RETURN)
@require_GET
def school_return(request: HttpRequest) -> HttpResponse:
    """The latest round: what it lists, what stands against signing, and the next step."""
    programme = current_programme(request.county)
    found = latest_return(programme, request.school) if programme else None
    context: dict[str, Any] = {"programme": programme, "found": found}
    if found:
        lines = lines_shown(found)
        page, links = turned(request, lines)
        urls = {name: here(request, f"school-return-{name}") for name in ("publish", "sign", "file")}
        context |= {
            "rows": list(page),
            "page": links,
            "counts": outcome_counts(lines),
            "is_frozen": found.state in (ReturnState.FILED, ReturnState.ACCEPTED),
            "may_open_next": found.state == ReturnState.ACCEPTED,
            "against": against_signing(found, request.actor),
            "buttons": buttons(found, request.actor, urls.get),
            "story": story_of(found),
            "scan": scan_shown(request, found),
            "checked": figures_by_school(programme, [request.school]).get(request.school.pk),
        }
    return render(request, "assessment/checking/school_return.html", context)


def scan_shown(request: HttpRequest, found: SchoolReturn) -> scans.ScanShown | None:
    """Return the return's stamped scan as the school sees it."""
    is_open = returns.SCAN.allows(found, request.actor)
    add_url = here(request, "school-return-scan-add") if is_open else ""
    return scans.shown(found, url=here(request, "school-return-scan"), add_url=add_url)


@allow(P.PREPARE_RETURN, P.SIGN_RETURN)
@require_POST
def return_open(request: HttpRequest) -> HttpResponse:
    """Open the round, or the next one after an accepted return."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    return answer(
        request,
        lambda: returns.open_round(programme=programme, school=request.school, by=request.actor),
        _("The round is open."),
        here(request, "school-return"),
    )


def take(request: HttpRequest, act: Callable[..., Any], done: str | Promise) -> HttpResponse:
    """Carry out a step of the latest return of this school."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    latest = SchoolReturn.objects.filter(programme=programme, school=request.school).order_by("-round")
    found = get_object_or_404(latest.select_related("programme", "school")[:1])
    return answer(
        request,
        lambda: act(school_return=found, by=request.actor, version=posted_version(request)),
        done,
        here(request, "school-return"),
    )


@allow(P.PREPARE_RETURN)
@require_POST
def return_publish(request: HttpRequest) -> HttpResponse:
    """Publish the results in the school."""
    return take(request, returns.publish, _("Published in the school."))


@allow(P.SIGN_RETURN)
@require_POST
def return_sign(request: HttpRequest) -> HttpResponse:
    """Sign the return as principal."""
    return take(request, returns.sign, _("Signed."))


@allow(P.PREPARE_RETURN, P.SIGN_RETURN)
@require_POST
def return_file(request: HttpRequest) -> HttpResponse:
    """File the return with the county."""
    return take(request, returns.file, _("Filed. The results are frozen until the county answers."))


def one(request: HttpRequest, pk: int) -> Submission:
    """Return a submission of this school in the current programme, else 404."""
    rows = Submission.objects.filter(school=request.school, programme__is_current=True)
    return get_object_or_404(rows.select_related("school", "person", "point", "programme"), pk=pk)


@allow(P.DECIDE)
@require_POST
def submission_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back, with the reason."""
    submission = one(request, pk)
    why = request.POST.get("note", "")
    return answer(
        request,
        lambda: decisions.take_back(
            submission=submission, why=why, by=request.actor, version=posted_version(request)
        ),
        _("Taken back. A new decision has to be made."),
        here(request, "school-submission", pk),
    )


@allow(P.DECIDE)
@require_POST
def submission_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a failed submission for another attempt."""
    submission = one(request, pk)
    return answer(
        request,
        lambda: decisions.reopen(
            submission=submission,
            advice=request.POST.get("note", ""),
            due_at=posted_due(request),
            by=request.actor,
            version=posted_version(request),
        ),
        _("Reopened. The teacher may try once more."),
        here(request, "school-submission", pk),
    )
