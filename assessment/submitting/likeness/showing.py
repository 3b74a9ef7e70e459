"""Likenesses as they stand beside a piece: what it is like, since when, and as much of where as one may know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessment.submitting.likeness.models import Likeness, LikenessKind, LikenessLook
from assessment.submitting.likeness.queries import likenesses_of
from assessment.submitting.models import Submission
from schools.access.actor import Actor
from schools.clock import SHANGHAI

Address = Callable[[Likeness], str]


@dataclass(frozen=True)
class Look:
    """What somebody said; `name` is empty where it is the reader's own."""

    verdict: str | Promise
    note: str
    name: str


@dataclass(frozen=True)
class AlikeShown:
    """One likeness beside a piece: label, sentence, where the other piece may be opened, and what was said."""

    pk: int
    label: str
    sentence: str
    is_strong: bool
    open_url: str
    look_url: str
    looks: list[Look] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    """Who reads, whether they read blind, whether they read others' looks, and the addresses open to them."""

    actor: Actor
    look_url: Address
    open_url: Address = lambda likeness: ""
    is_blind: bool = False
    sees_looks: bool = False


def read_likenesses(submission: Submission, pieces: Sequence[Any], reader: Reader) -> None:
    """Lay `alike` on each piece (anything with a `file_id`), what it is like; nothing on one's own work."""
    person = reader.actor.person
    if not pieces or (person is not None and person.pk == submission.person_id):
        return
    found = likenesses_of(submission, {piece.file_id for piece in pieces})
    for piece in pieces:
        piece.alike = [shown(row, submission, reader) for row in found.get(piece.file_id, [])]


def shown(row: Likeness, submission: Submission, reader: Reader) -> AlikeShown:
    """Return one likeness as the reader may see it."""
    return AlikeShown(
        pk=row.pk,
        label=label(row),
        sentence=origin(row, submission, is_blind=reader.is_blind),
        is_strong=row.kind == LikenessKind.EXACT or row.degree >= 90,
        open_url=reader.open_url(row),
        look_url=reader.look_url(row),
        looks=[said(look, reader) for look in row.looks.all() if is_read(look, reader)],
    )


def is_read(look: LikenessLook, reader: Reader) -> bool:
    """Say whether the reader sees this look: their own, or everybody's for those who decide."""
    return reader.sees_looks or (reader.actor.user is not None and look.looked_by_id == reader.actor.user.pk)


def said(look: LikenessLook, reader: Reader) -> Look:
    is_own = reader.actor.user is not None and look.looked_by_id == reader.actor.user.pk
    person = getattr(look.looked_by, "person", None)
    return Look(look.get_verdict_display(), look.note, "" if is_own or person is None else person.name)


def label(row: Likeness) -> str:
    """Return what kind of likeness it is, with its degree where it is no copy."""
    if row.kind == LikenessKind.EXACT:
        return _("The same file")
    words = {
        LikenessKind.TEXT: _("Similar text, %(degree)d of 100"),
        LikenessKind.IMAGE: _("Similar picture, %(degree)d of 100"),
    }
    return words[LikenessKind(row.kind)] % {"degree": row.degree}


def origin(row: Likeness, submission: Submission, *, is_blind: bool) -> str:
    """Say where the earlier piece was seen first; a blind reader learns neither names nor schools."""
    facts = {"month": f"{row.seen_at.astimezone(SHANGHAI):%Y-%m}", "school": row.seen_school.name}
    earlier = row.earlier
    if earlier is not None and earlier.attempt.submission.person_id == submission.person_id:
        return _("like an earlier piece of the same teacher, %(month)s") % facts
    if not is_blind:
        return _("like an earlier piece of %(school)s, %(month)s") % facts
    if row.seen_school_id == submission.school_id:
        return _("like an earlier piece of this school, %(month)s") % facts
    return _("like an earlier piece of another school, %(month)s") % facts
