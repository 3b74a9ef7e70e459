"""The expert's pages: own cases, and one case judged blind: no names, no school, no file names, no dates."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assessment import in_place
from assessment.checking import spot_checks
from assessment.checking.cases.models import Judgement
from assessment.checking.masking import evidence_of, numbered_piece
from assessment.checking.queries import judging_progress, open_cases_of
from assessment.reviewing.drafts import Typed, fingerprint, typed
from assessment.reviewing.queue import around
from assessment.submitting.models import Evidence
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.cleaning.serving import give_cleaned
from schools.files.cleaning.showing import (
    left_said,
    ready_copy,
    shown_cleaned,
)
from schools.files.kinds import LABELS, Kind
from schools.files.previews.showing import Shown
from schools.paging import turned
from schools.refusals import Refused

GRADES = ((Grade.EXCELLENT, "excellent"), (Grade.PASS, "good"), (Grade.FAIL, "bad"))


@dataclass(frozen=True)
class BlindFile:
    """A piece of evidence without its own name: a number, what it is, how large, where to open it."""

    name: str
    kind_label: str
    size_text: str
    detail: str | Promise
    url: str
    shown: Shown


@dataclass(frozen=True)
class JudgementState:
    """Whether an expert's judgement is done, for the pill."""

    label: str | Promise
    tone: str
    shape: str


TO_JUDGE = JudgementState(gettext_lazy("To judge"), "attention", "dot")
JUDGED = JudgementState(gettext_lazy("Finished"), "good", "check")


def own_judgements(request: HttpRequest):  # type: ignore[no-untyped-def]
    """Return the person's judgements, each with its case and point."""
    rows = Judgement.objects.filter(expert=request.actor.person)
    return rows.select_related("case__submission__point", "case__submission__school", "case__draw")


def own_judgement(request: HttpRequest, pk: int) -> Judgement:
    """Return the person's judgement of case `pk`; 404 without guardian's grant on it."""
    judgement = get_object_or_404(own_judgements(request), case_id=pk)
    if not request.user.has_perm("judge_case", judgement.case):
        raise Http404
    return judgement


@allow(Permission.JUDGE_CASES)
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """One's own cases, open ones first."""
    rows = own_judgements(request).order_by(F("finished_at").asc(nulls_first=True), "pk")
    page, links = turned(request, rows)
    context = {"rows": [(row, JUDGED if row.finished_at else TO_JUDGE) for row in page], "page": links}
    return render(request, "assessment/checking/cases.html", context)


@allow(Permission.JUDGE_CASES)
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: evidence, items and criteria; nothing that says whose it is."""
    return case_page(request, own_judgement(request, pk))


def address(case_id: int | None) -> str:
    """Return where a case is judged, or an empty text for none."""
    return reverse("assessment:case", args=[case_id]) if case_id else ""


def case_page(
    request: HttpRequest, judgement: Judgement, *, sent: Typed | None = None, status: int = 200
) -> HttpResponse:
    """Show a case; what was `sent` and not kept stays in its fields."""
    files: dict[int, list[BlindFile]] = {}
    for number, piece in enumerate(evidence_of(judgement.case.attempt_id), start=1):
        url = reverse("assessment:case-evidence", args=[judgement.case_id, piece.pk])
        files.setdefault(piece.item_id, []).append(blind(url, number, piece))
    kept = spot_checks.judged_so_far(judgement)
    is_open = judgement.finished_at is None
    given = {item: grade for item, (grade, _remark) in kept.items()}
    given |= dict(sent.grades if sent and is_open else {})
    items = items_with_criteria(judgement)
    waiting = open_cases_of(request.actor.person)
    beside = around(waiting, judgement.case_id)
    context = {
        "judgement": judgement,
        "case": judgement.case,
        "point": judgement.case.submission.point,
        "shelves": [(item, files.get(item.pk, [])) for item in items],
        "items": [(item, given.get(item.pk)) for item in items],
        "grades": GRADES,
        "is_open": is_open,
        "advice": sent.advice if sent and is_open else judgement.advice,
        "seen": fingerprint(kept, judgement.advice),
        "progress": judging_progress(request.actor.person, len(waiting)),
        "previous_url": address(beside.previous),
        "next_url": address(beside.following),
    }
    at = address(judgement.case_id) if request.method == "POST" else ""
    return in_place.page(request, "assessment/checking/case.html", context, status=status, at=at)


def items_with_criteria(judgement: Judgement) -> list[EvidenceItem]:
    """Return the case's items with their criteria: two queries."""
    submission = judgement.case.submission
    wanted = [item.pk for item in items_of(submission)]
    rows = EvidenceItem.objects.filter(pk__in=wanted).prefetch_related("criteria")
    return list(rows.order_by("number"))


def blind(url: str, number: int, piece: Evidence) -> BlindFile:
    """Return a piece as somebody sees it who may not know whose it is; `url` gives its file."""
    copy = ready_copy(piece.file)
    return BlindFile(
        name=blind_name(number),
        kind_label=copy.extension.lstrip(".").upper() if copy else "",
        size_text=filesizeformat(copy.size) if copy else "",
        detail=left_said(piece.file) or LABELS[Kind(piece.file.kind)],
        url=url if copy else "",
        shown=shown_cleaned(piece.file, url, name=blind_name(number)),
    )


def keep(request: HttpRequest, judgement: Judgement, sent: Typed) -> str:
    """Keep what was sent; returns the fingerprint of what is kept now. Raises Refused."""
    return spot_checks.save_judgement(
        judgement=judgement, grades=sent.grades, advice=sent.advice, by=request.actor, seen=sent.seen
    )


@allow(Permission.JUDGE_CASES)
@require_POST
def case_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep grades and reasons while the judgement is open; answers the page's own saving in JSON."""
    judgement, sent = own_judgement(request, pk), typed(request.POST, grade_name="item")
    is_quiet = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    try:
        seen = keep(request, judgement, sent)
    except Refused as refusal:
        if is_quiet:
            return JsonResponse({"error": str(refusal)}, status=409)
        return refused(request, pk, sent, refusal)
    if is_quiet:
        return JsonResponse({"saved": True, "carry": {"seen": seen}})
    messages.success(request, _("Saved."))
    return redirect("assessment:case", pk)


@allow(Permission.JUDGE_CASES)
@require_POST
def case_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed, freeze the judgement, and go to the next open case."""
    judgement, sent = own_judgement(request, pk), typed(request.POST, grade_name="item")
    following = around(open_cases_of(request.actor.person), pk).following
    try:
        keep(request, judgement, sent)
        with transaction.atomic():
            spot_checks.finish_judgement(judgement=judgement, by=request.actor)
    except Refused as refusal:
        return refused(request, pk, sent, refusal)
    messages.success(request, _("Case %s is judged.") % judgement.case.code)
    if following is None:
        return in_place.leave(request, "assessment:cases")
    if in_place.wants_part(request):
        return case_page(request, own_judgement(request, following))
    return redirect("assessment:case", following)


def refused(request: HttpRequest, pk: int, sent: Typed, refusal: Refused) -> HttpResponse:
    """Show a refusal with all that was typed."""
    if in_place.wants_part(request):
        return in_place.refused(request, str(refusal))
    messages.error(request, str(refusal))
    return case_page(request, own_judgement(request, pk), sent=sent, status=422)


@allow(Permission.JUDGE_CASES)
@require_GET
def case_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One file of the case under a neutral name; every byte range passes here."""
    judgement = own_judgement(request, pk)
    number, piece = numbered_piece(judgement.case.attempt_id, evidence)
    return give_cleaned(request, piece.file, name=f"{judgement.case.code}-{number}")


def blind_name(number: int) -> str:
    """Return what a piece is called where its own name would tell whose it is."""
    return _("Evidence %d") % number
