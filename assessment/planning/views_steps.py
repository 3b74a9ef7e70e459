"""What the school does with a filing: file it, agree to a group's, amend it, answer remarks and comments."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.answering import answer, posted_version
from assessment.planning import actions, comments, remarks
from assessment.planning.models import Comment, Filing, Remark
from assessment.planning.spots import Spot, own_filing, spot_at, spot_to_write
from assessment.planning.steps import page_of
from schools.access.doors import allow
from schools.access.permissions import Permission


@allow(Permission.FILE_PLANS, Permission.LEAD_ACTIVITIES)
@require_POST
def filing_file(request: HttpRequest, document: str) -> HttpResponse:
    """File it; a snapshot that was never begun begins with this."""
    spot = spot_to_write(request, document)
    if not spot.is_own or (spot.filing is None and not spot.kind.is_snapshot):
        raise Http404

    @transaction.atomic
    def act() -> None:
        filing = spot.filing or begun(request, spot)
        actions.file(filing=filing, by=request.actor, version=posted_version(request))

    return answer(request, act, _("Filed. The answer comes here."), spot.url())


def begun(request: HttpRequest, spot: Spot) -> Filing:
    """Begin a filing in which nothing is written by hand."""
    return actions.write(
        programme=spot.programme,
        school=spot.school,
        kind=spot.kind.kind,
        title=spot.usual_title,
        content={},
        by=request.actor,
    )


@allow(Permission.FILE_PLANS, Permission.LEAD_ACTIVITIES)
@require_POST
def filing_amend(request: HttpRequest, document: str) -> HttpResponse:
    """Open an approved filing for an amendment."""
    spot = spot_to_write(request, document)
    filing, why = own_filing(spot), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.amend(filing=filing, why=why, by=request.actor, version=posted_version(request)),
        _("Change it here and file it again; until then the approved version holds."),
        spot.url(),
    )


@allow(Permission.FILE_PLANS, Permission.LEAD_ACTIVITIES)
@require_POST
def filing_keep(request: HttpRequest, document: str) -> HttpResponse:
    """Drop an amendment."""
    spot = spot_to_write(request, document)
    filing = own_filing(spot)
    return answer(
        request,
        lambda: actions.keep(filing=filing, by=request.actor, version=posted_version(request)),
        _("The approved version stands here again."),
        spot.url(),
    )


@allow(Permission.FILE_PLANS)
@require_POST
def filing_agree(request: HttpRequest, document: str) -> HttpResponse:
    """Agree to a group's topic plan."""
    spot = spot_at(request, document)
    filing = own_filing(spot)
    return answer(
        request,
        lambda: actions.agree(filing=filing, by=request.actor, version=posted_version(request)),
        _("Agreed and numbered."),
        spot.url(),
    )


@allow(Permission.FILE_PLANS)
@require_POST
def filing_give_back(request: HttpRequest, document: str) -> HttpResponse:
    """Give a group's topic plan back."""
    spot = spot_at(request, document)
    filing, why = own_filing(spot), request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.give_back(filing=filing, why=why, by=request.actor, version=posted_version(request)),
        _("Given back. The head of the group reads your words."),
        spot.url(),
    )


@allow(Permission.FILE_PLANS)
@require_POST
def filing_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the teachers read a draft and comment on it, or no longer."""
    filing = filing_here(request, pk)
    is_open = request.POST.get("is_open") == "on"
    done = (
        _("The teachers read it now and comment.") if is_open else _("The draft is closed to the teachers.")
    )
    return answer(
        request,
        lambda: actions.open_for_comment(filing=filing, is_open=is_open, by=request.actor),
        done,
        page_of(filing),
    )


def filing_here(request: HttpRequest, pk: int) -> Filing:
    rows = Filing.objects.select_related("school__county", "county", "programme")
    return get_object_or_404(rows, pk=pk, school=request.school)


@allow(Permission.FILE_PLANS)
@require_POST
def remark_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one remark of the county, or mark it as mended."""
    sent = Remark.objects.filter(school=request.school, sent_at__isnull=False)
    remark = get_object_or_404(sent.select_related("filing__school__county"), pk=pk)
    text, is_mended = request.POST.get("answer", ""), request.POST.get("is_mended") == "on"
    return answer(
        request,
        lambda: remarks.answer(remark=remark, text=text, is_mended=is_mended, by=request.actor),
        _("Kept beside the remark; the county reads it when you file again."),
        f"{page_of(remark.filing)}#remark-{pk}",
    )


@allow(Permission.FILE_PLANS)
@require_POST
def comment_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to a teacher's comment."""
    rows = Comment.objects.select_related("filing__school__county", "person")
    comment = get_object_or_404(rows, pk=pk, school=request.school)
    return answer(
        request,
        lambda: comments.reply(comment=comment, text=request.POST.get("text", ""), by=request.actor),
        _("Your reply stands below the comment."),
        f"{page_of(comment.filing)}#comment-{pk}",
    )
