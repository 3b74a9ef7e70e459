"""What the pages of school and office have alike: the list, released work, one exemplar, its steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.answering import answer, buttons, posted_version
from assessment.programme.queries import current_programme
from assessment.reviewing.drafts import Typed, typed
from assessment.reviewing.exemplars import actions, queries
from assessment.reviewing.exemplars.models import Exemplar, ExemplarState
from assessment.reviewing.exemplars.showing import items_shown
from assessment.submitting.models import Submission
from schools.access.permissions import Permission
from schools.refusals import Refused
from schools.sheets.listing import Listing, asked_filters
from schools.sheets.showing import show

KEPT_STEPS = ("show", "hide")


def here(request: HttpRequest, name: str, *args: Any) -> str:
    """Return the address of a page of exemplars at this place: `name` without the place."""
    if request.school is None:
        return reverse(f"assessment:county-{name}", args=[request.county.slug, *args])
    return reverse(f"assessment:school-{name}", args=[request.county.slug, request.school.slug, *args])


def may_keep(request: HttpRequest) -> bool:
    right = actions.keeper_right(is_for_county=request.school is None)
    return bool(request.actor.can(right, request.school or request.county))


def kept(request: HttpRequest, pk: int) -> Exemplar:
    """Return an exemplar that is kept here, else answer 404."""
    rows = Exemplar.objects.filter(is_for_county=request.school is None).select_related(*queries.FULL)
    if request.school is not None:
        rows = rows.filter(school=request.school)
    return get_object_or_404(rows.prefetch_related("grades"), pk=pk)


def list_page(request: HttpRequest, listing: Listing) -> HttpResponse:
    rows = queries.kept_by(current_programme(request.county), request.school)
    shown = show(request, listing, rows)
    for row in shown.rows:
        row.url = here(request, "exemplar", row.pk)
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "may_keep": may_keep(request),
        "work_url": here(request, "exemplar-work"),
    }
    return shown.file or render(request, "assessment/reviewing/exemplars/kept.html", context)


def work_page(request: HttpRequest, listing: Listing) -> HttpResponse:
    asked = asked_filters(request, listing)
    rows = queries.candidates_for(
        current_programme(request.county), request.school, q=asked["q"], grade=asked["grade"]
    )
    shown = show(request, listing, rows)
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "ask_url": here(request, "exemplar-ask"),
        "back_url": here(request, "exemplars"),
    }
    return shown.file or render(request, "assessment/reviewing/exemplars/work.html", context)


def ask(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("submission", "")
    rows = Submission.objects.select_related("person", "point", "school", "programme")
    if request.school is not None:
        rows = rows.filter(school=request.school)
    if not wanted.isdigit():
        raise Http404
    submission = get_object_or_404(rows, pk=int(wanted))
    return answer(
        request,
        lambda: actions.ask(
            submission=submission,
            is_for_county=request.school is None,
            reason=request.POST.get("reason", "")[:300],
            by=request.actor,
        ),
        _("The teacher is asked. Once they agree, you write the agreed grades."),
        here(request, "exemplars"),
    )


def exemplar_page(
    request: HttpRequest, found: Exemplar, sent: Typed | None = None, status: int = 200
) -> HttpResponse:
    is_county = request.school is None
    steps = buttons(
        found,
        request.actor,
        lambda action: here(request, "exemplar-step", found.pk, action) if action in KEPT_STEPS else None,
    )
    context = {
        "exemplar": found,
        "items": items_shown(
            found,
            sees_agreed=True,
            is_kept=is_county,
            sent=sent.grades if sent else None,
            said=sent.remarks if sent else None,
        ),
        "sees_files": is_county and sees_files(request, found),
        "is_county": is_county,
        "may_write": found.state == ExemplarState.AGREED and may_keep(request),
        "write_url": here(request, "exemplar-write", found.pk),
        "back_url": here(request, "exemplars"),
        "buttons": steps if may_keep(request) else [],
        "practices": list(queries.practices_on([found])[:200]),
    }
    return render(request, "assessment/reviewing/exemplars/keeping.html", context, status=status)


def write(request: HttpRequest, pk: int) -> HttpResponse:
    found, sent = kept(request, pk), typed(request.POST)
    try:
        actions.agree_on(exemplar=found, grades=sent.grades, comments=sent.remarks, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return exemplar_page(request, found, sent, 422)
    loose = any(text.strip() for item, text in sent.remarks.items() if item not in sent.grades)
    if loose:
        messages.warning(
            request, _("A comment is kept only together with a grade: please grade that item too.")
        )
        return exemplar_page(request, kept(request, pk), sent)
    messages.success(request, _("The agreed grades are kept."))
    return redirect(here(request, "exemplar", pk))


def take(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    found = kept(request, pk)
    if action not in KEPT_STEPS:
        raise Http404
    told = {"show": _("Reviewers can practise on it now."), "hide": _("Closed.")}[action]
    return answer(
        request,
        lambda: actions.step(
            exemplar=found, action=action, by=request.actor, version=posted_version(request)
        ),
        told,
        here(request, "exemplar", pk),
    )


def sees_files(request: HttpRequest, found: Exemplar) -> bool:
    """Say whether the office may open the files: only while the teacher agrees."""
    is_agreed = found.state in (ExemplarState.AGREED, ExemplarState.SHOWN)
    return is_agreed and bool(request.actor.can(Permission.RUN_SPOT_CHECKS, request.county))
