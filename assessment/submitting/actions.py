"""Beginning a point, laying evidence on its items, submitting."""

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.programme.models import Participant
from assessment.programme.progress import count
from assessment.programme.rules.queries import current_version
from assessment.selecting.queries import confirmed_codes
from assessment.submitting.likeness.asking import ask_for_likeness
from assessment.submitting.models import Attempt, Evidence, Submission
from assessment.submitting.queries import files_at_hand, open_attempt, shelves
from assessment.workflow import lock, move
from microcapabilities.models import EvidenceItem, Point
from schools.access.actor import Actor
from schools.clock import now
from schools.files.cleaning.asking import ask_for_cleaning
from schools.files.kinds import LETTERS, describe
from schools.files.models import StoredFile
from schools.files.previews.asking import ask_for_preview
from schools.files.receiving import MEGABYTE, receive
from schools.refusals import Forbidden, Refused

MOST_FILES_PER_ITEM = 8
SECONDS_OF_GRACE = 5


def require_own(submission: Submission, by: Actor) -> None:
    if by.person is None or by.person.pk != submission.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")


@transaction.atomic
def begin(*, participant: Participant, point: Point, by: Actor) -> Submission:
    """Open the work on a confirmed point; beginning twice returns the same submission."""
    if by.person is None or by.person.pk != participant.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    found = Submission.objects.filter(
        programme_id=participant.programme_id, person_id=participant.person_id, point=point
    ).first()
    if found:
        return found
    if point.code not in confirmed_codes(participant):
        raise Refused(_("This point is not in your confirmed choice."), "not-chosen")
    tenant = {"county_id": participant.county_id, "school_id": participant.school_id}
    submission = Submission.objects.create(
        **tenant,
        programme_id=participant.programme_id,
        participant=participant,
        person_id=participant.person_id,
        point=point,
    )
    Attempt.objects.create(**tenant, submission=submission, number=1)
    count(participant.programme_id, participant.school_id, draft=1)
    return submission


def add_evidence(*, submission: Submission, item: EvidenceItem, upload: UploadedFile, by: Actor) -> Evidence:
    """Store a file and lay it on an item of the open attempt."""
    require_own(submission, by)
    require_room(submission, item)
    stored = receive(
        upload,
        county=submission.county,
        letters=item.kinds,
        max_megabytes=item.max_megabytes,
        max_minutes=item.max_minutes,
        by=by.user,
    )
    return lay(submission=submission, item=item, file=stored, by=by)


def use_again(*, submission: Submission, item: EvidenceItem, file: StoredFile, by: Actor) -> Evidence:
    """Lay a file that lies on another of one's own items on this one too, if the item takes its kind."""
    require_own(submission, by)
    if not files_at_hand(submission, by.user).filter(pk=file.pk).exists():
        raise Forbidden(_("This belongs to somebody else."), "own")
    if not takes(item, file):
        raise Refused(
            _("“%(name)s” does not fit here. This item takes %(kinds)s.")
            % {"name": file.name, "kinds": describe(item.kinds)},
            "kind",
        )
    return lay(submission=submission, item=item, file=file, by=by)


def takes(item: EvidenceItem, file: StoredFile) -> bool:
    """Say whether a stored file keeps the item's kinds and limits."""
    longest = item.max_minutes * 60 + SECONDS_OF_GRACE if item.max_minutes else None
    is_short = longest is None or not file.seconds or file.seconds <= longest
    is_small = file.size <= item.max_megabytes * MEGABYTE
    return is_short and is_small and any(file.kind in LETTERS[letter] for letter in item.kinds)


@transaction.atomic
def lay(*, submission: Submission, item: EvidenceItem, file: StoredFile, by: Actor) -> Evidence:
    """Lay a stored file of one's own on an item; one file may serve several items."""
    require_own(submission, by)
    lock(submission)
    attempt = require_room(submission, item)
    ask_for_preview(file)
    ask_for_likeness(file)
    if submission.programme.is_blind:
        ask_for_cleaning([(submission.county_id, file.pk, submission.person_id)])
    try:
        with transaction.atomic():
            return Evidence.objects.create(
                county_id=submission.county_id,
                school_id=submission.school_id,
                attempt=attempt,
                item=item,
                file=file,
            )
    except IntegrityError as error:
        raise Refused(_("This file lies there already."), "twice") from error


def require_room(submission: Submission, item: EvidenceItem) -> Attempt:
    """Return the open attempt if the item may take another file; raises Refused."""
    attempt = open_attempt(submission)
    if attempt is None:
        raise Refused(_("The evidence is frozen while it is being reviewed."), "frozen")
    shelf = next((shelf for shelf in shelves(submission, attempt) if shelf.item.pk == item.pk), None)
    if shelf is None or not shelf.is_open:
        raise Refused(_("Only the items that were sent back can be changed."), "closed-item")
    if len(shelf.evidence) >= MOST_FILES_PER_ITEM:
        raise Refused(_("At most %d files lie on one item.") % MOST_FILES_PER_ITEM, "full")
    return attempt


@transaction.atomic
def take_away(*, piece: Evidence, by: Actor) -> None:
    """Take a piece off an item of the open attempt; the stored file itself is kept."""
    submission = piece.attempt.submission
    require_own(submission, by)
    lock(submission)
    attempt = open_attempt(submission)
    if attempt is None or attempt.pk != piece.attempt_id:
        raise Refused(_("The evidence is frozen while it is being reviewed."), "frozen")
    if not any(shelf.is_open for shelf in shelves(submission, attempt) if shelf.item.pk == piece.item_id):
        raise Refused(_("Only the items that were sent back can be changed."), "closed-item")
    Evidence.objects.filter(pk=piece.pk).delete()
    ask_for_likeness(piece.file)  # it may still lie on another item, which is then where it was first


@transaction.atomic
def submit(*, submission: Submission, is_own_work: bool, by: Actor, version: int | None = None) -> Event:
    """Submit the open attempt with the authorship statement; it is frozen, and so are the rules it falls under."""
    require_own(submission, by)
    open_rounds = submission.rounds.filter(submitted_at__isnull=True)
    open_rounds.update(is_own_work=is_own_work)
    event = move(submission, "submit", by=by, version=version, changes={"due_at": None})
    open_rounds.update(submitted_at=now(), rules=current_version(submission.programme))
    return event


def open_next(submission: Submission, *, redo: list[EvidenceItem], is_copy: bool) -> Attempt:
    """Open the next attempt with the earlier evidence, leaving the items to redo empty.

    With `is_copy` (a withdrawal) everything is carried over and nothing is marked.
    """
    last = submission.rounds.order_by("-number").first()
    tenant = {"county_id": submission.county_id, "school_id": submission.school_id}
    attempt = Attempt.objects.create(**tenant, submission=submission, number=last.number + 1)
    redone = set() if is_copy else {item.pk for item in redo}
    Evidence.objects.bulk_create(
        Evidence(**tenant, attempt=attempt, item_id=piece.item_id, file_id=piece.file_id)
        for piece in last.evidence.order_by("pk")
        if piece.item_id not in redone
    )
    carried = last.items_to_redo.all() if is_copy else redo
    attempt.items_to_redo.set(carried)
    return attempt
