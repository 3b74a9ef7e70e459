"""The pages of those who hear an appeal: their own list, one appeal without the teacher's name, the vote."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.checking.appeals import actions
from assessment.checking.appeals.forms import VoteForm
from assessment.checking.appeals.models import Hearing
from assessment.checking.appeals.queries import hearings_of
from assessment.checking.masking import evidence_of, numbered_piece
from assessment.checking.views import BlindFile, blind, blind_name
from assessment.submitting.queries import items_of
from microcapabilities.models import EvidenceItem
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.files.cleaning.naming import hiding_of
from schools.files.cleaning.serving import give_cleaned, give_cleaned_copy, show_cleaned
from schools.paging import turned


@allow(P.JUDGE_CASES, P.GUIDE_SCHOOLS)
@require_GET
def hearings(request: HttpRequest) -> HttpResponse:
    """What one is asked to hear, open ones first."""
    rows = hearings_of(request.actor.person).order_by(F("voted_at").asc(nulls_first=True), "-pk")
    page, links = turned(request, rows)
    return render(request, "assessment/checking/hearings.html", {"rows": page, "page": links})


def own_hearing(request: HttpRequest, pk: int) -> Hearing:
    """Return one's own hearing of the appeal `pk`, else 404."""
    return get_object_or_404(hearings_of(request.actor.person), appeal_id=pk)


@allow(P.JUDGE_CASES, P.GUIDE_SCHOOLS)
@require_GET
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: the objection, the items with their criteria, the evidence, the vote."""
    return hearing_page(request, own_hearing(request, pk), VoteForm())


def hearing_page(request: HttpRequest, own: Hearing, form: VoteForm, status: int = 200) -> HttpResponse:
    """Show the page; what was typed and refused stays in the form."""
    files: dict[int, list[BlindFile]] = {}
    for number, piece in enumerate(evidence_of(own.appeal.attempt_id), start=1):
        url = reverse("assessment:hearing-evidence", args=[own.appeal_id, piece.pk])
        files.setdefault(piece.item_id, []).append(blind(url, number, piece))
    submission = own.appeal.submission
    wanted = EvidenceItem.objects.filter(pk__in=[item.pk for item in items_of(submission)])
    items = wanted.prefetch_related("criteria").order_by("number")
    context = {
        "hearing": own,
        "appeal": own.appeal,
        "reason": hiding_of(submission.person).hide(own.appeal.reason),
        "point": submission.point,
        "shelves": [(item, files.get(item.pk, [])) for item in items],
        "form": form,
    }
    return render(request, "assessment/checking/hearing.html", context, status=status)


@allow(P.JUDGE_CASES, P.GUIDE_SCHOOLS)
@require_POST
def hearing_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote, once."""
    own, form = own_hearing(request, pk), VoteForm(request.POST)
    if not form.is_valid():
        return hearing_page(request, own, form, status=422)
    given = form.cleaned_data
    return answer(
        request,
        lambda: actions.vote(hearing=own, is_for=given["is_for"], reasons=given["reasons"], by=request.actor),
        _("Your vote is given and frozen."),
        reverse("assessment:hearing", args=[pk]),
    )


@allow(P.JUDGE_CASES, P.GUIDE_SCHOOLS)
@require_GET
def hearing_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One file under a neutral name."""
    own = own_hearing(request, pk)
    number, piece = numbered_piece(own.appeal.attempt_id, evidence)
    return give_cleaned(request, piece.file, name=f"{own.appeal.code}-{number}")


@allow(P.JUDGE_CASES, P.GUIDE_SCHOOLS)
@require_GET
def hearing_evidence_preview(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Show one piece in place."""
    number, piece = numbered_piece(own_hearing(request, pk).appeal.attempt_id, evidence)
    return show_cleaned(request, piece.file, name=blind_name(number))


@allow(P.JUDGE_CASES, P.GUIDE_SCHOOLS)
@require_GET
def hearing_evidence_copy(
    request: HttpRequest, pk: int, evidence: int, kind: str, number: int
) -> HttpResponseBase:
    """One copy of a piece."""
    _number, piece = numbered_piece(own_hearing(request, pk).appeal.attempt_id, evidence)
    return give_cleaned_copy(request, piece.file, kind, number)
