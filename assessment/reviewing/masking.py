"""What a reviewer may know of whose work it is: codes for names, cleaned copies for files, boxes in old words.

Whoever shows a piece of evidence to a reviewer asks `pieces_for` for its address and its shown name, and
whoever gives its bytes asks `give_piece`; both do the right thing for blind reviews and for all others.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.likeness.showing import AlikeShown
from assessment.submitting.models import Attempt, Evidence, Submission
from schools.access.actor import Actor
from schools.files.cleaning.asking import Needed, ask_for_cleaning, needed_cleaned
from schools.files.cleaning.naming import hiding_of
from schools.files.cleaning.serving import give_cleaned, give_cleaned_copy, show_cleaned
from schools.files.cleaning.showing import (
    WITH_CLEANED,
    WITH_CLEANED_COPIES,
    left_said,
    ready_copy,
    shown_cleaned,
)
from schools.files.previews import showing
from schools.files.previews.answering import give_copy, show_preview
from schools.files.previews.showing import WITH_COPIES, WITH_PREVIEW, Shown
from schools.files.serving import give
from schools.refusals import Refused

SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that is easily taken for another
LENGTH = 6
IN_PLACE = ("pdf", "image", "video")


def new_code() -> str:
    """Return a random name for a work that says nothing of whose it is."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def blindness(submission: Submission) -> dict[str, Any]:
    """Return the fields of a new review that say whether it is blind, as the programme says now."""
    is_blind = submission.programme.is_blind
    return {"is_blind": is_blind, "code": new_code() if is_blind else ""}


def prepare(reviews: Iterable[Review]) -> None:
    """Ask for cleaned copies of all that new blind reviews will look at; any number in two queries."""
    blind = [review.submission_id for review in reviews if review.is_blind]
    if blind:
        ask_for_cleaning(wanted(Evidence.objects.filter(attempt__submission__in=blind)))


def wanted(pieces: QuerySet[Evidence]) -> Iterator[Needed]:
    """Yield (county, file, person) of pieces whose files are served cleaned."""
    rows = pieces.order_by("pk").values_list("county_id", "file_id", "attempt__submission__person_id")
    yield from dict.fromkeys(rows)


@needed_cleaned
def files_of_blind_reviews() -> Iterator[Needed]:
    """Yield what blind reviews look at and of which nobody has asked for a copy."""
    blind = Review.objects.filter(is_blind=True).exclude(state=ReviewState.RELEASED)
    bare = Evidence.objects.filter(
        attempt__submission__in=blind.values("submission_id"), file__cleaned__isnull=True
    )
    return wanted(bare)


@dataclass
class Piece:
    """One piece of evidence as its reviewer may see it; `url` is empty while there is nothing to open.

    `alike` is what the piece is like, laid on by `alike.beside_review`.
    """

    file_id: int
    name: str
    kind_label: str
    size: int
    url: str
    opens_in_place: bool
    left: str
    shown: Shown
    alike: list[AlikeShown] = field(default_factory=list)


def with_all_shown(pieces: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Read with pieces all that `pieces_for` shows of them: a fixed number of queries."""
    joined = pieces.select_related("item", WITH_PREVIEW, WITH_CLEANED)
    return joined.prefetch_related(WITH_COPIES, WITH_CLEANED_COPIES)


def pieces_for(review: Review, attempt: Attempt) -> dict[int, list[Piece]]:
    """Return, by item id, what lies in an attempt of the reviewed work as this reviewer may see it."""
    found: dict[int, list[Piece]] = defaultdict(list)
    for evidence in with_all_shown(Evidence.objects.filter(attempt=attempt)).order_by("pk"):
        of_item = found[evidence.item_id]
        of_item.append(piece_for(review, evidence, attempt.number, len(of_item) + 1))
    return found


def piece_for(review: Review, evidence: Evidence, attempt: int, number: int) -> Piece:
    """Return one piece: the `number`th on its item in the attempt of that number."""
    url = reverse("assessment:review-evidence", args=[review.pk, evidence.pk])
    if not review.is_blind:
        file, name = evidence.file, evidence.file.name
        label = file.extension.removeprefix(".").upper()
        in_place = file.kind in IN_PLACE
        return Piece(file.pk, name, label, file.size, url, in_place, "", showing.shown(file, url))
    name, copy = neutral_name(review, evidence, attempt, number), ready_copy(evidence.file)
    return Piece(
        file_id=evidence.file_id,
        name=f"{name}{copy.extension}" if copy else name,
        kind_label=copy.extension.removeprefix(".").upper() if copy else "",
        size=copy.size if copy else 0,
        url=url if copy else "",
        opens_in_place=bool(copy and copy.kind in IN_PLACE),
        left=left_said(evidence.file),
        shown=shown_cleaned(evidence.file, url, name=name),
    )


def neutral_name(review: Review, evidence: Evidence, attempt: int, number: int) -> str:
    """Return what a piece is called in a blind review: code, item, and further numbers where there are several."""
    parts = [review.code, str(evidence.item.number)]
    if number > 1:
        parts.append(str(number))
    if attempt != review.attempt.number:
        parts.insert(1, _("attempt%d") % attempt)
    return "-".join(parts)


def name_of(review: Review, evidence: Evidence) -> str:
    """Return the neutral name of one piece, without ending; one query."""
    beside = Evidence.objects.filter(attempt=evidence.attempt_id, item=evidence.item_id, pk__lte=evidence.pk)
    return neutral_name(review, evidence, evidence.attempt.number, beside.count())


def give_piece(request: HttpRequest, review: Review, evidence: Evidence) -> HttpResponseBase:
    """Answer with the bytes of a piece: the original, or in a blind review its cleaned copy."""
    if review.is_blind:
        return give_cleaned(request, evidence.file, name=name_of(review, evidence))
    return give(request, evidence.file)


def give_piece_copy(
    request: HttpRequest, review: Review, evidence: Evidence, kind: str, number: int
) -> HttpResponseBase:
    """Answer with a copy of a piece for looking at."""
    answer = give_cleaned_copy if review.is_blind else give_copy
    return answer(request, evidence.file, kind, number)


def show_piece(request: HttpRequest, review: Review, evidence: Evidence) -> HttpResponse:
    """Answer with the component that shows a piece in place."""
    if review.is_blind:
        return show_cleaned(request, evidence.file, name=name_of(review, evidence))
    return show_preview(request, evidence.file)


def words_for(review: Review, text: str) -> str:
    """Return earlier words about the work as this reviewer may read them: without what names the teacher."""
    return hiding_of(review.submission.person).hide(text) if review.is_blind and text else text


def holds_open_review(submission: Submission, by: Actor) -> bool:
    """Say whether somebody still has to finish a review of this work."""
    if by.person is None:
        return False
    own = Review.objects.filter(submission=submission, person=by.person, state=ReviewState.ASSIGNED)
    return own.exists()


def require_no_open_review(submission: Submission, by: Actor) -> None:
    """Refuse a decision of somebody whose own review is open: even its refusal would tell the others' grades."""
    if holds_open_review(submission, by):
        raise Refused(
            _("You are asked to review this one yourself; somebody else has to decide."), "reviewing-decider"
        )
