"""Reading submissions, their attempts and evidence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from assessment.submitting.models import Attempt, Evidence, Sending, Submission
from microcapabilities.models import EvidenceItem
from schools.files.models import StoredFile
from schools.people.models import Person, User


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


def ruled(submission: Submission, name: str) -> int:
    """Return a rule as it stood when the submission was last handed in; before that as it stands now."""
    frozen = submission.rounds.filter(submitted_at__isnull=False, rules__isnull=False)
    rules = frozen.order_by("-number").values_list("rules__rules", flat=True).first() or {}
    return int(rules.get(name, getattr(submission.programme, name)))


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


def submissions_of(person: Person) -> QuerySet[Submission]:
    """Return the person's submissions with all that their page shows of point, items and criteria."""
    return (
        Submission.objects.filter(person=person)
        .select_related("programme", "participant", "county", "school", "person", "point__catalogue")
        .prefetch_related("point__items__criteria")
    )


def files_of(submission: Submission) -> QuerySet[StoredFile]:
    """Return what the same person has laid on items in the same programme, newest first."""
    laid = Evidence.objects.filter(
        attempt__submission__person_id=submission.person_id,
        attempt__submission__programme_id=submission.programme_id,
    )
    return StoredFile.objects.filter(pk__in=laid.values("file_id")).order_by("-pk")


def sendings_of(person: Person) -> QuerySet[Sending]:
    """Return the person's files on their way, with all that laying one asks for."""
    return Sending.objects.filter(submission__person=person).select_related(
        "arrival", "item", "submission__county", "submission__school", "submission__point"
    )


def unlaid(submission: Submission) -> QuerySet[Sending]:
    """Return what is still on its way to the submission's items, or was refused on arrival."""
    on_its_way, refused = Q(arrival__ended_at__isnull=True), ~Q(refusal="")
    return submission.sendings.filter(on_its_way | refused).select_related("arrival").order_by("pk")


def files_at_hand(submission: Submission, user: User | None) -> QuerySet[StoredFile]:
    """Return what may be laid on an item: what lies in the programme, and what was sent up and taken off again."""
    laid = files_of(submission).order_by().values("pk")
    return StoredFile.objects.filter(Q(pk__in=laid) | Q(stored_by=user, stored_by__isnull=False))


def lacking_items(submissions: Sequence[Submission]) -> dict[int, list[EvidenceItem]]:
    """Return, by submission id, the required items on which nothing lies; one query with items prefetched."""
    lying: dict[int, set[int]] = defaultdict(set)
    pieces = Evidence.objects.filter(attempt__submission__in=submissions, attempt__submitted_at__isnull=True)
    for submission_id, item_id in pieces.values_list("attempt__submission_id", "item_id"):
        lying[submission_id].add(item_id)
    return {
        submission.pk: [
            item for item in items_of(submission) if item.is_required and item.pk not in lying[submission.pk]
        ]
        for submission in submissions
    }
