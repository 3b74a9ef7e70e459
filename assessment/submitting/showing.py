"""The teacher's desk for one point: per item what is asked, what lies there, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.submitting.actions import MOST_FILES_PER_ITEM, takes
from assessment.submitting.models import Attempt, Evidence, Sending, Submission
from assessment.submitting.queries import ItemShelf, files_of, shelves, unlaid
from microcapabilities.models import EvidenceItem
from schools.files.cleaning.showing import found_said, is_withheld
from schools.files.kinds import accept_attribute, describe
from schools.files.models import StoredFile
from schools.files.previews.showing import Shown, lasting, read_previews, shown
from schools.files.receiving import MEGABYTE

MOST_OFFERED = 30


@dataclass(frozen=True)
class FileCard:
    """One piece of evidence as the file component wants it; `remove_url` is empty while it is frozen."""

    name: str
    size_text: str
    kind_label: str
    url: str
    detail: str
    remove_url: str
    look: Shown
    warning: str = ""
    is_blind: bool = False


@dataclass(frozen=True)
class Arriving:
    """A file on its way that is not laid: `percent` of it is safe, or `refusal` says why it was not taken."""

    name: str
    size: int
    percent: int
    url: str
    remove_url: str
    refusal: str


@dataclass(frozen=True)
class Place:
    """One item with all that its part of the page needs; `reusable` are own files that fit here."""

    item: EvidenceItem
    limits: str
    accept: str
    max_bytes: int
    cards: list[FileCard]
    has_room: bool
    is_open: bool
    must_redo: bool
    is_missing: bool
    reusable: list[StoredFile]
    arriving: list[Arriving]
    takes_photo: bool
    takes_film: bool


def places(submission: Submission, attempt: Attempt | None, *, added: str = "") -> list[Place]:
    """Return every item of the point; `added` is the id of the piece that has just arrived."""
    found = shelves(submission, attempt)
    may_change = any(shelf.is_open for shelf in found)
    lying = [piece.file for shelf in found for piece in shelf.evidence]
    read_previews(lying)
    if is_blind := submission.programme.is_blind:
        prefetch_related_objects(lying, "cleaned")
    own = list(files_of(submission)[:200]) if may_change else []
    waiting = list(unlaid(submission)) if may_change else []
    return [place(shelf, own, added, waiting, is_blind=is_blind) for shelf in found]


def place(
    shelf: ItemShelf,
    own: Sequence[StoredFile],
    added: str,
    waiting: Sequence[Sending],
    *,
    is_blind: bool = False,
) -> Place:
    item, lying = shelf.item, {piece.file_id for piece in shelf.evidence}
    has_room = shelf.is_open and len(shelf.evidence) < MOST_FILES_PER_ITEM
    fitting = [file for file in own if file.pk not in lying and takes(item, file)] if has_room else []
    return Place(
        item=item,
        limits=limits_of(item),
        accept=accept_attribute(item.kinds),
        max_bytes=item.max_megabytes * MEGABYTE,
        cards=[
            card(piece, is_open=shelf.is_open, is_new=str(piece.pk) == added, is_blind=is_blind)
            for piece in shelf.evidence
        ],
        has_room=has_room,
        is_open=shelf.is_open,
        must_redo=shelf.must_redo,
        is_missing=item.is_required and not shelf.evidence,
        reusable=fitting[:MOST_OFFERED],
        arriving=[arriving(sending) for sending in waiting if sending.item_id == item.pk],
        takes_photo=bool(set(item.kinds) & {"P", "R"}),
        takes_film=bool(set(item.kinds) & {"V", "R"}),
    )


def arriving(sending: Sending) -> Arriving:
    """Return a file on its way as a row; its arrival has to be read already."""
    arrival = sending.arrival
    return Arriving(
        name=arrival.name,
        size=arrival.size,
        percent=100 * arrival.offset // arrival.size,
        url=reverse("assessment:upload", args=[arrival.key]),
        remove_url=reverse("assessment:upload-remove", args=[arrival.key]),
        refusal=sending.refusal,
    )


def limits_of(item: EvidenceItem) -> str:
    """Return what may be sent up for the item, said before anything is chosen."""
    parts = [describe(item.kinds), _("at most %d MB") % item.max_megabytes]
    if item.max_minutes and set(item.kinds) & {"V", "R"}:
        parts.append(
            ngettext("a video of at most %d minute", "a video of at most %d minutes", item.max_minutes)
            % item.max_minutes
        )
    return " · ".join(parts)


def card(piece: Evidence, *, is_open: bool, is_new: bool = False, is_blind: bool = False) -> FileCard:
    """Return one piece as a card; its file has to be read already, and in a blind programme its cleaned copy."""
    file = piece.file
    details = [lasting(file.seconds)] if file.seconds else []
    url = reverse("assessment:evidence-file", args=[piece.pk])
    if is_new:
        details.append(_("arrived safely just now"))
    return FileCard(
        name=file.name,
        size_text=filesizeformat(file.size),
        kind_label=file.extension.lstrip(".").upper() or file.kind.upper(),
        url=url,
        detail=" · ".join(details),
        remove_url=reverse("assessment:evidence-remove", args=[piece.pk]) if is_open else "",
        look=shown(file, url),
        warning=warning_of(file) if is_blind else "",
        is_blind=is_blind,
    )


def warning_of(file: StoredFile) -> str:
    """Return what its owner should know of a file that is reviewed without names; empty where all is well."""
    if is_withheld(file):
        return _("No copy without names could be made of this file; reviewers will not see it. Save it anew.")
    if found := found_said(file):
        return _("You are named in this file: %s. Reviewers judge without names; better take it out.") % found
    return ""
