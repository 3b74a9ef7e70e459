"""Groups' records at the school: the list, one record, asking somebody to judge it, the office's own judgement."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.queries import current_programme
from assessment.reviewing.group_records import actions, queries
from assessment.reviewing.group_records.lists import AT_SCHOOL, IN_COUNTY
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.group_records.records import Record, record_named, records_at
from assessment.reviewing.group_records.showing import JudgementTyped, choices, contents, judgements, typed
from assessment.showing import own_groups
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


def here(request: HttpRequest, name: str, *args: Any) -> str:
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


def record_at(request: HttpRequest, kind: str, pk: int) -> Record:
    """Return a record of the school that the actor may see; another group's answers its head 404."""
    record = record_named(kind, pk, request.school)
    if record is None:
        raise Http404
    groups = own_groups(request.actor, request.school, Permission.SEE_SCHOOL)
    if groups is not None and record.group.pk not in groups:
        raise Http404
    return record


@allow(Permission.SEE_SCHOOL)
@exports(AT_SCHOOL)
@require_GET
def school_group_records(request: HttpRequest) -> HttpResponse:
    """The records of the school's groups, a head's own group's, and how they were judged."""
    programme, asked = current_programme(request.county), asked_filters(request, AT_SCHOOL)
    groups = own_groups(request.actor, request.school, Permission.SEE_SCHOOL)
    records = records_at(request.school, programme, groups) if programme else []
    rows = queries.rows_of([one for one in records if asked["kind"] in ("", one.kind)])
    if asked["standing"]:
        rows = [row for row in rows if str(row.standing) == asked["standing"]]
    shown = show(request, AT_SCHOOL, rows)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/reviewing/group_records/school.html", context)


@allow(Permission.SEE_COUNTY)
@exports(IN_COUNTY)
@require_GET
def county_group_records(request: HttpRequest) -> HttpResponse:
    """What was judged, and is to be judged, at all schools."""
    asked = asked_filters(request, IN_COUNTY)
    programme = current_programme(request.county)
    rows = queries.found_in_county(programme, q=asked["q"], standing=asked["standing"], grade=asked["grade"])
    shown = show(request, IN_COUNTY, rows)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/reviewing/group_records/county.html", context)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_group_record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One record with what was said of it."""
    return record_page(request, record_at(request, kind, pk))


def record_page(
    request: HttpRequest, record: Record, sent: JudgementTyped | None = None, status: int = 200
) -> HttpResponse:
    can, school = request.actor.can, request.school
    may_ask = can(Permission.ASSIGN_REVIEWS, school)
    reviews = list(queries.reviews_of(record))
    person = request.actor.person
    has_judged = person is not None and person.pk in {one.person_id for one in reviews}
    context = {
        "record": record,
        "reviews": judgements(reviews),
        "may_ask": may_ask,
        "panel": queries.may_be_asked(record) if may_ask else [],
        "may_judge": can(Permission.INSPECT, school) and not has_judged,
        "choices": choices(sent.grade if sent else None),
        "advice": sent.advice if sent else "",
        **contents(record),
    }
    return render(request, "assessment/reviewing/group_records/record.html", context, status=status)


@allow(Permission.ASSIGN_REVIEWS)
@require_POST
def group_record_ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask somebody of the panel to judge the record."""
    record, back = record_at(request, kind, pk), here(request, "school-group-record", kind, pk)
    wanted = request.POST.get("person", "")
    reviewer = next((one for one in queries.may_be_asked(record) if str(one.pk) == wanted), None)
    if reviewer is None:
        messages.error(request, _("Please choose somebody of the panel."))
        return redirect(back)
    told = _("%s is asked to judge.") % reviewer.name
    return answer(
        request, lambda: actions.ask(record=record, reviewer=reviewer, by=request.actor), told, back
    )


@allow(Permission.INSPECT)
@require_POST
def group_record_judge_here(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The county office judges the record itself."""
    record, sent = record_at(request, kind, pk), typed(request.POST)
    try:
        actions.judge_at_once(record=record, grade=sent.grade, advice=sent.advice, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return record_page(request, record, sent, 422)
    messages.success(request, _("Judged. The head of the group is told."))
    return redirect(here(request, "school-group-record", kind, pk))


@allow(Permission.ASSIGN_REVIEWS)
@require_POST
def group_record_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an asking back that is not answered."""
    rows = GroupRecordReview.objects.filter(school=request.school).select_related(*queries.FULL)
    review = get_object_or_404(rows, pk=pk)
    kind, subject = ("topic", review.filing_id) if review.filing_id else ("activity", review.activity_id)
    return answer(
        request,
        lambda: actions.release(review=review, by=request.actor),
        _("Taken back. Somebody else can be asked."),
        here(request, "school-group-record", kind, subject),
    )
