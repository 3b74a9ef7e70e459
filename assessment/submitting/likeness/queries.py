"""Reading likenesses: of a submission's pieces, and of the whole county."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from assessment.submitting.likeness.models import Likeness, LikenessLook
from assessment.submitting.models import Submission
from microcapabilities.models import Point
from schools.access.actor import Actor
from schools.organisations.models import School
from schools.people.models import Person

WITH_PIECES = (
    "seen_school",
    "piece__school",
    "piece__attempt__submission__person",
    "piece__attempt__submission__point",
    "earlier__school__county",
    "earlier__attempt__submission__person",
    "earlier__attempt__submission__point",
)
OWN = "attempt__submission__person"


def likenesses_of(submission: Submission, files: Iterable[int]) -> dict[int, list[Likeness]]:
    """Return by file what its piece is like, the strongest first, with everybody's looks; two queries.

    A piece that was carried over from an earlier attempt is recognised by its file.
    """
    rows = Likeness.objects.filter(piece__attempt__submission=submission, piece__file__in=files)
    looks = LikenessLook.objects.select_related("looked_by__person")
    found: dict[int, list[Likeness]] = defaultdict(list)
    for row in (
        rows.select_related(*WITH_PIECES)
        .prefetch_related(Prefetch("looks", looks))
        .order_by("-degree", "seen_at", "pk")
    ):
        found[row.piece.file_id].append(row)
    return found


def handed_in(actor: Actor) -> QuerySet[Likeness, Any]:
    """Return the county's likenesses of pieces that were handed in, none of the actor's own work."""
    rows = Likeness.objects.filter(piece__attempt__submitted_at__isnull=False)
    if actor.person is not None:
        rows = rows.exclude(**{f"piece__{OWN}": actor.person}).exclude(**{f"earlier__{OWN}": actor.person})
    return rows.select_related(*WITH_PIECES)


def listed(
    actor: Actor, *, q: str = "", kind: str = "", degree: str = "", school: str = "", point: str = "",
    verdict: str = "",
) -> QuerySet[Likeness, Any]:  # fmt: skip
    """Return what the county's list shows, each with the `verdict` of the last look."""
    last = LikenessLook.objects.filter(likeness=OuterRef("pk")).order_by("-pk").values("verdict")[:1]
    rows = handed_in(actor).annotate(verdict=Subquery(last))
    if q:
        rows = rows.filter(**{f"piece__{OWN}__in": Person.objects.named_like(q)})
    if kind:
        rows = rows.filter(kind=kind)
    if degree:
        rows = rows.filter(degree__gte=int(degree))
    if school:
        rows = rows.filter(Q(piece__school=school) | Q(seen_school=school))
    if point:
        rows = rows.filter(piece__attempt__submission__point__code=point)
    if verdict:
        rows = rows.filter(verdict__isnull=True) if verdict == "none" else rows.filter(verdict=verdict)
    return rows.order_by("-found_at", "-pk")


def schools_concerned() -> list[tuple[str, str]]:
    """Return (id, name) of the county's schools."""
    return [(str(pk), name) for pk, name in School.objects.order_by("pinyin", "pk").values_list("pk", "name")]


def points_concerned() -> list[tuple[str, str]]:
    """Return (code, code and name) of the points with likenesses."""
    points = Point.objects.filter(pk__in=Likeness.objects.values("piece__attempt__submission__point"))
    return list(
        {
            point.code: (point.code, f"{point.code} {point.name}") for point in points.order_by("position")
        }.values()
    )
