"""Activities of the county's schools, and the conversion table by which they become hours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.training.activities import actions, queries
from assessment.training.activities.conversion import rate_said, rates_of
from assessment.training.activities.forms import RateForm
from assessment.training.activities.lists import IN_COUNTY
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

FIELDS = ("hours", "basis", "most_per_session", "most_per_year")


@allow(Permission.SEE_COUNTY)
@exports(IN_COUNTY)
@require_GET
def county_activities(request: HttpRequest) -> HttpResponse:
    """Every school's activities by time."""
    asked = asked_filters(request, IN_COUNTY)
    found = queries.found_in_county(
        current_programme(request.county),
        q=asked["q"],
        kind=asked["kind"],
        place=asked["place"],
        state=asked["state_is"],
    )
    shown = show(request, IN_COUNTY, found)
    context = {"listed": shown, "rows": shown.rows, "page": shown.page}
    return shown.file or render(request, "assessment/training/activities/county.html", context)


@allow(Permission.SEE_COUNTY)
@require_GET
def rates(request: HttpRequest) -> HttpResponse:
    """How each kind of activity counts; whoever sets the rules changes it here."""
    return rates_page(request, None)


def rates_page(request: HttpRequest, typed: RateForm | None) -> HttpResponse:
    """Show the table; `typed` is a form that was sent with errors and is shown again."""
    programme = get_object_or_404(
        Programme.objects.select_related("county"), county=request.county, is_current=True
    )
    sent = typed.data.get("kind") if typed else ""
    rows = []
    for rate in rates_of(programme):
        said = {"kind": rate.kind} | {name: getattr(rate, name) for name in FIELDS}
        blank = RateForm(initial=said, auto_id=f"id_{rate.kind}_%s")
        rows.append((rate, rate_said(rate), typed if typed and rate.kind == sent else blank))
    context = {
        "programme": programme,
        "rows": rows,
        "sent": sent,
        "may_set": request.actor.can(Permission.SET_RULES, request.county),
    }
    name = "assessment/training/activities/rates.html"
    return render(request, name, context, status=422 if typed else 200)


@allow(Permission.SET_RULES)
@require_POST
def rate_set(request: HttpRequest) -> HttpResponse:
    """Set how one kind counts."""
    programme = get_object_or_404(
        Programme.objects.select_related("county"), county=request.county, is_current=True
    )
    form = RateForm(request.POST)
    if not form.is_valid():
        return rates_page(request, form)
    return answer(
        request,
        lambda: actions.set_rate(programme=programme, by=request.actor, **form.cleaned_data),
        _("Set. It holds from the next closing on; what is entered stays."),
        reverse("assessment:county-rates", args=[request.county.slug]),
    )
