"""The teacher's page of one point, with what its reviews have released, and taking a submission back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_version
from assessment.programme.calendar import closing_time
from assessment.programme.models import PhaseKind
from assessment.reviewing.actions import withdraw
from assessment.reviewing.coaching.queries import coach_of
from assessment.reviewing.feedback import rounds_of, story_for_teacher
from assessment.submitting.models import Submission
from assessment.submitting.queries import latest_submitted, open_attempt, ruled
from assessment.submitting.showing import places
from assessment.submitting.views import own_submission
from schools.access.doors import allow
from schools.access.permissions import Permission

OWN_STEPS = ("submit", "withdraw")


@allow(Permission.OWN_WORK)
@require_GET
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """What the point asks, what lies there, what is missing, and every attempt with its advice."""
    shown = own_submission(request, pk)
    attempt = open_attempt(shown)
    desk = places(shown, attempt or latest_submitted(shown), added=request.GET.get("added", ""))
    offered = {
        button.action: button
        for button in buttons(shown, request.actor, lambda action: own_address(shown, action))
    }
    rounds = rounds_of(shown)
    context = {
        "submission": shown,
        "point": shown.point,
        "attempt": attempt,
        "places": desk,
        "missing": [place for place in desk if place.is_missing],
        "submit": offered.get("submit") if attempt else None,
        "withdraw": [offered["withdraw"]] if "withdraw" in offered else [],
        "rounds": rounds,
        "coach": coach_of(shown),
        "attempts_left": attempts_left(shown, sum(one.attempt.is_counted for one in rounds)),
        "due_at": shown.due_at
        or closing_time(shown.programme, PhaseKind.SUBMIT, shown.school, shown.participant),
        "timeline": story_for_teacher(shown),
    }
    return render(request, "assessment/submitting/submission.html", context)


@allow(Permission.OWN_WORK)
@require_POST
def submission_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submission back before anybody has finished a review of it."""
    shown = own_submission(request, pk)
    return answer(
        request,
        lambda: withdraw(submission=shown, by=request.actor, version=posted_version(request)),
        _("Taken back. Your evidence is open again."),
        reverse("assessment:submission", args=[shown.pk]),
    )


def own_address(shown: Submission, action: str) -> str | None:
    """Return where a step of the teacher's own is taken; None for everybody else's steps."""
    return reverse(f"assessment:submission-{action}", args=[shown.pk]) if action in OWN_STEPS else None


def attempts_left(shown: Submission, used: int) -> int:
    return max(0, ruled(shown, "attempts") + shown.extra_attempts - used)
