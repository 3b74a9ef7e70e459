"""The reviewer's pages of groups' records: what is asked, one record to judge, its files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import posted_version
from assessment.reviewing.group_records import actions, queries
from assessment.reviewing.group_records.models import GroupRecordReview, RecordState
from assessment.reviewing.group_records.showing import JudgementTyped, choices, contents, judgements, typed
from assessment.reviewing.group_records.steps import record_of
from assessment.training.activities.models import Output
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.paging import turned
from schools.refusals import Refused, Stale


def own(request: HttpRequest, pk: int) -> GroupRecordReview:
    """Return what the actor was asked to judge, else answer 404; the right at its school has to hold still."""
    review = get_object_or_404(queries.own_reviews(request.actor.person), pk=pk)
    if request.actor.person is None or not request.actor.can(Permission.REVIEW, review.school):
        raise Http404
    return review


@allow(Permission.REVIEW)
@require_GET
def own_group_records(request: HttpRequest) -> HttpResponse:
    """What one was asked to judge, open ones first."""
    page, links = turned(request, queries.own_reviews(request.actor.person))
    context = {"rows": judgements(page), "page": links}
    return render(request, "assessment/reviewing/group_records/own.html", context)


@allow(Permission.REVIEW)
@require_GET
def own_group_record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record, and the form to judge it."""
    return judging_page(request, own(request, pk))


def judging_page(
    request: HttpRequest, review: GroupRecordReview, sent: JudgementTyped | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "review": review,
        "record": record_of(review),
        "shown": judgements([review])[0],
        "is_open": review.state == RecordState.ASKED,
        "choices": choices(sent.grade if sent else None),
        "advice": sent.advice if sent else "",
        **contents(record_of(review)),
    }
    return render(request, "assessment/reviewing/group_records/judge.html", context, status=status)


@allow(Permission.REVIEW)
@require_POST
def own_group_record_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Give grade and advice; what was typed stays where they are refused."""
    review, sent = own(request, pk), typed(request.POST)
    try:
        actions.judge(
            review=review,
            grade=sent.grade,
            advice=sent.advice,
            by=request.actor,
            version=posted_version(request),
        )
    except Stale as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:group-record", pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return judging_page(request, own(request, pk), sent, 422)
    messages.success(request, _("Judged. The head of the group is told."))
    return redirect("assessment:group-records")


@allow(Permission.REVIEW)
@require_GET
def group_record_output(request: HttpRequest, pk: int, output: int) -> HttpResponseBase:
    """One file of the activity that one was asked to judge."""
    review = own(request, pk)
    rows = Output.objects.select_related("file").filter(activity=review.activity_id)
    return give(request, get_object_or_404(rows, pk=output).file)
