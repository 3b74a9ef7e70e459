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

from assessment.checking import spot_checks
from assessment.checking.models import Judgement
from assessment.submitting.models import Evidence
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.kinds import LABELS, Kind
from schools.files.serving import give
from schools.organisations.queries import turned
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
    mime: str

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/")

    @property
    def is_video(self) -> bool:
        return self.mime.startswith("video/")


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


def evidence_of(judgement: Judgement) -> list[Evidence]:
    """Return the evidence of the drawn attempt in the order that numbers it for experts."""
    rows = Evidence.objects.filter(attempt_id=judgement.case.attempt_id).select_related("file")
    return list(rows.order_by("item__number", "pk"))


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
    judgement = own_judgement(request, pk)
    files: dict[int, list[BlindFile]] = {}
    for number, piece in enumerate(evidence_of(judgement), start=1):
        files.setdefault(piece.item_id, []).append(blind(pk, number, piece))
    given = dict(judgement.grades.values_list("item_id", "grade"))
    items = items_with_criteria(judgement)
    context = {
        "judgement": judgement,
        "case": judgement.case,
        "point": judgement.case.submission.point,
        "shelves": [(item, files.get(item.pk, [])) for item in items],
        "items": [(item, given.get(item.pk)) for item in items],
        "grades": GRADES,
        "is_open": judgement.finished_at is None,
    }
    return render(request, "assessment/checking/case.html", context)


def items_with_criteria(judgement: Judgement) -> list[EvidenceItem]:
    """Return the case's items with their criteria: two queries."""
    submission = judgement.case.submission
    wanted = [item.pk for item in items_of(submission)]
    rows = EvidenceItem.objects.filter(pk__in=wanted).prefetch_related("criteria")
    return list(rows.order_by("number"))


def blind(case_id: int, number: int, piece: Evidence) -> BlindFile:
    return BlindFile(
        name=_("Evidence %d") % number,
        kind_label=piece.file.extension.lstrip(".").upper(),
        size_text=filesizeformat(piece.file.size),
        detail=LABELS[Kind(piece.file.kind)],
        url=reverse("assessment:case-evidence", args=[case_id, piece.pk]),
        mime=piece.file.mime,
    )


def posted_grades(request: HttpRequest) -> dict[int, Grade]:
    """Return the posted grades by item id; what is no grade is left out."""
    found = {}
    for name, value in request.POST.items():
        item = name.removeprefix("item-")
        if item != name and item.isdigit() and value in {str(int(grade)) for grade in Grade}:
            found[int(item)] = Grade(int(value))
    return found


def keep_posted(request: HttpRequest, judgement: Judgement) -> None:
    spot_checks.save_judgement(
        judgement=judgement,
        grades=posted_grades(request),
        advice=request.POST.get("advice", ""),
        by=request.actor,
    )


@allow(Permission.JUDGE_CASES)
@require_POST
def case_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep grades and reasons while the judgement is open; answers the page's own saving in JSON."""
    judgement = own_judgement(request, pk)
    is_quiet = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    try:
        keep_posted(request, judgement)
    except Refused as refusal:
        if is_quiet:
            return JsonResponse({"error": str(refusal)}, status=409)
        messages.error(request, str(refusal))
    else:
        if is_quiet:
            return JsonResponse({})
        messages.success(request, _("Saved."))
    return redirect("assessment:case", pk)


@allow(Permission.JUDGE_CASES)
@require_POST
def case_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed, freeze the judgement, and go to the next open case."""
    judgement = own_judgement(request, pk)
    try:
        keep_posted(request, judgement)
        with transaction.atomic():
            spot_checks.finish_judgement(judgement=judgement, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:case", pk)
    messages.success(request, _("Case %s is judged.") % judgement.case.code)
    following = own_judgements(request).filter(finished_at__isnull=True).order_by("pk").first()
    return redirect("assessment:case", following.case_id) if following else redirect("assessment:cases")


@allow(Permission.JUDGE_CASES)
@require_GET
def case_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One file of the case under a neutral name; every byte range passes here."""
    judgement = own_judgement(request, pk)
    for number, piece in enumerate(evidence_of(judgement), start=1):
        if piece.pk == evidence:
            return give(request, piece.file, name=f"{judgement.case.code}-{number}{piece.file.extension}")
    raise Http404
