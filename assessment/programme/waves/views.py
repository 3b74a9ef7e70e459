"""Waves and the schools in them, in the running programme and as the third step of setting one up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, posted_ids
from assessment.programme.models import Programme
from assessment.programme.places import address, current_or_404, draft_or_404, set_up_steps
from assessment.programme.waves import actions
from assessment.programme.waves.forms import PlaceForm, WavesForm
from assessment.programme.waves.lists import SCHOOLS
from assessment.programme.waves.queries import schools_placed, standings_of, waves_of, without_wave
from assessment.programme.waves.sizes import sizes_explained
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

CURRENT, DRAFT = "county-waves", "programme-draft-waves"


@allow(Permission.SEE_COUNTY)
@exports(SCHOOLS)
@require_GET
def waves(request: HttpRequest) -> HttpResponse:
    """Which waves there are, whether their shares are kept, and which school is in which."""
    return waves_page(request, current_or_404(request), CURRENT)


@allow(Permission.SET_RULES)
@exports(SCHOOLS)
@require_GET
def draft_waves(request: HttpRequest) -> HttpResponse:
    """Step three of setting up: the waves and their schools."""
    return waves_page(request, draft_or_404(request), DRAFT)


def waves_page(
    request: HttpRequest, programme: Programme, name: str, typed: WavesForm | None = None
) -> HttpResponse:
    """Show waves and schools; `typed` is a form that was sent with errors and is shown again."""
    shown = show(request, SCHOOLS, schools_placed(programme, **asked_filters(request, SCHOOLS)))
    if shown.file:
        return shown.file
    may_set = request.actor.can(Permission.SET_RULES, request.county)
    found = waves_of(programme)
    standings = standings_of(programme, found)
    total = sum(row.wanted for row in standings)
    context: dict[str, Any] = {
        "programme": programme,
        "standings": standings,
        "rest": without_wave(programme) if found else 0,
        "explained": sizes_explained(total, [wave.share_percent for wave in found]) if found else "",
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "may_set": may_set,
        "waves_form": typed or WavesForm(waves=found, year=programme.year),
        "is_typed": typed is not None,
        "place_form": PlaceForm(waves=found),
        "urls": {part: address(request, f"{name}-{part}") for part in ("save", "place", "propose")},
        "steps": set_up_steps(request, name) if programme.is_draft else [],
        "next_url": address(request, "programme-draft-calendar") if programme.is_draft else "",
    }
    return render(request, "assessment/programme/waves.html", context, status=422 if typed else 200)


@allow(Permission.SET_RULES)
@require_POST
def waves_save(request: HttpRequest) -> HttpResponse:
    """Say which waves the running programme has."""
    return saved(request, current_or_404(request), CURRENT)


@allow(Permission.SET_RULES)
@require_POST
def draft_waves_save(request: HttpRequest) -> HttpResponse:
    """Say which waves the draft has."""
    return saved(request, draft_or_404(request), DRAFT)


def saved(request: HttpRequest, programme: Programme, name: str) -> HttpResponse:
    form = WavesForm(request.POST, waves=waves_of(programme), year=programme.year)
    if form.is_valid():
        try:
            actions.set_waves(programme=programme, waves=form.wanted(), by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return waves_page(request, programme, name, form)
    return answer(request, lambda: None, _("The waves are set."), address(request, name))


@allow(Permission.SET_RULES)
@require_POST
def waves_place(request: HttpRequest) -> HttpResponse:
    """Put the ticked schools into a wave of the running programme."""
    return placed(request, current_or_404(request), CURRENT)


@allow(Permission.SET_RULES)
@require_POST
def draft_waves_place(request: HttpRequest) -> HttpResponse:
    """Put the ticked schools into a wave of the draft."""
    return placed(request, draft_or_404(request), DRAFT)


def placed(request: HttpRequest, programme: Programme, name: str) -> HttpResponse:
    form = PlaceForm(request.POST, waves=waves_of(programme))
    schools = list(School.objects.filter(county=request.county, pk__in=posted_ids(request)))

    def act() -> None:
        if not form.is_valid() or not form.given():
            raise Refused(_("Choose a wave, pilot or tier for the ticked schools."), "nothing")
        if not schools:
            raise Refused(_("Nothing was ticked. Please tick at least one row."), "nothing")
        actions.place(programme=programme, schools=schools, by=request.actor, **form.given())

    said = ngettext("%d school is placed.", "%d schools are placed.", len(schools)) % len(schools)
    return answer(request, act, said, address(request, name))


@allow(Permission.SET_RULES)
@require_POST
def waves_propose(request: HttpRequest) -> HttpResponse:
    """Fill the waves of the running programme by their shares."""
    return proposed(request, current_or_404(request), CURRENT)


@allow(Permission.SET_RULES)
@require_POST
def draft_waves_propose(request: HttpRequest) -> HttpResponse:
    """Fill the waves of the draft by their shares."""
    return proposed(request, draft_or_404(request), DRAFT)


def proposed(request: HttpRequest, programme: Programme, name: str) -> HttpResponse:
    return answer(
        request,
        lambda: actions.propose(programme=programme, by=request.actor),
        _("Every school without a wave is in one now; look them through."),
        address(request, name),
    )
