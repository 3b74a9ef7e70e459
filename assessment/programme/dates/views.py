"""The calendar as a form, the dates of all schools, one's own and a school's calendar, and the secret address."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_scopes import scope

from assessment.answering import answer
from assessment.programme.dates import feeds
from assessment.programme.dates.actions import set_calendar
from assessment.programme.dates.forms import CalendarForm
from assessment.programme.dates.lists import DATES
from assessment.programme.dates.models import CalendarFeed
from assessment.programme.dates.queries import dates_of_schools, own_dates
from assessment.programme.models import Phase, Programme
from assessment.programme.places import address, current_or_404, draft_or_404, set_up_steps
from assessment.programme.queries import current_programme
from assessment.programme.waves.queries import waves_of
from schools.access.doors import allow, public, signed_in
from schools.access.permissions import Permission
from schools.people.models import Person
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

TYPE = "text/calendar; charset=utf-8"


def form_for(request: HttpRequest, programme: Programme) -> CalendarForm:
    """Return the form of the whole calendar, with what was posted where something was."""
    return CalendarForm(
        request.POST if request.method == "POST" else None,
        waves=waves_of(programme),
        phases=list(Phase.objects.filter(programme=programme)),
        needs_reason=not programme.is_draft,
    )


def calendar_page(request: HttpRequest, programme: Programme, form: CalendarForm) -> HttpResponse:
    """Show the form; with errors it is shown again as it was typed."""
    name = "programme-draft-calendar" if programme.is_draft else "programme-calendar"
    context = {
        "programme": programme,
        "form": form,
        "sections": form.sections(),
        "save_url": address(
            request, "programme-draft-calendar-save" if programme.is_draft else "programme-phases"
        ),
        "steps": set_up_steps(request, name) if programme.is_draft else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessment/programme/calendar.html", context, status=status)


@allow(Permission.SET_RULES)
@require_GET
def programme_calendar(request: HttpRequest) -> HttpResponse:
    """The form that changes the running programme's calendar."""
    programme = current_or_404(request)
    return calendar_page(request, programme, form_for(request, programme))


@allow(Permission.SET_RULES)
@require_GET
def draft_calendar(request: HttpRequest) -> HttpResponse:
    """Step four of setting up: the phases, for each wave."""
    draft = draft_or_404(request)
    return calendar_page(request, draft, form_for(request, draft))


@allow(Permission.SET_RULES)
@require_POST
def phases(request: HttpRequest) -> HttpResponse:
    """Change the running programme's calendar; the schools whose dates move are told."""
    programme = current_or_404(request)
    back = reverse("assessment:programme", args=[request.county.slug])
    return saved(request, programme, _("The calendar is changed."), back)


@allow(Permission.SET_RULES)
@require_POST
def draft_calendar_save(request: HttpRequest) -> HttpResponse:
    """Keep the draft's calendar and go on to the check."""
    next_step = address(request, "programme-draft-check")
    return saved(request, draft_or_404(request), _("The calendar is kept."), next_step)


def saved(request: HttpRequest, programme: Programme, said: str, back: str) -> HttpResponse:
    form = form_for(request, programme)
    if not form.is_valid():
        return calendar_page(request, programme, form)
    reason = form.cleaned_data.get("reason", "")
    try:
        set_calendar(programme=programme, cells=form.cells(), reason=reason, by=request.actor)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return calendar_page(request, programme, form)
    return answer(request, lambda: None, said, back)


@allow(Permission.SEE_COUNTY)
@exports(DATES)
@require_GET
def dates(request: HttpRequest) -> HttpResponse:
    """Each school's last days as they follow from the common phases, its wave and extensions."""
    programme, asked = current_or_404(request), asked_filters(request, DATES)
    shown = show(request, DATES, dates_of_schools(programme, words=asked["q"], wave=asked["wave"]))
    if shown.file:
        return shown.file
    context = {"programme": programme, "listed": shown, "rows": shown.rows, "page": shown.page}
    return render(request, "assessment/programme/dates.html", context)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_calendar(request: HttpRequest) -> HttpResponse:
    """The school's dates: its wave's, with what was extended and why."""
    programme = current_programme(request.county)
    rows = own_dates(programme, request.school) if programme else []
    context = {"programme": programme, "rows": rows, "feed_url": "", "is_own": False}
    return render(request, "assessment/programme/own_calendar.html", context)


@signed_in
@require_GET
def my_calendar(request: HttpRequest) -> HttpResponse:
    """One's own dates with one's own extensions, and the address for calendar programs."""
    person = request.actor.person
    own = feeds.own_of(person) if person else None
    feed = CalendarFeed.objects.filter(person=person).first() if person else None
    context = {
        "programme": own.programme if own else None,
        "school": own.school if own else None,
        "rows": own.dates if own else [],
        "feed_url": request.build_absolute_uri(address_of(feed)) if feed else "",
        "is_own": person is not None,
    }
    return render(request, "assessment/programme/own_calendar.html", context)


def address_of(feed: CalendarFeed) -> str:
    return reverse("assessment:calendar-feed", args=[feed.token])


@signed_in
@require_POST
def my_calendar_renew(request: HttpRequest) -> HttpResponse:
    """Make a new secret address; the old one leads nowhere any more."""
    person = get_object_or_404(Person.objects.select_related("county"), pk=person_id(request))
    feeds.renew(person=person, by=request.actor)
    said = _("The address is made. Keep it to yourself: whoever has it can read these dates.")
    return answer(request, lambda: None, said, reverse("assessment:my-calendar"))


def person_id(request: HttpRequest) -> int:
    """Return who one is; an account that is nobody's has no calendar of its own to show."""
    if request.actor.person is None:
        raise PermissionDenied
    return int(request.actor.person.pk)


@public
@require_GET
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address, for calendar programs; an unknown address is not found."""
    feed = feeds.feed_with(token)
    if feed is None:
        raise Http404
    with scope(county=feed.person.county, school=None):
        content = feeds.written(feed)
    answered = HttpResponse(content, content_type=TYPE)
    answered["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    answered["Cache-Control"] = "private, max-age=3600"
    return answered
