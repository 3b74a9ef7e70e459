"""Who needs help: the school's list, one flag with its helper, and the county's counts."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.queries import current_programme
from assessment.reminding.risks import actions
from assessment.reminding.risks.forms import HelperForm, NoteForm
from assessment.reminding.risks.lists import AT_SCHOOL, BY_SCHOOL
from assessment.reminding.risks.models import RiskFlag
from assessment.reminding.risks.queries import flagged_schools, flags_at, helpers_for
from assessment.showing import own_groups, tabs_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.people.models import Person
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

STANDING = {"open": Q(cleared_at__isnull=True), "cleared": Q(cleared_at__isnull=False)}


@allow(Permission.HELP_TEACHERS)
@exports(AT_SCHOOL)
@require_GET
def school_flags(request: HttpRequest) -> HttpResponse:
    """The school's flags, open or cleared; a head sees those of the own group."""
    programme = current_programme(request.county)
    groups = own_groups(request.actor, request.school, Permission.HELP_TEACHERS)
    everything = flags_at(programme, request.school, groups)
    labels = {"open": _("Not cleared"), "cleared": _("Cleared")}
    counts = [(key, labels[key], everything.filter(wanted).count()) for key, wanted in STANDING.items()]
    tabs, current = tabs_of(request, counts, "open")
    found = flags_at(programme, request.school, groups, **asked_filters(request, AT_SCHOOL))
    shown = show(request, AT_SCHOOL, found.filter(STANDING[current]))
    if shown.file:
        return shown.file
    context = {
        "tabs": tabs,
        "listed": shown,
        "flags": shown.rows,
        "page": shown.page,
        "is_open": current == "open",
    }
    return render(request, "assessment/reminding/school_flags.html", context)


@allow(Permission.HELP_TEACHERS)
@require_POST
def school_flags_check(request: HttpRequest) -> HttpResponse:
    """Look again now instead of at night."""
    programme = current_programme(request.county)
    if programme is None:
        raise Http404

    def act() -> None:
        actions.look_again(programme=programme, school=request.school, by=request.actor)

    return answer(request, act, _("Looked again: the list is as things stand now."), here(request))


@allow(Permission.HELP_TEACHERS)
@require_GET
def school_flag(request: HttpRequest, pk: int) -> HttpResponse:
    """One flag: why, since when, who helps, what was agreed."""
    flagged = flag_at(request, pk)
    return flag_page(request, flagged, helper_form(flagged), NoteForm(initial={"note": flagged.note}))


@allow(Permission.HELP_TEACHERS)
@require_POST
def school_flag_helper(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who helps."""
    flagged = flag_at(request, pk)
    form = helper_form(flagged, request.POST)
    if not form.is_valid():
        return flag_page(request, flagged, form, NoteForm(initial={"note": flagged.note}), status=422)
    helper = get_object_or_404(Person, pk=form.cleaned_data["helper"])

    def act() -> None:
        actions.name_helper(flagged=flagged, helper=helper, by=request.actor)

    return answer(request, act, _("Helper and teacher are told."), here(request, pk))


@allow(Permission.HELP_TEACHERS)
@require_POST
def school_flag_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was agreed."""
    flagged = flag_at(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return flag_page(request, flagged, helper_form(flagged), form, status=422)

    def act() -> None:
        actions.note(flagged=flagged, text=form.cleaned_data["note"], by=request.actor)

    return answer(request, act, _("Written down."), here(request, pk))


@allow(Permission.SEE_COUNTY)
@exports(BY_SCHOOL)
@require_GET
def county_flags(request: HttpRequest) -> HttpResponse:
    """Open flags by school; with `?school=` that school's people, for those who may see people."""
    programme = current_programme(request.county)
    may_see_people = request.actor.can(Permission.SEE_PEOPLE, request.county)
    slug = request.GET.get("school", "")
    if slug and may_see_people:
        school = get_object_or_404(School, slug=slug)
        found = flags_at(programme, school, None, **asked_filters(request, AT_SCHOOL))
        shown = show(request, AT_SCHOOL, found.filter(STANDING["open"]))
        context: dict[str, Any] = {"shown_school": school, "flags": shown.rows}
        context |= {"page": shown.page, "listed": shown}
        return shown.file or render(request, "assessment/reminding/county_school_flags.html", context)
    shown = show(request, BY_SCHOOL, list(flagged_schools(programme, **asked_filters(request, BY_SCHOOL))))
    context = {"rows": shown.rows, "page": shown.page, "listed": shown, "may_see_people": may_see_people}
    return shown.file or render(request, "assessment/reminding/county_flags.html", context)


def flag_at(request: HttpRequest, pk: int) -> RiskFlag:
    """Return a flag that the reader may see here; else answer 404."""
    groups = own_groups(request.actor, request.school, Permission.HELP_TEACHERS)
    return get_object_or_404(flags_at(current_programme(request.county), request.school, groups), pk=pk)


def helper_form(flagged: RiskFlag, data: Any = None) -> HelperForm:
    people = list(helpers_for(flagged).select_related("group"))
    return HelperForm(data, initial={"helper": flagged.helper_id}, people=people)


def flag_page(
    request: HttpRequest, flagged: RiskFlag, helper: HelperForm, note: NoteForm, status: int = 200
) -> HttpResponse:
    context = {"flag": flagged, "helper_form": helper, "note_form": note, "list_url": here(request)}
    return render(request, "assessment/reminding/school_flag.html", context, status=status)


def here(request: HttpRequest, pk: int | None = None) -> str:
    place = [request.county.slug, request.school.slug]
    if pk is None:
        return reverse("assessment:school-flags", args=place)
    return reverse("assessment:school-flag", args=[*place, pk])
