"""Alike pieces at the county office: the list, one pair side by side, its files, and what the office says."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.submitting.likeness import actions
from assessment.submitting.likeness.lists import ALIKE, alike_of_county
from assessment.submitting.likeness.models import Fingerprint, Likeness, LikenessKind
from assessment.submitting.likeness.passages import Passage, side_by_side
from assessment.submitting.likeness.queries import handed_in, listed
from assessment.submitting.likeness.showing import label
from assessment.submitting.models import Evidence
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.models import StoredFile
from schools.files.previews.answering import give_copy, show_preview
from schools.files.previews.showing import Shown, read_previews, shown
from schools.files.serving import give
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

SIDES = ("piece", "earlier")


@dataclass(frozen=True)
class Side:
    """One of the two pieces with all that stands above and in its column; `look` is None while it is no file."""

    title: str | Promise
    piece: Evidence | None
    is_open: bool
    url: str
    look: Shown | None
    passages: list[Passage]


@allow(Permission.RUN_SPOT_CHECKS)
@exports(ALIKE)
@require_GET
def likenesses(request: HttpRequest) -> HttpResponse:
    """Every piece of the county that is like an earlier one."""
    listing = alike_of_county()
    found = show(request, listing, listed(request.actor, **asked_filters(request, listing)))
    context = {"listed": found, "rows": found.rows, "page": found.page}
    return found.file or render(request, "assessment/submitting/likenesses.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def likeness(request: HttpRequest, pk: int) -> HttpResponse:
    """The two pieces side by side."""
    row = one(request, pk)
    context = {
        "row": row,
        "label": label(row),
        "sides": sides(request, row),
        "is_text": row.kind == LikenessKind.TEXT,
        "looks": row.looks.select_related("looked_by__person"),
        "look_url": here(request, "county-likeness-look", row.pk),
    }
    return render(request, "assessment/submitting/likeness.html", context)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def likeness_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the office thinks of it."""
    row = one(request, pk)

    def act() -> None:
        actions.look(
            likeness=row,
            verdict=request.POST.get("verdict", ""),
            note=request.POST.get("note", ""),
            permission=Permission.RUN_SPOT_CHECKS,
            place=request.county,
            by=request.actor,
        )

    return answer(
        request, act, _("Recorded. No grade was changed."), here(request, "county-likeness", row.pk)
    )


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def likeness_file(request: HttpRequest, pk: int, side: str) -> HttpResponseBase:
    """One of the two files."""
    return give(request, file_of(request, pk, side))


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def likeness_preview(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """One of the two files in place."""
    return show_preview(request, file_of(request, pk, side))


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def likeness_copy(request: HttpRequest, pk: int, side: str, kind: str, number: int) -> HttpResponseBase:
    """One copy of such a file."""
    return give_copy(request, file_of(request, pk, side), kind, number)


def one(request: HttpRequest, pk: int) -> Likeness:
    """Return a likeness of this county between pieces of others, else answer 404."""
    rows = handed_in(request.actor).select_related(
        "piece__file", "earlier__file", "piece__item", "earlier__item"
    )
    return get_object_or_404(rows, pk=pk)


def file_of(request: HttpRequest, pk: int, side: str) -> StoredFile:
    """Return one of the two files where its piece was handed in, else answer 404."""
    if side not in SIDES:
        raise Http404
    piece: Evidence | None = getattr(one(request, pk), side)
    if piece is None or piece.attempt.submitted_at is None:
        raise Http404
    return piece.file


def sides(request: HttpRequest, row: Likeness) -> list[Side]:
    """Return the earlier piece and the later one; words of what was not handed in are not shown."""
    pieces = {"earlier": row.earlier, "piece": row.piece}
    titles = {"earlier": _("Earlier piece"), "piece": _("Later piece")}
    is_open = {
        key: piece is not None and piece.attempt.submitted_at is not None for key, piece in pieces.items()
    }
    files = [piece.file for piece in pieces.values() if piece is not None]
    read_previews(files)
    texts = dict(Fingerprint.objects.filter(file__in=files).values_list("file_id", "text"))
    words = [texts.get(piece.file_id, "") if piece else "" for piece in pieces.values()]
    marked = dict(zip(pieces, side_by_side(*words), strict=True)) if all(is_open.values()) else {}
    found = []
    for key, piece in pieces.items():
        url = here(request, "county-likeness-file", row.pk, key)
        look = shown(piece.file, url) if piece is not None and is_open[key] else None
        found.append(Side(titles[key], piece, is_open[key], url, look, marked.get(key, [])))
    return found


def here(request: HttpRequest, name: str, *args: object) -> str:
    return reverse(f"assessment:{name}", args=[request.county.slug, *args])
