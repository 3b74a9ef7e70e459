"""Reading submissions, their attempts and evidence."""

from collections import defaultdict
from dataclasses import dataclass

from assessment.submitting.models import Attempt, Evidence, Submission
from microcapabilities.models import EvidenceItem


@dataclass(frozen=True)
class ItemShelf:
    """One item with the evidence that lies on it; `is_open` says whether it may be changed now."""

    item: EvidenceItem
    evidence: list[Evidence]
    is_open: bool
    must_redo: bool


def open_attempt(submission: Submission) -> Attempt | None:
    """Return the attempt that is not yet submitted, or None."""
    return submission.rounds.filter(submitted_at__isnull=True).first()


def latest_submitted(submission: Submission) -> Attempt | None:
    """Return the attempt that reviewers look at: the last one submitted."""
    return submission.rounds.filter(submitted_at__isnull=False).order_by("-number").first()


def items_of(submission: Submission) -> list[EvidenceItem]:
    """Return the items that count for this submission's school stage."""
    return submission.point.items_for(submission.school.item_stage)


def missing_items(submission: Submission) -> list[EvidenceItem]:
    """Return required items of the open attempt on which nothing lies."""
    attempt = open_attempt(submission)
    present = set(attempt.evidence.values_list("item_id", flat=True)) if attempt else set()
    return [item for item in items_of(submission) if item.is_required and item.pk not in present]


def shelves(submission: Submission, attempt: Attempt | None) -> list[ItemShelf]:
    """Return every item with its evidence in `attempt`."""
    lying: dict[int, list[Evidence]] = defaultdict(list)
    redo: set[int] = set()
    if attempt is not None:
        for piece in attempt.evidence.select_related("file").order_by("pk"):
            lying[piece.item_id].append(piece)
        redo = set(attempt.items_to_redo.values_list("pk", flat=True))
    is_open = attempt is not None and attempt.submitted_at is None
    return [
        ItemShelf(item, lying[item.pk], is_open and (not redo or item.pk in redo), item.pk in redo)
        for item in items_of(submission)
    ]
