"""The county office's pages of samples of the process."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_version
from assessment.checking.process import actions
from assessment.checking.process.forms import SampleForm
from assessment.checking.process.lists import CHECKS, SAMPLES
from assessment.checking.process.models import ProcessCheck, ProcessKind, ProcessSample
from assessment.checking.process.queries import new_rows, samples_made, shown
from assessment.checking.process.sources import SOURCES
from assessment.checking.showing import timeline
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.refusals import Refused
from schools.sheets.listing import exports
from schools.sheets.showing import show

ACTS = ("confirm", "object")


@allow(Permission.RUN_SPOT_CHECKS)
@exports(SAMPLES)
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """What is new since the last samples, and the samples made."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/checking/process_samples.html", {"programme": None})
    listed = show(request, SAMPLES, samples_made(programme))
    if listed.file:
        return listed.file
    context = {
        "programme": programme,
        "new": [(kind.label, len(new_rows(programme, kind))) for kind in ProcessKind],
        "form": SampleForm(initial={"size": actions.USUAL_SIZE}),
        "listed": listed,
        "rows": listed.rows,
        "page": listed.page,
    }
    return render(request, "assessment/checking/process_samples.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def sample_draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample of what is new."""
    back = redirect("assessment:process-samples", request.county.slug)
    programme = get_object_or_404(Programme.objects.select_related("county"), is_current=True)
    form = SampleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say what is sampled, and between 1 and 200 rows."))
        return back
    try:
        made = actions.draw(programme=programme, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return back
    messages.success(request, _("Drawn. Look at each row and say whether it is in order."))
    return redirect("assessment:process-sample", request.county.slug, made.pk)


@allow(Permission.RUN_SPOT_CHECKS)
@exports(CHECKS)
@require_GET
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """One sample: its rows, and what it shows."""
    found = get_object_or_404(ProcessSample.objects.select_related("drawn_by__person"), pk=pk)
    rows = ProcessCheck.objects.filter(sample=found).select_related("school")
    listed = show(request, CHECKS, rows)
    context = {
        "sample": found,
        "shown": shown(found),
        "listed": listed,
        "rows": listed.rows,
        "page": listed.page,
    }
    return listed.file or render(request, "assessment/checking/process_sample.html", context)


def found_check(pk: int) -> ProcessCheck:
    rows = ProcessCheck.objects.select_related("sample__programme", "school", "county")
    return get_object_or_404(rows, pk=pk)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: what it said, where it is seen, and the answer to give."""
    found = found_check(pk)
    source = SOURCES[found.sample.kind]
    subject = source.rows(found.sample.programme).filter(pk=found.subject_id).first()

    def url_of(action: str) -> str | None:
        if action not in ACTS:
            return None
        return reverse(f"assessment:process-check-{action}", args=[request.county.slug, pk])

    context = {
        "check": found,
        "subject_url": source.address(subject) if subject else "",
        "buttons": buttons(found, request.actor, url_of),
        "events": timeline(found),
    }
    return render(request, "assessment/checking/process_check.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def check_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """It is in order."""
    found, version = found_check(pk), posted_version(request)
    return answer(
        request,
        lambda: actions.confirm(check=found, by=request.actor, version=version),
        _("Noted as in order."),
        reverse("assessment:process-sample", args=[request.county.slug, found.sample_id]),
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def check_object(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not, and why."""
    found, version, why = found_check(pk), posted_version(request), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.object_to(check=found, why=why, by=request.actor, version=version),
        _("Noted as not in order."),
        reverse("assessment:process-sample", args=[request.county.slug, found.sample_id]),
    )
