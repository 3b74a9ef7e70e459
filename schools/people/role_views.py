"""Pages of a school's roles: who holds which, appointing, ending, and reviewers from outside."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from schools.access.appointing import appoint, dismiss
from schools.access.doors import allow
from schools.access.granting import end_grant, grant_review, open_grants
from schools.access.models import SchoolGrant
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.organisations.models import TeachingGroup
from schools.people import queries
from schools.people.forms import AppointForm, OutsiderForm, OutsiderSearch
from schools.people.models import Membership, Person
from schools.pinyin import spelled
from schools.refusals import Forbidden, Refused

APPOINTING = (Permission.APPOINT_STAFF, Permission.APPOINT_DEPUTY, Permission.APPOINT_LEADERS)


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """Show what was refused as a message; a missing right answers 403."""
    try:
        yield
    except Forbidden as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))


@allow(Permission.SEE_PEOPLE)
@require_GET
def school_roles(request: HttpRequest) -> HttpResponse:
    """The school's roles, what each does, who holds them, and the outside reviewers."""
    return show_roles(request, appoint_form(request))


def appoint_form(request: HttpRequest) -> AppointForm:
    """Return the form with the school's people and groups, filled from a POST."""
    people = Person.objects.filter(school=request.school, is_active=True).order_by("pinyin", "pk")
    groups = sorted(
        TeachingGroup.objects.filter(school=request.school), key=lambda group: spelled(group.name)
    )
    data = request.POST if request.method == "POST" else None
    return AppointForm(data, school=request.school, actor=request.actor, people=people, groups=groups)


def show_roles(request: HttpRequest, form: AppointForm) -> HttpResponse:
    """Render the roles with the form to appoint, where the actor may appoint at all."""
    calls_outsiders = request.actor.can(Permission.APPOINT_STAFF, request.school)
    search = OutsiderSearch(request.GET)
    words = search.cleaned_data["outsider"] if search.is_valid() else ""
    context = {
        "roles": queries.roles_held(request.school, request.actor),
        "form": form if form.fields["role"].choices else None,
        "outsiders": open_grants(request.school),
        "calls_outsiders": calls_outsiders,
        "words": words,
        "candidates": queries.outsiders_named(words, request.school) if calls_outsiders else [],
    }
    return render(request, "schools/people/roles.html", context)


@allow(*APPOINTING)
@require_POST
def role_appoint(request: HttpRequest) -> HttpResponse:
    """Give a person of the school a role."""
    form = appoint_form(request)
    if request.POST.get("role") and not form.is_valid() and form.has_error("role", "invalid_choice"):
        raise PermissionDenied(_("You may not appoint this role here."))
    if not form.is_valid():
        return show_roles(request, form)
    data = form.cleaned_data
    chosen = get_object_or_404(Person, pk=data["person"], school=request.school, is_active=True)
    group = None
    if data.get("group"):
        group = get_object_or_404(TeachingGroup, pk=data["group"], school=request.school)
    with refusals_told(request):
        appoint(person=chosen, role=data["role"], school=request.school, group=group, by=request.actor)
        messages.success(request, _("Appointed."))
    return to_roles(request)


def to_roles(request: HttpRequest) -> HttpResponse:
    """Go back to the school's roles."""
    return redirect("schools:school-roles", request.county.slug, request.school.slug)


@allow(*APPOINTING)
@require_POST
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role that somebody holds at the school."""
    membership = get_object_or_404(Membership.objects.select_related("school"), pk=pk, school=request.school)
    with refusals_told(request):
        dismiss(membership=membership, by=request.actor)
        messages.success(request, _("Ended. The right is gone at once."))
    return to_roles(request)


@allow(Permission.APPOINT_STAFF)
@require_POST
def outsider_add(request: HttpRequest) -> HttpResponse:
    """Let a person of another school review here."""
    form = OutsiderForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a person and say why they are to review here."))
        return to_roles(request)
    called = get_object_or_404(Person, pk=form.cleaned_data["person"], is_active=True)
    with refusals_told(request), transaction.atomic():
        grant_review(called, request.school, form.cleaned_data["reason"], by=request.actor)
        record(
            "review-granted",
            county=request.county,
            school=request.school,
            subject=f"person {called.pk}",
            by=request.actor,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("They may review here from now on."))
    return to_roles(request)


@allow(Permission.APPOINT_STAFF)
@require_POST
def outsider_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an outside reviewer's right."""
    grant = get_object_or_404(
        SchoolGrant.objects.select_related("content_object"), pk=pk, content_object=request.school
    )
    place = {"county": request.county, "school": request.school}
    with refusals_told(request), transaction.atomic():
        end_grant(grant, by=request.actor)
        record("review-ended", **place, subject=f"user {grant.user_id}", by=request.actor)
        messages.success(request, _("Ended. The right is gone at once."))
    return to_roles(request)
