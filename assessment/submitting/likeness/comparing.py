"""Which pieces of the county are like those of one file, and which of them was there first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from assessment.submitting.likeness.matching import (
    TEXT_LEAST,
    bands,
    numbers,
    picture_degree,
    text_degree,
)
from assessment.submitting.likeness.models import Band, Fingerprint, Likeness, LikenessKind
from assessment.submitting.models import Evidence

MOST_CANDIDATES, MOST_COPIES = 200, 200
MOST_EARLIER, MOST_LATER = 3, 20
COMMON = 10  # other people who have the same; it is then a form's text, or a picture handed out to all


@dataclass(frozen=True)
class Alike:
    """A piece that is like another, how, and how much of 100."""

    piece: Evidence
    kind: LikenessKind
    degree: int


def compare(row: Fingerprint) -> None:
    """Write the likenesses of every piece of the file; doing it twice writes once."""
    own = first_pieces([row.file_id])
    if not own:
        return
    found = [*copies(row), *near(row)]
    likenesses = [one for piece in own for one in likenesses_of(piece, found)]
    Likeness.objects.bulk_create(likenesses, ignore_conflicts=True)


def first_pieces(files: Iterable[int]) -> list[Evidence]:
    """Return where each file first lay in each submission, the earliest first."""
    rows = Evidence.objects.filter(file_id__in=files).select_related("attempt__submission")
    return one_per_submission(rows.order_by("added_at", "pk"))


def one_per_submission(rows: Iterable[Evidence]) -> list[Evidence]:
    first: dict[tuple[int, int], Evidence] = {}
    for piece in rows:
        first.setdefault((piece.attempt.submission_id, piece.file_id), piece)
    return list(first.values())


def copies(row: Fingerprint) -> list[Alike]:
    """Return the pieces whose file has the same bytes; a blank picture is nobody's."""
    if row.reason == "blank":
        return []
    rows = Evidence.objects.filter(file__sha256=row.file.sha256).select_related("attempt__submission")
    pieces = one_per_submission(rows.order_by("added_at", "pk")[:MOST_COPIES])
    return [Alike(piece, LikenessKind.EXACT, 100) for piece in pieces]


def near(row: Fingerprint) -> list[Alike]:
    """Return the pieces with similar text or picture; what many people have in common does not count."""
    prints = {one.file_id: one for one in candidates(row)}
    pieces = [piece for piece in first_pieces(prints) if piece.file_id in prints] if prints else []
    people: dict[int, set[int]] = defaultdict(set)
    for piece in pieces:
        people[piece.file_id].add(piece.attempt.submission.person_id)
    degrees = text_degrees(row, prints, people) if row.signature else picture_degrees(row, prints, people)
    kind = LikenessKind.TEXT if row.signature else LikenessKind.IMAGE
    return [Alike(piece, kind, degrees[piece.file_id]) for piece in pieces if degrees.get(piece.file_id)]


def candidates(row: Fingerprint) -> list[Fingerprint]:
    """Return the fingerprints that share a slice, those that share most first; two queries in any county."""
    shared = (
        Band.objects.filter(value__in=bands(row.signature, row.sight))
        .exclude(fingerprint=row.pk)
        .values("fingerprint_id")
        .annotate(count=Count("pk"))
        .order_by("-count", "fingerprint_id")
    )
    chosen = list(shared.values_list("fingerprint_id", flat=True)[:MOST_CANDIDATES])
    return list(Fingerprint.objects.filter(pk__in=chosen).only("file_id", "signature", "sight"))


def text_degrees(
    row: Fingerprint, prints: dict[int, Fingerprint], people: dict[int, set[int]]
) -> dict[int, int]:
    """Return by file how alike the texts are, without the places where a form's text stands."""
    mine = numbers(row.signature)
    theirs = {file: numbers(one.signature) for file, one in prints.items()}
    template = frozenset(
        at
        for at in range(len(mine))
        if many(people[file] for file, other in theirs.items() if file in people and other[at] == mine[at])
    )
    degrees = {file: text_degree(mine, other, template) for file, other in theirs.items()}
    return {file: degree for file, degree in degrees.items() if degree >= TEXT_LEAST}


def picture_degrees(
    row: Fingerprint, prints: dict[int, Fingerprint], people: dict[int, set[int]]
) -> dict[int, int]:
    """Return by file how alike the pictures are; nothing where many people have this one."""
    degrees = {
        file: picture_degree(row.sight, one.sight)
        for file, one in prints.items()
        if row.sight is not None and one.sight is not None
    }
    found = {file: degree for file, degree in degrees.items() if degree}
    return {} if many(people[file] for file in found if file in people) else found


def many(groups: Iterable[set[int]]) -> bool:
    """Say whether these are so many people that what they share was handed out."""
    return len(set().union(*groups)) >= COMMON


def likenesses_of(piece: Evidence, found: list[Alike]) -> list[Likeness]:
    """Return rows for one piece: the strongest earlier ones, and those later ones that were compared before."""
    best: dict[int, Alike] = {}
    for one in sorted(found, key=strength):
        if one.piece.attempt.submission_id != piece.attempt.submission_id:
            best.setdefault(one.piece.attempt.submission_id, one)
    earlier = [one for one in best.values() if moment(one.piece) < moment(piece)]
    later = [one for one in best.values() if moment(one.piece) > moment(piece)]
    rows = [likeness(piece, one.piece, one) for one in earlier[:MOST_EARLIER]]
    return rows + [likeness(one.piece, piece, one) for one in later[:MOST_LATER]]


def strength(one: Alike) -> tuple[bool, int, object]:
    """Order by: the same file first, then the most alike, then the earliest."""
    return one.kind != LikenessKind.EXACT, -one.degree, moment(one.piece)


def moment(piece: Evidence) -> tuple[object, int]:
    return piece.added_at, piece.pk


def likeness(piece: Evidence, earlier: Evidence, one: Alike) -> Likeness:
    return Likeness(
        county_id=piece.county_id,
        piece=piece,
        earlier=earlier,
        kind=one.kind,
        degree=one.degree,
        seen_at=earlier.added_at,
        seen_school_id=earlier.school_id,
    )
