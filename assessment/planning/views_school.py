"""The school's filings: all of them at a glance, and each to write or to read."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import Button, answer, buttons
from assessment.planning import actions
from assessment.planning.bodies.queries import lacking
from assessment.planning.forms import FilingForm
from assessment.planning.kinds import KINDS, OF_SCHOOL, PLAN, TOPIC
from assessment.planning.listing import points_for, points_named
from assessment.planning.models import FILING, Filing, FilingVersion, Remark
from assessment.planning.queries import WITH_PLACES, comments_of, filing_for, unanswered, versions_of
from assessment.planning.reading import shown
from assessment.planning.spots import Spot, spot_at, spot_to_write
from assessment.planning.steps import may_write, missing_in
from assessment.programme.calendar import closing_time
from assessment.programme.models import PhaseKind
from assessment.programme.queries import current_programme
from assessment.showing import story_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.models import TeachingGroup
from schools.refusals import Refused

SCHOOL_STEPS = ("file", "agree", "give-back", "amend", "keep")


@dataclass(frozen=True)
class SpotShown:
    """One line of the page of all filings: where it stands, what is missing, and whether one writes it."""

    spot: Spot
    missing: list[str]
    may_write: bool

    @property
    def filing(self) -> Filing | None:
        return self.spot.filing


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_filings(request: HttpRequest) -> HttpResponse:
    """Everything that the school files: what is to be filed, by when, how it stands, what is missing."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/planning/school_filings.html", {"programme": None})
    school = request.school
    own = Filing.objects.select_related(*WITH_PLACES).filter(programme=programme, school=school)
    filings = {filing.document: filing for filing in own}
    spots = []
    for kind in OF_SCHOOL:
        filing = filings.get(kind.kind.value)
        if filing is None and school.managed_by_id:
            filing = filing_for(programme, school, kind.kind)
        spots.append(Spot(programme, school, kind, None, filing))
    topics = [
        Spot(programme, school, TOPIC, group, filings.get(f"topic-{group.pk}"))
        for group in TeachingGroup.objects.filter(school=school).order_by("name")
    ]
    context = {
        "programme": programme,
        "closes_at": closing_time(programme, PhaseKind.PLAN, school),
        "lines": [spot_shown(request, spot) for spot in spots],
        "topics": [spot_shown(request, spot) for spot in topics],
        "unanswered": unanswered(programme, school),
    }
    return render(request, "assessment/planning/school_filings.html", context)


def spot_shown(request: HttpRequest, spot: Spot) -> SpotShown:
    """Return one line; what is missing is only told while it can be written."""
    may = spot.is_own and may_write(request.actor, spot.kind.kind, spot.school, spot.group)
    return SpotShown(spot, missing_at(spot), may)


def missing_at(spot: Spot) -> list[str]:
    """Return what is missing at a spot before it can be filed."""
    if not spot.is_own:
        return []
    if spot.filing is None:
        return lacking(spot.programme, spot.school) if spot.kind.is_snapshot else []
    return missing_in(spot.filing) if spot.filing.state in actions.EDITABLE else []


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_plan(request: HttpRequest) -> HttpResponse:
    """The school's development plan: to read, or to write while it is a draft or returned."""
    if current_programme(request.county) is None:
        return render(request, "assessment/planning/school_filing.html", {"programme": None, "kind": PLAN})
    return filing_page(request, spot_at(request, "plan"), None)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_filing(request: HttpRequest, document: str) -> HttpResponse:
    """One filing of the school: to read, or to write while it is a draft or returned."""
    return filing_page(request, spot_at(request, document), None)


def filing_page(request: HttpRequest, spot: Spot, typed: FilingForm | None) -> HttpResponse:
    """Show a filing; `typed` is a form that was sent with errors and is shown again."""
    filing, is_editable = spot.filing, spot.filing is None or spot.filing.state in actions.EDITABLE
    may = spot.is_own and may_write(request.actor, spot.kind.kind, spot.school, spot.group)
    can_edit = may and is_editable and not spot.kind.is_snapshot
    versions = versions_of(filing) if filing else []
    remarks = remarks_beside(filing, versions)
    form = typed or (blank_form(spot) if can_edit else None)
    context = {
        "programme": spot.programme,
        "spot": spot,
        "kind": spot.kind,
        "filing": filing,
        "form": form,
        "parts": form.parts(remarks) if form else [],
        "remarks": remarks,
        "may_answer": bool(remarks) and may,
        "versions": versions,
        "missing": missing_at(spot),
        "buttons": buttons_at(request, spot, may),
        "story": story_of(filing) if filing and spot.is_own else [],
        "scan": scan_shown(request, spot),
        **read_context(filing, remarks, is_shown=form is None),
        **comment_context(request, filing),
    }
    return render(request, "assessment/planning/school_filing.html", context, status=422 if typed else 200)


def remarks_beside(filing: Filing | None, versions: list[FilingVersion]) -> list[Remark]:
    """Return the county's remarks on the last version, while they are worked on."""
    if filing is None or not versions or filing.state not in actions.EDITABLE:
        return []
    return list(versions[-1].remarks.all())


def read_context(filing: Filing | None, remarks: list[Remark], *, is_shown: bool) -> dict[str, Any]:
    if filing is None or not is_shown:
        return {"fields": []}
    points = points_named(filing, filing.content)
    return {"fields": shown(KINDS[filing.kind], filing.content, points, remarks)}


def comment_context(request: HttpRequest, filing: Filing | None) -> dict[str, Any]:
    """Return the teachers' comments and whether the reader replies to them."""
    if filing is None or not KINDS[filing.kind].is_read_by_teachers:
        return {"comments": None}
    may = request.actor.can(Permission.FILE_PLANS, filing.school)
    may_open = may and filing.school_id == request.school.pk and filing.state in actions.EDITABLE
    return {"comments": list(comments_of(filing)), "may_reply": may, "may_open": may_open}


def buttons_at(request: HttpRequest, spot: Spot, may: bool) -> list[Button]:
    """Return the steps of the school; a snapshot that is not begun can be filed at once."""
    if spot.filing is None:
        if not (may and spot.kind.is_snapshot):
            return []
        step, refusal = FILING.step("file"), " ".join(missing_at(spot))
        return [
            Button(
                "file",
                step.label,
                spot.url("file"),
                step.tone,
                step.consequence,
                False,
                False,
                not refusal,
                refusal,
            )
        ]
    if not spot.is_own:
        return []
    return buttons(spot.filing, request.actor, lambda step: spot.url(step) if step in SCHOOL_STEPS else None)


def scan_shown(request: HttpRequest, spot: Spot) -> scans.ScanShown | None:
    """Return the stamped scan as the school sees it; it is added at the school that filed."""
    if spot.filing is None:
        return None
    is_open = spot.is_own and actions.SCAN.allows(spot.filing, request.actor)
    return scans.shown(spot.filing, url=spot.url("scan"), add_url=spot.url("scan-add") if is_open else "")


def blank_form(spot: Spot) -> FilingForm:
    """Return the form with what the filing says so far."""
    said: dict[str, Any] = {"title": spot.usual_title}
    if spot.filing:
        said = {**spot.filing.content, "title": spot.filing.title}
    return FilingForm(initial=said, kind=spot.kind, points=points_for(spot.programme, spot.school))


@allow(Permission.FILE_PLANS, Permission.LEAD_ACTIVITIES)
@require_POST
def filing_save(request: HttpRequest, document: str) -> HttpResponse:
    """Keep what is written; the page's own saving is answered in JSON."""
    spot = spot_to_write(request, document)
    if spot.kind.is_snapshot:
        raise Http404
    form = FilingForm(request.POST, kind=spot.kind, points=points_for(spot.programme, spot.school))
    if "application/json" in request.headers.get("Accept", ""):
        return kept_quietly(request, spot, form)
    if not form.is_valid():
        return filing_page(request, spot, form)
    done = _("Saved. It is not filed yet.")
    return answer(request, lambda: written(request, spot, form), done, spot.url())


def written(request: HttpRequest, spot: Spot, form: FilingForm) -> Filing:
    return actions.write(
        programme=spot.programme,
        school=spot.school,
        kind=spot.kind.kind,
        group=spot.group,
        title=form.cleaned_data["title"],
        content=form.content(),
        by=request.actor,
    )


def kept_quietly(request: HttpRequest, spot: Spot, form: FilingForm) -> JsonResponse:
    """Keep what is written and say so, or why not, in JSON."""
    if not form.is_valid():
        return JsonResponse(
            {"saved": False, "error": _("Not saved yet: something is wrong; “Save” shows where.")}
        )
    try:
        written(request, spot, form)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"saved": True})
