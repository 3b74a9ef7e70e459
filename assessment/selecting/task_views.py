"""Task sheets to read and to print: the teacher's own, and those that the school gives out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from assessment.papers import Paper
from assessment.programme.queries import participation_of
from assessment.selecting.enrolment import not_enrolled
from assessment.selecting.models import Selection, SelectionState
from assessment.selecting.queries import versions_of
from assessment.selecting.school_queries import agreed_about
from assessment.selecting.school_views import here, one
from assessment.selecting.task_sheet import task_sheet
from schools.access.doors import allow
from schools.access.permissions import Permission as P

SIGNED_BY = (_("Teacher's signature"), _("Head of the group"), _("Date"))


@allow(P.OWN_WORK)
@require_GET
def own_tasks(request: HttpRequest) -> HttpResponse:
    """One's own task sheet; before a choice is confirmed it says what comes first."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return not_enrolled(request)
    versions = versions_of(participant)
    confirmed = next((row for row in versions if row.state == SelectionState.CONFIRMED), None)
    return printed(request, confirmed, reverse("assessment:selection"))


@allow(P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS)
@require_GET
def school_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """The task sheet of one teacher's confirmed choice."""
    selection = one(request, pk)
    if selection.state != SelectionState.CONFIRMED:
        raise Http404
    return printed(request, selection, here(request, "school-selection", pk))


def printed(request: HttpRequest, selection: Selection | None, back_url: str) -> HttpResponse:
    """Show the sheet as it is printed."""
    context = {"sheet": None, "back_url": back_url}
    if selection is not None:
        context["sheet"] = task_sheet(selection, paper_for(selection), agreed_about(selection))
    return render(request, "assessment/selecting/task_sheet.html", context)


def paper_for(selection: Selection) -> Paper:
    """Return the sheet's heading; its number names the choice and its version."""
    programme, county = selection.programme, selection.county
    return Paper(
        office=county.office_name,
        programme=programme.name,
        title=_("Task sheet"),
        school=selection.school.name,
        number=f"{county.code}-{programme.year}-T{selection.pk:05d}-{selection.number}",
        filing_number="",
        state=selection.label,
        signatures=SIGNED_BY,
    )
