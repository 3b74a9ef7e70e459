"""Sending a rating of a course or of an activity that one attended."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.training.activities.sign_views import own_activity_at, own_page
from assessment.training.courses.models import Attendance
from assessment.training.courses.own_views import course_page
from assessment.training.ratings import actions
from assessment.training.ratings.forms import RatingForm
from assessment.training.ratings.queries import Subject
from schools.access.doors import allow, signed_in
from schools.access.permissions import Permission
from schools.refusals import Refused

Page = Callable[[RatingForm], HttpResponse]


@allow(Permission.OWN_WORK)
@require_POST
def activity_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate an activity."""
    activity, _participant = own_activity_at(request, pk)
    back = reverse("assessment:activity", args=[pk])
    return rated(request, activity, back, lambda form: own_page(request, pk, form, 422))


@signed_in
@require_POST
def course_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate a course."""
    rows = Attendance.objects.select_related("course")
    attended = get_object_or_404(rows, course=pk, person=request.actor.person)
    back = reverse("assessment:course", args=[pk])
    return rated(
        request, attended.course, back, lambda form: course_page(request, attended.course, form, 422)
    )


def rated(request: HttpRequest, subject: Subject, back: str, page: Page) -> HttpResponse:
    """Keep the rating; a form with errors comes back with all that was typed."""
    form = RatingForm(request.POST)
    if not form.is_valid():
        return page(form)
    try:
        actions.rate(subject=subject, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. Nobody sees who said it."))
    return redirect(back)
