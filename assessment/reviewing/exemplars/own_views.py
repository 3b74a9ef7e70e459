"""One's own pages: the teacher agrees or declines, the reviewer practises."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_version
from assessment.reviewing.drafts import Typed, typed
from assessment.reviewing.exemplars import actions, names, queries
from assessment.reviewing.exemplars.models import Exemplar, ExemplarState
from assessment.reviewing.exemplars.showing import items_shown
from assessment.submitting.models import Evidence
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.cleaning.serving import give_cleaned, give_cleaned_copy, show_cleaned
from schools.paging import turned
from schools.refusals import Refused

OF_TEACHER = {"agree", "decline"}


@allow(Permission.OWN_WORK)
@require_GET
def exemplar_requests(request: HttpRequest) -> HttpResponse:
    """What a teacher was asked about, with the steps that stand open."""
    page, links = turned(request, queries.asked_of(request.actor.person))
    rows = [(row, steps_for(request, row)) for row in page]
    return render(request, "assessment/reviewing/exemplars/requests.html", {"rows": rows, "page": links})


def steps_for(request: HttpRequest, row: Exemplar) -> list[object]:
    """Return the teacher's own steps for one request."""
    return list(
        buttons(
            row,
            request.actor,
            lambda action: (
                reverse("assessment:exemplar-answer", args=[row.pk, action]) if action in OF_TEACHER else None
            ),
        )
    )


@allow(Permission.OWN_WORK)
@require_POST
def exemplar_answer(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Agree or decline."""
    found = get_object_or_404(queries.asked_of(request.actor.person), pk=pk)
    if action not in OF_TEACHER:
        raise Http404
    told = _("Thank you.") if action == "agree" else _("Nobody sees your work as an exemplar.")
    return answer(
        request,
        lambda: actions.step(
            exemplar=found, action=action, by=request.actor, version=posted_version(request)
        ),
        told,
        reverse("assessment:exemplar-requests"),
    )


def practised(request: HttpRequest, pk: int) -> Exemplar:
    """Return an exemplar on which the actor may practise, else answer 404."""
    rows = Exemplar.objects.filter(state=ExemplarState.SHOWN).select_related(*queries.FULL)
    found = get_object_or_404(rows.prefetch_related("grades"), pk=pk)
    if not queries.may_practise(request.actor, found):
        raise Http404
    return found


@allow(Permission.REVIEW)
@require_GET
def exemplars(request: HttpRequest) -> HttpResponse:
    """What a reviewer may practise on, how far they are, and how often they agree."""
    rows = queries.open_to(request.actor)
    agreed, items = queries.agreement_of(request.actor.person)
    page, links = turned(request, rows)
    context = {
        "rows": list(page),
        "page": links,
        "done": sum(row.mine for row in rows),
        "total": len(rows),
        "next": next((row for row in rows if not row.mine), None),
        "agreed": agreed,
        "items": items,
    }
    return render(request, "assessment/reviewing/exemplars/practice_list.html", context)


@allow(Permission.REVIEW)
@require_GET
def exemplar(request: HttpRequest, pk: int) -> HttpResponse:
    """Practise on one exemplar, or look at how one did."""
    return practice_page(request, practised(request, pk))


def practice_page(
    request: HttpRequest, found: Exemplar, sent: Typed | None = None, status: int = 200
) -> HttpResponse:
    practice = queries.practice_of(request.actor.person, found)
    items = items_shown(
        found,
        sees_agreed=practice is not None,
        practice=practice,
        sent=sent.grades if sent and not practice else None,
    )
    graded = {grade.item_id for grade in found.grades.all()}
    agreed, of = queries.agreement_of(request.actor.person) if practice else (0, 0)
    context = {
        "exemplar": found,
        "point": found.submission.point,
        "items": [one for one in items if one.item.pk in graded],
        "practice": practice,
        "agreed": agreed,
        "of": of,
    }
    return render(request, "assessment/reviewing/exemplars/practice.html", context, status=status)


@allow(Permission.REVIEW)
@require_POST
def exemplar_practise(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one's grades and show the agreed ones beside them."""
    found, sent = practised(request, pk), typed(request.POST)
    try:
        actions.practise(exemplar=found, grades=sent.grades, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return practice_page(request, found, sent, 422)
    return redirect("assessment:exemplar", pk)


def shown_piece(request: HttpRequest, pk: int, evidence: int) -> tuple[str, Evidence]:
    """Return the neutral name and a piece of an exemplar to practise on, else answer 404."""
    numbered = names.numbered(practised(request, pk), evidence)
    if numbered is None:
        raise Http404
    return names.shown_name(numbered[0]), numbered[1]


@allow(Permission.REVIEW)
@require_GET
def exemplar_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One piece, under a neutral name."""
    name, piece = shown_piece(request, pk, evidence)
    return give_cleaned(request, piece.file, name=name)


@allow(Permission.REVIEW)
@require_GET
def exemplar_preview(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Show a piece in place."""
    name, piece = shown_piece(request, pk, evidence)
    return show_cleaned(request, piece.file, name=name)


@allow(Permission.REVIEW)
@require_GET
def exemplar_copy(request: HttpRequest, pk: int, evidence: int, kind: str, number: int) -> HttpResponseBase:
    """One copy of a piece."""
    return give_cleaned_copy(request, shown_piece(request, pk, evidence)[1].file, kind, number)
