"""The county office's pages of appeals: the list, one appeal, whom to ask, and the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_ids, posted_version
from assessment.checking.appeals import actions
from assessment.checking.appeals.lists import APPEALS
from assessment.checking.appeals.models import Appeal, AppealState
from assessment.checking.appeals.queries import (
    appeals_listed,
    eligible_hearers,
    is_for_the_teacher,
    suggested,
)
from assessment.checking.showing import timeline
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.people.models import Person
from schools.sheets.listing import exports
from schools.sheets.showing import show

ANSWERS = ("grant", "dismiss")


@allow(Permission.RUN_SPOT_CHECKS)
@exports(APPEALS)
@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """All appeals of the year, unanswered ones first."""
    programme = current_programme(request.county)
    rows = appeals_listed(programme) if programme else Appeal.objects.none()
    shown = show(request, APPEALS, rows)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page, "programme": programme}
    return shown.file or render(request, "assessment/checking/appeals.html", context)


def found_appeal(request: HttpRequest, pk: int) -> Appeal:
    rows = Appeal.objects.select_related("submission__point", "submission__person", "school", "county")
    return get_object_or_404(rows.select_related("submission__programme", "submission__school"), pk=pk)


def address(request: HttpRequest, pk: int) -> str:
    return reverse("assessment:county-appeal", args=[request.county.slug, pk])


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def county_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: the objection, the votes, whom to ask, and the answer."""
    shown = found_appeal(request, pk)

    def url_of(action: str) -> str | None:
        if action not in ANSWERS:
            return None
        return reverse(f"assessment:county-appeal-{action}", args=[request.county.slug, pk])

    votes = list(shown.hearings.select_related("person").order_by("pk"))
    is_lodged = shown.state == AppealState.LODGED
    asked = {vote.person_id for vote in votes}
    free = [p for p in eligible_hearers(shown.submission) if p.pk not in asked] if is_lodged else []
    context = {
        "appeal": shown,
        "votes": votes,
        "is_heard": shown.state == AppealState.HEARD,
        "is_for": is_for_the_teacher(votes),
        "people": free,
        "suggested": {person.pk for person in suggested(free)} if not votes else set(),
        "is_lodged": is_lodged,
        "buttons": buttons(shown, request.actor, url_of),
        "events": timeline(shown),
    }
    return render(request, "assessment/checking/county_appeal.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def appeal_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the ticked people to hear it."""
    shown = found_appeal(request, pk)
    people = list(Person.objects.filter(pk__in=posted_ids(request, "people")).order_by("pk"))
    if not people:
        messages.error(request, _("Nothing was ticked. Please tick at least one row."))
        return redirect(address(request, pk))
    return answer(
        request,
        lambda: actions.ask(appeal=shown, people=people, by=request.actor),
        _("They are asked and have a notice."),
        address(request, pk),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def appeal_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant what the votes grant."""
    shown, version, note = found_appeal(request, pk), posted_version(request), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.grant(appeal=shown, note=note, by=request.actor, version=version),
        _("The appeal is granted."),
        address(request, pk),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def appeal_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss what the votes dismiss."""
    shown, version, note = found_appeal(request, pk), posted_version(request), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.dismiss(appeal=shown, note=note, by=request.actor, version=version),
        _("The appeal is dismissed; the result stands."),
        address(request, pk),
    )
