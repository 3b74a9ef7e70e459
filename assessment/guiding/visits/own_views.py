"""A trainer's own schools with their figures, and the visits written down there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.guiding.enclosures.queries import files_of
from assessment.guiding.visits import actions
from assessment.guiding.visits.forms import VisitForm
from assessment.guiding.visits.models import TrainerAssignment, Visit
from assessment.guiding.visits.queries import guided_by, progress_of
from assessment.guiding.visits.views import WITH_PEOPLE
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.refusals import Refused

FIELD_OF_REFUSAL = {"day": "day", "forbidden": None, "own": None}


@allow(Permission.GUIDE_SCHOOLS)
@require_GET
def guidance(request: HttpRequest) -> HttpResponse:
    """One's schools with the figures of their year, and one's own log of visits."""
    visits = Visit.objects.filter(trainer=request.actor.person).select_related("school")
    rows, links = turned(request, visits.order_by("-day", "-pk"))
    guided = guided_by(request.actor.person, request.county)
    context = {"guided": guided, "rows": rows, "page": links}
    return render(request, "assessment/guiding/own_guidance.html", context)


@allow(Permission.GUIDE_SCHOOLS)
@require_GET
def guidance_school(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's schools: figures, visits, and the form for the next."""
    return school_page(request, own_assignment(request, pk), None)


def own_assignment(request: HttpRequest, pk: int) -> TrainerAssignment:
    """Return the actor's own assignment; somebody else's answers 404."""
    rows = TrainerAssignment.objects.select_related("school__county", "county", "trainer")
    return get_object_or_404(rows, pk=pk, trainer=request.actor.person)


def school_page(request: HttpRequest, row: TrainerAssignment, typed: VisitForm | None) -> HttpResponse:
    """Show the page with this form, or with an empty one."""
    context = {
        "assignment": row,
        "progress": progress_of(row.county, [row.school_id]).get(row.school_id),
        "visits": row.visits.order_by("-day", "-pk"),
        "form": typed or VisitForm(),
    }
    return render(request, "assessment/guiding/own_school.html", context, status=422 if typed else 200)


@allow(Permission.GUIDE_SCHOOLS)
@require_POST
def guidance_visit_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a visit down; a refused one comes back with its sentence and all that was typed."""
    row = own_assignment(request, pk)
    form = VisitForm(request.POST, request.FILES)
    if not form.is_valid():
        return school_page(request, row, form)
    asked = form.cleaned_data
    try:
        actions.write(
            assignment=row,
            day=asked["day"],
            kind=asked["kind"],
            looked_at=asked["looked_at"],
            observed=asked["observed"],
            advice=asked["advice"],
            uploads=asked["files"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code, "files"), str(refusal))
        return school_page(request, row, form)
    messages.success(request, _("Written down. The school reads it and may answer."))
    return redirect("assessment:guidance-school", pk)


@allow(Permission.GUIDE_SCHOOLS)
@require_GET
def guidance_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own visits with the school's answer."""
    visit = get_object_or_404(Visit.objects.select_related(*WITH_PEOPLE), pk=pk, trainer=request.actor.person)
    context = {
        "visit": visit,
        "files": files_of(
            visit.enclosures.all(), lambda file: reverse("assessment:guidance-file", args=[file])
        ),
        "back_url": reverse("assessment:guidance-school", args=[visit.assignment_id]),
        "back": visit.school.name,
    }
    return render(request, "assessment/guiding/visit.html", context)
