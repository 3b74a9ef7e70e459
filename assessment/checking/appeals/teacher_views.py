"""The teacher's page of an objection to one result."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_version
from assessment.checking.appeals import actions
from assessment.checking.appeals.forms import AppealForm
from assessment.checking.appeals.models import Appeal, AppealState
from assessment.checking.appeals.queries import appeals_of, result_of
from assessment.checking.showing import timeline
from assessment.submitting.models import Submission
from assessment.submitting.views import own_submission
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import now

ANSWERED = (AppealState.GRANTED, AppealState.DISMISSED)


def address(submission: Submission) -> str:
    return reverse("assessment:appeal", args=[submission.pk])


@allow(Permission.OWN_WORK)
@require_GET
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The result one may object to, the form while there is time, and how an objection stands."""
    return appeal_page(request, own_submission(request, pk), AppealForm())


def appeal_page(
    request: HttpRequest, submission: Submission, form: AppealForm, status: int = 200
) -> HttpResponse:
    """Show the page; what was typed and refused stays in the form."""
    result, latest = result_of(submission), appeals_of(submission).first()
    standing = latest if latest and latest.state != AppealState.WITHDRAWN else None
    is_about_this = standing is not None and (result is None or standing.released_at == result.released_at)

    def url_of(action: str) -> str | None:
        return reverse("assessment:appeal-withdraw", args=[submission.pk]) if action == "withdraw" else None

    context = {
        "submission": submission,
        "result": result,
        "may_lodge": result is not None and not is_about_this and now() <= result.until,
        "form": form,
        "appeal": latest,
        "votes": list(latest.hearings.order_by("pk")) if latest and latest.state in ANSWERED else [],
        "buttons": buttons(latest, request.actor, url_of) if latest else [],
        "events": timeline(latest) if latest else [],
    }
    return render(request, "assessment/checking/appeal.html", context, status=status)


@allow(Permission.OWN_WORK)
@require_POST
def lodge(request: HttpRequest, pk: int) -> HttpResponse:
    """Lodge the objection."""
    submission, form = own_submission(request, pk), AppealForm(request.POST)
    if not form.is_valid():
        return appeal_page(request, submission, form, status=422)
    return answer(
        request,
        lambda: actions.lodge(submission=submission, reason=form.cleaned_data["reason"], by=request.actor),
        _("Lodged. People who had no part in the first judgement will hear it."),
        address(submission),
    )


@allow(Permission.OWN_WORK)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the objection back before anybody has voted."""
    submission = own_submission(request, pk)
    waiting = Appeal.objects.filter(submission=submission, state=AppealState.LODGED)
    found = get_object_or_404(waiting.select_related("submission", "school"))
    return answer(
        request,
        lambda: actions.withdraw(appeal=found, by=request.actor, version=posted_version(request)),
        _("Withdrawn. The result stands."),
        address(submission),
    )
