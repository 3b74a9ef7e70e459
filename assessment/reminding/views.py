"""Reminders at a school, and one's own: what was told, who helps, whether mails are wanted."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.programme.queries import current_programme
from assessment.reminding import actions
from assessment.reminding.chats.actions import may_keep
from assessment.reminding.forms import PreferenceForm
from assessment.reminding.lists import GIVEN, duty_said
from assessment.reminding.mailing import is_mail_on
from assessment.reminding.queries import given_at, preference_of
from assessment.reminding.risks.queries import helped_by, own_flags
from schools.access.doors import allow, signed_in
from schools.access.permissions import Permission
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show
from schools.toasts import say

MOST_HELPED = 50


@allow(Permission.HELP_TEACHERS)
@exports(GIVEN)
@require_GET
def school_reminders(request: HttpRequest) -> HttpResponse:
    """Who was reminded of what at this school, and whether a mail went out; not for group heads."""
    if not may_keep(request.actor, request.county, request.school):
        raise PermissionDenied
    programme = current_programme(request.county)
    shown = show(request, GIVEN, given_at(programme, request.school, **asked_filters(request, GIVEN)))
    context = {
        "listed": shown,
        "rows": [(row, duty_said(row)) for row in shown.rows],
        "page": shown.page,
    }
    return shown.file or render(request, "assessment/reminding/school_reminders.html", context)


@signed_in
@require_GET
def own_reminders(request: HttpRequest) -> HttpResponse:
    """What one hangs behind with and who helps; whom one helps; whether mails are wanted."""
    row = preference_of(request.actor.person)
    return own_page(request, PreferenceForm(initial={"by_mail": row.by_mail, "language": row.language}))


@signed_in
@require_POST
def own_reminders_set(request: HttpRequest) -> HttpResponse:
    """Say whether one wants mails, and in which language."""
    person, form = request.actor.person, PreferenceForm(request.POST)
    if person is None:
        return redirect("assessment:own-reminders")
    if not form.is_valid():
        return own_page(request, form, status=422)
    actions.prefer(person=person, **form.cleaned_data, by=request.actor)
    say(request, _("Your wish is kept."))
    return redirect("assessment:own-reminders")


def own_page(request: HttpRequest, form: PreferenceForm, status: int = 200) -> HttpResponse:
    """Show the page; an account without a person in a county hangs behind with nothing."""
    person = request.actor.person
    context = {
        "flags": own_flags(person),
        "helped": helped_by(person)[:MOST_HELPED],
        "form": form,
        "email": person.email if person else "",
        "is_mail_on": is_mail_on(),
    }
    return render(request, "assessment/reminding/own_reminders.html", context, status=status)
