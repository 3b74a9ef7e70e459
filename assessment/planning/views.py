"""The school writes and files its plan; the county reads, approves and returns plans."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import answer, answer_batch, buttons, posted_ids, posted_version
from assessment.planning import actions, listing
from assessment.planning.forms import PlanForm
from assessment.planning.lists import FILINGS, WITHOUT_PLAN
from assessment.planning.models import Filing, FilingState
from assessment.planning.queries import plan_for
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.showing import row_version, story_of, tabs_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

EDITABLE = (FilingState.DRAFT, FilingState.RETURNED)


def here(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of one of this stage's pages at the place of the request."""
    places = [request.county.slug, *([request.school.slug] if request.school else [])]
    return reverse(f"assessment:{name}", args=[*places, *args])


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_plan(request: HttpRequest) -> HttpResponse:
    """The school's plan: to read, or to write while it is a draft or returned."""
    return plan_page(request, None)


def plan_page(request: HttpRequest, typed: PlanForm | None) -> HttpResponse:
    """Show the plan; `typed` is a form that was sent with errors and is shown again."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/planning/plan.html", {"programme": None}, status=200)
    plan = plan_for(programme, request.school)
    is_own = plan is None or plan.school_id == request.school.pk
    may_write = is_own and request.actor.can(Permission.FILE_PLANS, request.school)
    can_edit = may_write and (plan is None or plan.state in EDITABLE)
    context = {
        "programme": programme,
        "plan": plan,
        "is_own": is_own,
        "is_returned": plan is not None and plan.state == FilingState.RETURNED,
        "form": typed or (blank_form(programme, plan, request) if can_edit else None),
        "focus": listing.focus_of(plan) if plan and not can_edit else [],
        "buttons": buttons(plan, request.actor, addresses(request)) if plan and is_own else [],
        "story": story_of(plan) if plan and is_own else [],
        "scan": scan_shown(request, plan) if plan else None,
    }
    return render(request, "assessment/planning/plan.html", context, status=422 if typed else 200)


def scan_shown(request: HttpRequest, plan: Filing) -> scans.ScanShown | None:
    """Return the plan's stamped scan as the school sees it; it is added at the school that filed."""
    is_open = plan.school_id == request.school.pk and actions.SCAN.allows(plan, request.actor)
    add_url = here(request, "school-plan-scan-add") if is_open else ""
    return scans.shown(plan, url=here(request, "school-plan-scan"), add_url=add_url)


def blank_form(programme: Programme, plan: Filing | None, request: HttpRequest) -> PlanForm:
    """Return the form with what the plan says so far."""
    said = {
        "title": _("%(school)s: plan for %(year)s") % {"school": request.school.name, "year": programme.year}
    }
    if plan:
        said = {"title": plan.title, "problem": plan.problem, "goals": plan.goals, "focus": plan.focus}
    return PlanForm(initial=said, points=listing.points_for(programme, request.school))


def addresses(request: HttpRequest):  # type: ignore[no-untyped-def]
    """Return the address of each action that this page offers."""
    return {"file": here(request, "school-plan-file")}.get


@allow(Permission.FILE_PLANS)
@require_POST
def plan_save(request: HttpRequest) -> HttpResponse:
    """Keep what is written; the page's own saving is answered in JSON."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    form = PlanForm(request.POST, points=listing.points_for(programme, request.school))
    if "application/json" in request.headers.get("Accept", ""):
        return kept_quietly(request, programme, form)
    if not form.is_valid():
        return plan_page(request, form)
    return answer(
        request,
        lambda: actions.write(
            programme=programme, school=request.school, by=request.actor, **form.cleaned_data
        ),
        _("Saved. It is not filed yet."),
        here(request, "school-plan"),
    )


def kept_quietly(request: HttpRequest, programme: Programme, form: PlanForm) -> JsonResponse:
    """Keep what is written and say so, or why not, in JSON."""
    if not form.is_valid():
        return JsonResponse({"saved": False, "error": _("Not saved yet: a title is needed.")})
    try:
        actions.write(programme=programme, school=request.school, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"saved": True})


@allow(Permission.FILE_PLANS)
@require_POST
def plan_file(request: HttpRequest) -> HttpResponse:
    """File the plan with the county."""
    plan = get_object_or_404(
        Filing, programme__county=request.county, programme__is_current=True, school=request.school
    )
    return answer(
        request,
        lambda: actions.file(plan=plan, by=request.actor, version=posted_version(request)),
        _("Filed. The county office answers here."),
        here(request, "school-plan"),
    )


@allow(Permission.SEE_COUNTY)
@exports(FILINGS)
@require_GET
def county_filings(request: HttpRequest) -> HttpResponse:
    """Every school's plan by state, those that wait for an answer first."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/planning/filings.html", {"programme": None})
    tabs, current = tabs_of(request, listing.counts_by_state(programme), "filed")
    words = asked_filters(request, FILINGS)["q"]
    if current == listing.NONE:
        shown = show(request, WITHOUT_PLAN, listing.schools_without(programme, words))
    else:
        plans = listing.filings_of(programme, words)
        states = [listing.STATE_OF[current]] if current in listing.STATE_OF else list(FilingState)
        shown = show(request, FILINGS, plans.filter(state__in=states))
    if shown.file:
        return shown.file
    context = {
        "programme": programme,
        "tabs": tabs,
        "current": current,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "may_approve": current == "filed" and request.actor.can(Permission.APPROVE_FILINGS, request.county),
    }
    return render(request, "assessment/planning/filings.html", context)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's plan, with the county's answer."""
    plan = get_object_or_404(Filing.objects.select_related("school__county", "programme", "scan"), pk=pk)
    urls = {name: here(request, f"county-filing-{name}", pk) for name in ("approve", "return")}
    context = {
        "plan": plan,
        "focus": listing.focus_of(plan),
        "buttons": buttons(plan, request.actor, urls.get),
        "story": story_of(plan),
        "scan": scans.shown(plan, url=here(request, "county-filing-scan", pk)),
    }
    return render(request, "assessment/planning/filing.html", context)


@allow(Permission.APPROVE_FILINGS)
@require_POST
def filing_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a plan and give it its number."""
    plan = get_object_or_404(Filing.objects.select_related("school"), pk=pk)
    return answer(
        request,
        lambda: actions.approve(plan=plan, by=request.actor, version=posted_version(request)),
        _("Approved and numbered."),
        here(request, "county-filing", pk),
    )


@allow(Permission.APPROVE_FILINGS)
@require_POST
def filing_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a plan with remarks."""
    plan = get_object_or_404(Filing.objects.select_related("school"), pk=pk)
    remarks = request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.send_back(
            plan=plan, remarks=remarks, by=request.actor, version=posted_version(request)
        ),
        _("Returned. The school reads your remarks."),
        here(request, "county-filing", pk),
    )


@allow(Permission.APPROVE_FILINGS)
@require_POST
def filings_approve(request: HttpRequest) -> HttpResponse:
    """Approve every ticked plan, each by itself."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    plans = list(listing.filings_of(programme).filter(pk__in=posted_ids(request)))
    return answer_batch(
        request,
        plans,
        lambda plan: actions.approve(plan=plan, by=request.actor, version=row_version(request, plan.pk)),
        here(request, "county-filings"),
    )
