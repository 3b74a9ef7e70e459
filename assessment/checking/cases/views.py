"""The county office's pages of one case: uphold, overturn, rectify."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_due, posted_version
from assessment.checking import boards, spot_checks
from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.results import rectifying
from assessment.checking.showing import timeline
from schools.access.doors import allow
from schools.access.permissions import Permission


def draw_of(request: HttpRequest, case: SpotCheckCase) -> str:
    """Return the address of the draw that a case belongs to."""
    return reverse("assessment:draw", args=[request.county.slug, case.draw_id])


def found_case(request: HttpRequest, pk: int) -> SpotCheckCase:
    work = ("submission__point", "submission__person", "submission__school", "submission__programme")
    rows = SpotCheckCase.objects.select_related("draw__programme", "school", "county", *work)
    return get_object_or_404(rows, pk=pk)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def county_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the school's grade beside the experts' judgements, and the verdict to give."""
    shown = found_case(request, pk)

    def url_of(action: str) -> str | None:
        if action not in ("uphold", "overturn", "rectify"):
            return None
        return reverse(f"assessment:county-case-{action}", args=[request.county.slug, pk])

    def for_submission(action: str) -> str | None:
        return url_of(action) if action == "rectify" else None

    judged = spot_checks.judged_grade(shown)
    context = {
        "case": shown,
        "judged": judged,
        "is_borne_out": spot_checks.bears_out(shown, judged),
        "judgements": boards.judgements_on(shown),
        "buttons": buttons(shown, request.actor, url_of),
        "submission_buttons": buttons(shown.submission, request.actor, for_submission),
        "events": timeline(shown),
    }
    return render(request, "assessment/checking/county_case.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def case_uphold(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the school's result stand."""
    shown, version = found_case(request, pk), posted_version(request)
    return answer(
        request,
        lambda: spot_checks.uphold(case=shown, by=request.actor, version=version),
        _("The school's result stands."),
        draw_of(request, shown),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def case_overturn(request: HttpRequest, pk: int) -> HttpResponse:
    """Overturn the school's result with the reason its people will read."""
    shown, version = found_case(request, pk), posted_version(request)
    why = request.POST.get("note", "")
    return answer(
        request,
        lambda: spot_checks.overturn(case=shown, why=why, by=request.actor, version=version),
        _("The result is overturned and stays out of the acceptance."),
        reverse("assessment:county-case", args=[request.county.slug, pk]),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def case_rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the teacher of an overturned submission one more attempt until a day."""
    submission, version = found_case(request, pk).submission, posted_version(request)
    advice, due_at = request.POST.get("note", ""), posted_due(request)
    return answer(
        request,
        lambda: rectifying.rectify(
            submission=submission, advice=advice, due_at=due_at, by=request.actor, version=version
        ),
        _("The teacher may put it right until that day."),
        reverse("assessment:county-case", args=[request.county.slug, pk]),
    )
