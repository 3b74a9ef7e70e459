"""The pages of minutes, the same at county and school."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.guiding.enclosures.queries import files_of
from assessment.guiding.inspections.forms import IssueForm
from assessment.guiding.inspections.raising import raised
from assessment.guiding.meetings import actions
from assessment.guiding.meetings.forms import DecisionForm, MinutesForm
from assessment.guiding.meetings.models import MeetingDecision, Minutes
from assessment.guiding.meetings.queries import minutes_listed
from assessment.guiding.places import here
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.refusals import Refused
from schools.sheets.listing import Listing, asked_filters
from schools.sheets.showing import show


def may_keep(request: HttpRequest) -> bool:
    """Say whether the reader keeps the minutes of this place."""
    if request.school:
        return bool(request.actor.can(Permission.FILE_PLANS, request.school))
    return bool(request.actor.can(Permission.PUBLISH, request.county))


def minutes_page(request: HttpRequest, listing: Listing, typed: MinutesForm | None) -> HttpResponse:
    """Show the list and the form; `typed` is a form that was sent with errors and is shown again."""
    asked = asked_filters(request, listing)
    shown = show(request, listing, minutes_listed(request.school, asked["q"], asked["kind"]))
    context = {
        "listed": shown,
        "rows": [(row, here(request, "meeting", row.pk)) for row in shown.rows],
        "page": shown.page,
        "form": typed or (MinutesForm() if may_keep(request) else None),
        "keep_url": here(request, "minutes-keep"),
    }
    return shown.file or render(
        request, "assessment/guiding/minutes.html", context, status=422 if typed else 200
    )


def keep(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Keep the minutes that were sent; a refused form comes back with what was typed."""
    form = MinutesForm(request.POST, request.FILES)
    if not form.is_valid():
        return minutes_page(request, listing, form)
    asked = form.cleaned_data
    try:
        row = actions.keep(
            county=request.county,
            school=request.school,
            title=asked["title"],
            kind=asked["kind"],
            held_on=asked["held_on"],
            attendees=asked["attendees"],
            text=asked["text"],
            uploads=asked["files"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error("held_on" if refusal.code == "held_on" else "files", str(refusal))
        return minutes_page(request, listing, form)
    messages.success(request, _("Kept. Add its decisions now."))
    return redirect(here(request, "meeting", row.pk))


def minutes_here(request: HttpRequest, pk: int) -> Minutes:
    """Return minutes of the place itself, else answer 404."""
    rows = Minutes.objects.select_related("county", "school__county", "kept_by__person")
    return get_object_or_404(rows, pk=pk, county=request.county, school=request.school)


def meeting_page(request: HttpRequest, row: Minutes, typed: DecisionForm | None) -> HttpResponse:
    """Show one meeting with its decisions, and the form for one more."""
    decisions = [
        (
            decision,
            here(request, "decision", decision.pk),
            here(request, "issue", decision.issue_id) if decision.issue_id else "",
        )
        for decision in row.decisions.select_related("issue")
    ]
    context = {
        "minutes": row,
        "decisions": decisions,
        "files": files_of(row.enclosures.all(), lambda file: here(request, "guidance-file", file)),
        "form": typed or (DecisionForm() if may_keep(request) else None),
        "may_keep": may_keep(request),
        "decide_url": here(request, "meeting-decide", row.pk),
        "back_url": here(request, "minutes"),
    }
    return render(request, "assessment/guiding/meeting.html", context, status=422 if typed else 200)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a decision."""
    row = minutes_here(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, row, form)
    try:
        actions.decide(minutes=row, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("due_on" if refusal.code == "due_on" else None, str(refusal))
        return meeting_page(request, row, form)
    messages.success(request, _("Added."))
    return redirect(here(request, "meeting", pk))


def decision_here(request: HttpRequest, pk: int) -> MeetingDecision:
    """Return a decision of the place's own minutes, else answer 404."""
    rows = MeetingDecision.objects.select_related("minutes__county", "minutes__school__county")
    return get_object_or_404(rows, pk=pk, minutes__county=request.county, minutes__school=request.school)


def decision_page(
    request: HttpRequest, decision: MeetingDecision, school: School | None, typed: IssueForm | None
) -> HttpResponse:
    """Show the form that makes an issue of a decision; at the county a school is chosen first."""
    context: dict[str, Any] = {
        "decision": decision,
        "for_school": school,
        "schools": [] if request.school else School.objects.order_by("pinyin", "pk"),
        "form": typed,
        "raise_url": here(request, "decision-raise", decision.pk),
        "back_url": here(request, "meeting", decision.minutes_id),
    }
    if typed is None and school is not None and decision.issue_id is None:
        said = {"title": decision.what, "due_on": decision.due_on, "severity": 1}
        context["form"] = IssueForm(initial=said, school=school)
    return render(request, "assessment/guiding/decision.html", context, status=422 if typed else 200)


def chosen_school(request: HttpRequest, slug: str) -> School | None:
    """Return the school of the address, or that which the county chose; None where it chose none."""
    if request.school or not slug:
        return request.school
    return get_object_or_404(School.objects.select_related("county"), slug=slug)


def make_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an issue of a decision."""
    decision = decision_here(request, pk)
    school = chosen_school(request, request.POST.get("school", ""))
    if school is None:
        return redirect(here(request, "decision", pk))
    form = IssueForm(request.POST, school=school)
    try:
        issue = actions.make_issue(
            decision=decision, raised=lambda: raised(form, school, request.actor), by=request.actor
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(here(request, "decision", pk))
    if issue is None:
        return decision_page(request, decision, school, form)
    messages.success(request, _("Named. Whoever is responsible has been told."))
    return redirect(here(request, "issue", issue.pk))
