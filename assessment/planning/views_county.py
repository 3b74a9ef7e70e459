"""The county reads what schools filed, remarks beside fields, approves and returns."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment import scans
from assessment.answering import answer, answer_batch, buttons, posted_ids, posted_version
from assessment.offering import offers
from assessment.planning import actions, listing, remarks
from assessment.planning.kinds import KINDS, Kind
from assessment.planning.lists import BOARD, FILINGS, WITHOUT_FILING
from assessment.planning.models import Filing, FilingState, FilingVersion, Remark
from assessment.planning.queries import versions_of
from assessment.planning.reading import anchor_label, anchor_text, shown
from assessment.planning.spots import county_filing as filing_of
from assessment.planning.spots import here
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.showing import row_version, story_of, tabs_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.organisations.queries import school_named
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show


@allow(Permission.SEE_COUNTY)
@exports(FILINGS)
@require_GET
def county_filings(request: HttpRequest) -> HttpResponse:
    """What schools filed, by state and kind; what waits for an answer comes first."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/planning/filings.html", {"programme": None})
    asked = asked_filters(request, FILINGS)
    kind, words = asked["kind"], asked["q"]
    tabs, current = tabs_of(request, listing.counts_by_state(programme, kind), "filed")
    if current == listing.NONE:
        shown_list = show(request, WITHOUT_FILING, listing.schools_without(programme, words, kind))
    else:
        filings = listing.filings_of(programme, words, kind)
        states = [listing.STATE_OF[current]] if current in listing.STATE_OF else list(FilingState)
        shown_list = show(request, FILINGS, filings.filter(state__in=states))
    if shown_list.file:
        return shown_list.file
    context = {
        "programme": programme,
        "tabs": tabs,
        "current": current,
        "listed": shown_list,
        "rows": shown_list.rows,
        "page": shown_list.page,
        "may_approve": current == "filed" and request.actor.can(Permission.APPROVE_FILINGS, request.county),
    }
    return render(request, "assessment/planning/filings.html", context)


@allow(Permission.SEE_COUNTY)
@exports(BOARD)
@require_GET
def filings_board(request: HttpRequest) -> HttpResponse:
    """Which school has filed what: schools and kinds."""
    programme = current_programme(request.county)
    if programme is None:
        return render(request, "assessment/planning/board.html", {"programme": None})
    words = asked_filters(request, BOARD)["q"]
    schools = listing.own_years(programme)
    if words:
        schools = schools.filter(school_named(words))
    shown_list = show(request, BOARD, schools, listing.board_of(programme))
    if shown_list.file:
        return shown_list.file
    context = {"programme": programme, "listed": shown_list, "rows": shown_list.rows, "page": shown_list.page}
    return render(request, "assessment/planning/board.html", context)


@dataclass(frozen=True)
class Followed:
    """A remark on the version before: what stood there, what the school says, what stands there now."""

    label: str | Promise
    remark: Remark
    old: str
    new: str


@allow(Permission.SEE_COUNTY)
@require_GET
def county_filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's filing as it was filed last, with remarks beside its fields and the county's answer."""
    filing = filing_of(request, pk)
    kind, versions = KINDS[filing.kind], versions_of(filing)
    urls = {"approve": here(request, "county-filing-approve", pk)}
    answers = {offer.step.action for offer in offers(filing, request.actor) if offer.is_open}
    context = {
        "filing": filing,
        "kind": kind,
        "versions": versions,
        "followed": followed(kind, versions),
        "may_return": "return" in answers,
        "buttons": buttons(filing, request.actor, urls.get),
        "story": story_of(filing),
        "scan": scans.shown(filing, url=here(request, "county-filing-scan", pk)),
        **read_context(filing, kind, versions[-1] if versions else None),
    }
    return render(request, "assessment/planning/filing.html", context)


def read_context(filing: Filing, kind: Kind, last: FilingVersion | None) -> dict[str, Any]:
    """Return the fields of what was filed last with the remarks on it, drafts included."""
    if last is None:
        return {"last": None, "fields": [], "drafts": []}
    beside = list(Remark.objects.filter(filing=filing, about=last).order_by("pk"))
    return {
        "last": last,
        "fields": shown(kind, last.content, listing.points_named(filing, last.content), beside),
        "drafts": [remark for remark in beside if remark.sent_at is None],
    }


def followed(kind: Kind, versions: list[FilingVersion]) -> list[Followed]:
    """Return what became of the remarks on the version before the last."""
    if len(versions) < 2:
        return []
    before, last = versions[-2:]
    return [
        Followed(
            anchor_label(kind, remark.field),
            remark,
            anchor_text(kind, before.content, remark.field),
            anchor_text(kind, last.content, remark.field),
        )
        for remark in before.remarks.all()
    ]


@allow(Permission.APPROVE_FILINGS)
@require_POST
def filing_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a filing and give it its number."""
    filing = filing_of(request, pk)
    return answer(
        request,
        lambda: actions.approve(filing=filing, by=request.actor, version=posted_version(request)),
        _("Approved and numbered."),
        here(request, "county-filing", pk),
    )


@allow(Permission.APPROVE_FILINGS)
@require_POST
def filing_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a filing with the remarks that were drafted, and a note about the whole."""
    filing = filing_of(request, pk)
    note = request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.send_back(
            filing=filing, remarks=note, by=request.actor, version=posted_version(request)
        ),
        _("Returned. The school reads your remarks."),
        here(request, "county-filing", pk),
    )


@allow(Permission.APPROVE_FILINGS)
@require_POST
def filings_approve(request: HttpRequest) -> HttpResponse:
    """Approve every ticked filing, each by itself."""
    programme = get_object_or_404(Programme, county=request.county, is_current=True)
    filings = list(listing.filings_of(programme).filter(pk__in=posted_ids(request)))
    return answer_batch(
        request,
        filings,
        lambda filing: actions.approve(
            filing=filing, by=request.actor, version=row_version(request, filing.pk)
        ),
        here(request, "county-filings"),
    )


@allow(Permission.APPROVE_FILINGS)
@require_POST
def remark_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a remark beside a field or a row."""
    filing = filing_of(request, pk)
    field, text = request.POST.get("field", ""), request.POST.get("text", "")
    return answer(
        request,
        lambda: remarks.remark(filing=filing, field=field, text=text, by=request.actor),
        _("Kept as a draft; it is sent when you return the filing."),
        f"{here(request, 'county-filing', pk)}#at-{field.partition('.')[0]}",
    )


@allow(Permission.APPROVE_FILINGS)
@require_POST
def remark_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a drafted remark away."""
    rows = Remark.objects.select_related("filing__school")
    remark = get_object_or_404(rows, pk=pk, county=request.county)
    return answer(
        request,
        lambda: remarks.take_away(remark=remark, by=request.actor),
        _("Taken away."),
        here(request, "county-filing", remark.filing_id),
    )
