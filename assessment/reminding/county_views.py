"""Reminders at the county: the rule of every duty with how many it concerns today, and mails given up."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reminding import actions
from assessment.reminding.duties.table import DUTIES, Duty
from assessment.reminding.forms import RuleForm, written
from assessment.reminding.lists import GIVEN_UP
from assessment.reminding.look import Look
from assessment.reminding.mailing import is_mail_on
from assessment.reminding.queries import given_up, mails_counted, people_due, rules_shown
from assessment.reminding.rules import Rule, rules_of
from assessment.reminding.running import due_on
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import today
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show
from schools.toasts import say

MOST_PEOPLE = 50


@allow(Permission.SET_RULES)
@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    """Every duty with its days and how many would be reminded today."""
    programme = current_programme(request.county)
    context: dict[str, Any] = {"programme": programme, "mails": mails_counted(), "is_mail_on": is_mail_on()}
    if programme is not None:
        look, rules = Look(programme, today()), rules_of(programme)
        shown = rules_shown(look, rules, due_on(programme, look.day, rules, look))
        context |= {"rules": shown, "today": sum(row.today for row in shown)}
    return render(request, "assessment/reminding/county_reminders.html", context)


@allow(Permission.SET_RULES)
@require_POST
def reminders_run(request: HttpRequest) -> HttpResponse:
    """Run the day's reminders now."""
    told = sum(actions.run_now(programme=programme_of(request), by=request.actor).values())
    say(request, ngettext("%d reminder was given.", "%d reminders were given.", told) % told)
    return redirect(here(request))


@allow(Permission.SET_RULES)
@require_GET
def reminder_rule(request: HttpRequest) -> HttpResponse:
    """The rule of the duty `?duty=` (without it the first), and whom it would remind today."""
    programme, wanted = programme_of(request), duty_or_404(request.GET.get("duty", next(iter(DUTIES))))
    return rule_page(request, programme, wanted, RuleForm(initial=initial(rules_of(programme)[wanted.key])))


@allow(Permission.SET_RULES)
@require_POST
def reminder_rule_set(request: HttpRequest) -> HttpResponse:
    """Set the rule of the posted duty."""
    programme, wanted = programme_of(request), duty_or_404(request.POST.get("duty", ""))
    form = RuleForm(request.POST)
    if not form.is_valid():
        return rule_page(request, programme, wanted, form, status=422)
    given = {key: form.cleaned_data[key] for key in ("is_on", "by_mail", "to_chat")}
    try:
        actions.set_rule(programme=programme, duty=wanted, days=form.days, **given, by=request.actor)
    except Refused as refusal:
        form.add_error("before", str(refusal))
        return rule_page(request, programme, wanted, form, status=422)
    say(request, _("The rule is set."))
    return redirect(here(request))


@allow(Permission.SET_RULES)
@exports(GIVEN_UP)
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """Mails that could not be sent after several tries."""
    shown = show(request, GIVEN_UP, given_up(**asked_filters(request, GIVEN_UP)))
    if shown.file:
        return shown.file
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "mails": mails_counted(),
        "is_mail_on": is_mail_on(),
    }
    return render(request, "assessment/reminding/mails.html", context)


@allow(Permission.SET_RULES)
@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a mail be tried anew."""
    mail = get_object_or_404(given_up(), pk=pk)

    def act() -> None:
        actions.send_again(mail=mail, by=request.actor)

    back = reverse("assessment:county-mails", args=[request.county.slug])
    return answer(request, act, _("It is tried again within a minute."), back)


def programme_of(request: HttpRequest) -> Programme:
    programme = current_programme(request.county)
    if programme is None:
        raise Http404
    return programme


def duty_or_404(key: str) -> Duty:
    if key not in DUTIES:
        raise Http404
    return DUTIES[key]


def initial(rule: Rule) -> dict[str, Any]:
    """Return a rule as its form begins with it."""
    before, after = written(rule.days)
    return {
        "is_on": rule.is_on,
        "before": before,
        "after": after,
        "by_mail": rule.by_mail,
        "to_chat": rule.to_chat,
    }


def rule_page(
    request: HttpRequest, programme: Programme, duty: Duty, form: RuleForm, status: int = 200
) -> HttpResponse:
    """Show the form with the first fifty whom the rule reminds today; a digest has no days."""
    if not duty.days:
        for name in ("before", "after", "to_chat"):
            del form.fields[name]
    rule = rules_of(programme)[duty.key]
    found = due_on(programme, today(), {duty.key: rule}).get(duty.key, [])
    context = {
        "duty": duty,
        "form": form,
        "people": people_due(found, MOST_PEOPLE),
        "count": len(found),
        "list_url": here(request),
    }
    return render(request, "assessment/reminding/reminder_rule.html", context, status=status)


def here(request: HttpRequest) -> str:
    return reverse("assessment:county-reminders", args=[request.county.slug])
