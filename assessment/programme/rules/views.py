"""The rules with their record, and the form that changes them, in the running programme and in a draft."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.models import Programme
from assessment.programme.places import address, current_or_404, draft_or_404, set_up_steps
from assessment.programme.rules.actions import change_rules
from assessment.programme.rules.forms import ChangeForm, RulesForm
from assessment.programme.rules.queries import rules_of, shown, versions_of
from assessment.programme.rules.showing import rules_in_words
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.refusals import Refused


@allow(Permission.SEE_COUNTY)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in words, who changed what when and why, and for those who may the form."""
    return rules_page(request, current_or_404(request), None)


def rules_page(request: HttpRequest, programme: Programme, typed: ChangeForm | None) -> HttpResponse:
    """Show the rules; `typed` is a form that was sent with errors and is shown again."""
    versions, links = turned(request, versions_of(programme))
    may_set = request.actor.can(Permission.SET_RULES, request.county)
    context = {
        "programme": programme,
        "rules": rules_in_words(programme),
        "form": typed or (ChangeForm(rules=rules_of(programme)) if may_set else None),
        "is_typed": typed is not None,
        "versions": [shown(version) for version in versions],
        "page": links,
    }
    return render(request, "assessment/programme/rules.html", context, status=422 if typed else 200)


@allow(Permission.SET_RULES)
@require_POST
def rules_change(request: HttpRequest) -> HttpResponse:
    """Change the rules; who changed what and why is recorded."""
    programme, form = current_or_404(request), ChangeForm(request.POST)
    if not form.is_valid():
        return rules_page(request, programme, form)
    try:
        change_rules(
            programme=programme, rules=form.rules(), reason=form.cleaned_data["reason"], by=request.actor
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return rules_page(request, programme, form)
    said = _("The rules are changed; who changed what stands below.")
    return answer(request, lambda: None, said, address(request, "programme-rules"))


@allow(Permission.SET_RULES)
@require_GET
def draft_rules(request: HttpRequest) -> HttpResponse:
    """Step two of setting up: every rule, each with what it means."""
    draft = draft_or_404(request)
    return draft_page(request, draft, RulesForm(rules=rules_of(draft)))


def draft_page(request: HttpRequest, draft: Programme, form: RulesForm) -> HttpResponse:
    context = {"programme": draft, "form": form, "steps": set_up_steps(request, "programme-draft-rules")}
    template = "assessment/programme/draft_rules.html"
    return render(request, template, context, status=422 if form.errors else 200)


@allow(Permission.SET_RULES)
@require_POST
def draft_rules_save(request: HttpRequest) -> HttpResponse:
    """Keep the rules of the draft and go on to the waves."""
    draft, form = draft_or_404(request), RulesForm(request.POST)
    if not form.is_valid():
        return draft_page(request, draft, form)
    try:
        change_rules(programme=draft, rules=form.rules(), reason="", by=request.actor)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return draft_page(request, draft, form)
    return redirect(address(request, "programme-draft-waves"))
