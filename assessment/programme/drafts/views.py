"""Setting a programme up: the first step, which takes a rule pack, and the last, which begins it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.drafts import actions
from assessment.programme.drafts.forms import PackForm
from assessment.programme.drafts.queries import MISSING, draft_of, looked_at
from assessment.programme.places import address, draft_or_404, set_up_steps
from assessment.programme.presets import preset
from assessment.programme.queries import current_programme
from microcapabilities.models import Catalogue
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import today
from schools.refusals import Refused


@allow(Permission.SET_RULES)
@require_GET
def draft(request: HttpRequest) -> HttpResponse:
    """Step one: which rule pack and year; a draft that was left is found again here."""
    found = draft_of(request.county)
    initial = {"preset": found.preset, "year": found.year} if found else {"year": today().year}
    return pack_page(request, PackForm(initial=initial, has_draft=found is not None))


def pack_page(request: HttpRequest, form: PackForm) -> HttpResponse:
    context = {
        "draft": draft_of(request.county),
        "form": form,
        "steps": set_up_steps(request, "programme-draft"),
    }
    status = 422 if form.errors else 200
    return render(request, "assessment/programme/draft.html", context, status=status)


@allow(Permission.SET_RULES)
@require_POST
def draft_choose(request: HttpRequest) -> HttpResponse:
    """Begin a draft from the chosen pack and go on to its rules."""
    form = PackForm(request.POST, has_draft=draft_of(request.county) is not None)
    if not form.is_valid():
        return pack_page(request, form)
    given = form.cleaned_data
    catalogue = Catalogue.objects.filter(is_current=True).first()
    try:
        if catalogue is None:
            raise Refused(_("No catalogue is loaded yet; the administration loads one."), "catalogue")
        actions.choose_pack(
            county=request.county,
            preset=preset(given["preset"], given["year"]),
            catalogue=catalogue,
            starts_anew=given.get("starts_anew", False),
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return pack_page(request, form)
    return redirect(address(request, "programme-draft-rules"))


@allow(Permission.SET_RULES)
@require_GET
def draft_check(request: HttpRequest) -> HttpResponse:
    """Step five: what is set and what is missing; from here the programme begins."""
    found = draft_or_404(request)
    looked = looked_at(found)
    context = {
        "draft": found,
        "current": current_programme(request.county),
        "looked": [(one, address(request, step_named(one.step))) for one in looked],
        "can_begin": all(one.standing != MISSING for one in looked),
        "steps": set_up_steps(request, "programme-draft-check"),
    }
    return render(request, "assessment/programme/draft_check.html", context)


def step_named(step: str) -> str:
    return "programme-draft" if step == "pack" else f"programme-draft-{step}"


@allow(Permission.SET_RULES)
@require_POST
def draft_begin(request: HttpRequest) -> HttpResponse:
    """Make the draft the current programme; replacing one has to be ticked."""
    found, replaces = draft_or_404(request), request.POST.get("replaces") == "on"
    try:
        actions.begin(draft=found, replaces=replaces, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(request, "programme-draft-check"))
    messages.success(request, _("The programme is set up. Enrol the teachers next."))
    return redirect(address(request, "programme"))


@allow(Permission.SET_RULES)
@require_POST
def draft_discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    found = draft_or_404(request)
    return answer(
        request,
        lambda: actions.discard(draft=found, by=request.actor),
        _("The draft is thrown away."),
        address(request, "programme"),
    )
