"""Activities at the school: the list, planning, the page of one with its steps, record and files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_version
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.showing import story_of
from assessment.training.activities import actions, queries
from assessment.training.activities.conversion import rate_of, rate_said
from assessment.training.activities.forms import ActivityForm, said_of
from assessment.training.activities.hours import cut_said
from assessment.training.activities.lists import AT_SCHOOL, at_school
from assessment.training.activities.models import Activity, ActivityState
from assessment.training.ratings.queries import verdict_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.kinds import accept_attribute, describe
from schools.organisations.models import TeachingGroup
from schools.paging import turned
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

STEPS = {"open": "school-activity-open", "close": "school-activity-close", "cancel": "school-activity-cancel"}
FULL = ("school__county", "group", "leader", "partner", "programme__county")


def here(request: HttpRequest, name: str, *args: int) -> str:
    return reverse(f"assessment:{name}", args=[request.county.slug, request.school.slug, *args])


def activity_at(request: HttpRequest, pk: int) -> Activity:
    """Return an activity of the school; else answer 404."""
    return get_object_or_404(Activity.objects.select_related(*FULL), pk=pk, school=request.school)


def led_activity(request: HttpRequest, pk: int) -> Activity:
    """Return an activity that the actor may lead; another group's answers 404."""
    activity = activity_at(request, pk)
    if not queries.may_lead(request.actor, request.school, activity.group_id):
        raise Http404
    return activity


@allow(Permission.SEE_SCHOOL)
@exports(AT_SCHOOL)
@require_GET
def activities(request: HttpRequest) -> HttpResponse:
    """The school's activities by time."""
    programme = current_programme(request.county)
    listing = at_school(TeachingGroup.objects.filter(school=request.school).order_by("name"))
    asked = asked_filters(request, listing)
    found = queries.found_at(
        request.school,
        programme,
        q=asked["q"],
        kind=asked["kind"],
        group=asked["group"],
        state=asked["state_is"],
    )
    shown = show(request, listing, found)
    groups, is_for_all = queries.led_groups(request.actor, request.school)
    context = {
        "programme": programme,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "may_plan": programme is not None and (is_for_all or bool(groups)),
    }
    return shown.file or render(request, "assessment/training/activities/school.html", context)


def form_for(request: HttpRequest, programme: Programme, *data: Any, initial: Any = None) -> ActivityForm:
    groups, is_for_all = queries.led_groups(request.actor, request.school)
    return ActivityForm(
        *data,
        initial=initial,
        school=request.school,
        groups=groups,
        is_for_all=is_for_all,
        catalogue_id=programme.catalogue_id,
    )


@allow(Permission.LEAD_ACTIVITIES)
@require_GET
def activity_new(request: HttpRequest) -> HttpResponse:
    """The form of a new activity."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    form = form_for(request, programme, initial={"leader": request.actor.person})
    return form_page(request, form, None)


def form_page(
    request: HttpRequest, form: ActivityForm, activity: Activity | None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "activity": activity}
    return render(request, "assessment/training/activities/form.html", context, status=status)


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def activity_plan(request: HttpRequest) -> HttpResponse:
    """Plan an activity; a form with errors comes back with all that was typed."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    form = form_for(request, programme, request.POST)
    if not form.fields["group"].choices:  # type: ignore[attr-defined]
        messages.error(request, _("A group head plans for the own group only."))
        return redirect(here(request, "school-activities"))
    if not form.is_valid():
        return form_page(request, form, None, 422)
    try:
        made = actions.plan(programme=programme, school=request.school, by=request.actor, **form.facts())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return form_page(request, form, None, 422)
    return answer(request, lambda: None, _("Planned."), here(request, "school-activity", made.pk))


@allow(Permission.LEAD_ACTIVITIES)
@require_GET
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a planned activity."""
    activity = led_activity(request, pk)
    if activity.state != ActivityState.PLANNED:
        return redirect(here(request, "school-activity", pk))
    return form_page(request, form_for(request, activity.programme, initial=said_of(activity)), activity)


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def activity_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a planned activity."""
    activity = led_activity(request, pk)
    form = form_for(request, activity.programme, request.POST)
    if not form.is_valid():
        return form_page(request, form, activity, 422)
    return answer(
        request,
        lambda: actions.change(activity=activity, by=request.actor, **form.facts()),
        _("Saved."),
        here(request, "school-activity", pk),
    )


@allow(Permission.SEE_SCHOOL)
@require_GET
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: what is planned, who came, what it brought, what it counts."""
    return activity_page(request, activity_at(request, pk))


def activity_page(request: HttpRequest, row: Activity) -> HttpResponse:
    leads = queries.may_lead(request.actor, request.school, row.group_id)
    urls = {action: here(request, name, row.pk) for action, name in STEPS.items()} if leads else {}
    came = row.sign_ins.select_related("person__group", "person__school").order_by("person__pinyin", "pk")
    page, links = turned(request, came)
    context = {
        "activity": row,
        "leads": leads,
        "is_open": row.state == ActivityState.OPEN,
        "is_planned": row.state == ActivityState.PLANNED,
        "is_closed": row.state == ActivityState.CLOSED,
        "is_standing": row.state != ActivityState.CANCELLED,
        "buttons": buttons(row, request.actor, urls.get),
        "points": list(row.points.all()),
        "came": [(one, cut_said(one)) for one in page],
        "came_count": came.count(),
        "expected_count": queries.expected(row).count(),
        "page": links,
        "outputs": list(row.outputs.select_related("file").order_by("pk")),
        "rate": rate_said(rate_of(row.programme, row.kind)),
        "verdict": verdict_of(row),
        "story": story_of(row),
        "accept": accept_attribute(actions.OUTPUT_LETTERS),
        "limits": _("%(kinds)s, up to %(limit)d MB.")
        % {"kinds": describe(actions.OUTPUT_LETTERS), "limit": actions.OUTPUT_MEGABYTES},
        "max_bytes": actions.OUTPUT_MEGABYTES * 1_000_000,
    }
    return render(request, "assessment/training/activities/activity.html", context)


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def activity_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the sign-in."""
    row = led_activity(request, pk)
    return answer(
        request,
        lambda: actions.open_sign_in(activity=row, by=request.actor, version=posted_version(request)),
        _("The sign-in is open. Show the screen to everybody in the room."),
        here(request, "school-activity", pk),
    )


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def activity_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it and enter the hours; what was cut is said."""
    row = led_activity(request, pk)

    def act() -> None:
        actions.close(activity=row, by=request.actor, version=posted_version(request))

    back = here(request, "school-activity", pk)
    response = answer(request, act, _("Closed. The hours stand in the ledgers of those who signed in."), back)
    if cut := row.sign_ins.filter(cut__gt=0).count():
        said = ngettext("The hours of %d person were cut.", "The hours of %d people were cut.", cut)
        messages.warning(request, said % cut)
    return response


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def activity_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a planned activity, with the reason."""
    row, because = led_activity(request, pk), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.cancel(
            activity=row, because=because, by=request.actor, version=posted_version(request)
        ),
        _("Cancelled. Those who were expected are told."),
        here(request, "school-activity", pk),
    )
