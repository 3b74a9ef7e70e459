"""The county office's pages of its schools, their leaders, and the county's experts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools.access.appointing import appoint, dismiss
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.access.roles import ROLES
from schools.organisations import queries
from schools.organisations.forms import ExpertForm, LeaderForm, SearchForm
from schools.organisations.lists import SCHOOLS, SchoolRow
from schools.organisations.models import School
from schools.paging import turned
from schools.people.models import Membership, Person
from schools.people.role_views import refusals_told
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@exports(SCHOOLS)
@require_GET
def county_schools(request: HttpRequest) -> HttpResponse:
    """The county's schools and who leads them."""
    asked = asked_filters(request, SCHOOLS)
    shown = show(
        request, SCHOOLS, queries.schools_listed(asked["q"], asked["stage"], asked["place"]), with_leaders
    )
    if shown.file:
        return shown.file
    context = {
        "listed": shown,
        "rows": [(row.school, row.leaders) for row in shown.rows],
        "page": shown.page,
        "may_appoint": request.actor.can(Permission.APPOINT_LEADERS, request.county),
        "may_see_people": request.actor.can(Permission.SEE_PEOPLE, request.county),
    }
    return render(request, "schools/organisations/schools.html", context)


def with_leaders(schools: list[School]) -> list[SchoolRow]:
    leaders = queries.leaders_of(schools)
    return [SchoolRow(school, leaders[school.pk]) for school in schools]


@allow(Permission.APPOINT_LEADERS)
@require_http_methods(["GET", "POST"])
def school_leaders(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint a school's principal or CIO from among its people."""
    school = get_object_or_404(School.objects.select_related("county"), pk=pk)
    people = Person.objects.filter(school=school, is_active=True).order_by("pinyin", "pk")
    form = LeaderForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = get_object_or_404(people, pk=form.cleaned_data["person"])
        with refusals_told(request):
            appoint(person=chosen, role=form.cleaned_data["role"], school=school, by=request.actor)
            messages.success(request, _("Appointed."))
        return redirect("schools:school-leaders", request.county.slug, school.pk)
    held = queries.leaders_of([school])[school.pk]
    roles = [(ROLES[key], held[key]) for key in queries.LEADERS]
    context = {"shown_school": school, "form": form, "roles": roles, "has_people": people.exists()}
    return render(request, "schools/organisations/leaders.html", context)


@allow(Permission.APPOINT_LEADERS)
@require_http_methods(["GET", "POST"])
def county_experts(request: HttpRequest) -> HttpResponse:
    """The county's experts and trainers; appoint one from among its people."""
    form = ExpertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = get_object_or_404(Person, pk=form.cleaned_data["person"], is_active=True)
        with refusals_told(request):
            appoint(person=chosen, role=form.cleaned_data["role"], school=None, by=request.actor)
            messages.success(request, _("Appointed."))
        return redirect("schools:county-experts", request.county.slug)
    search = SearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    page, links = turned(request, queries.experts_held())
    context = {
        "rows": [(ROLES[held.role], held) for held in page],
        "page": links,
        "q": words,
        "candidates": queries.people_named(words),
        "form": form,
    }
    return render(request, "schools/organisations/experts.html", context)


@allow(Permission.APPOINT_LEADERS)
@require_POST
def expert_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the role of an expert or trainer."""
    held = Membership.objects.filter(school__isnull=True, role__in=queries.EXPERTS).select_related("county")
    with refusals_told(request):
        dismiss(membership=get_object_or_404(held, pk=pk), by=request.actor)
        messages.success(request, _("Ended. The right is gone at once."))
    return redirect("schools:county-experts", request.county.slug)
