"""Files of spot-check cases and appeals as their judges get them: cleaned copies only, in every programme."""

from collections.abc import Iterator

from django.http import Http404

from assessment.checking.appeals.models import Appeal, Hearing
from assessment.checking.cases.models import Judgement, SpotCheckCase
from assessment.reviewing.masking import wanted
from assessment.submitting.models import Evidence
from schools.files.cleaning.asking import Needed, ask_for_cleaning, needed_cleaned
from schools.files.cleaning.showing import WITH_CLEANED, WITH_CLEANED_COPIES


def prepare(judged: SpotCheckCase | Appeal) -> None:
    """Ask for cleaned copies of all that the judges will look at."""
    ask_for_cleaning(wanted(Evidence.objects.filter(attempt=judged.attempt_id)))


@needed_cleaned
def files_of_cases() -> Iterator[Needed]:
    """Yield what experts and those who hear appeals look at and of which nobody has asked for a copy."""
    for attempts in (
        Judgement.objects.values("case__attempt_id"),
        Hearing.objects.values("appeal__attempt_id"),
    ):
        yield from wanted(Evidence.objects.filter(attempt__in=attempts, file__cleaned__isnull=True))


def evidence_of(attempt_id: int) -> list[Evidence]:
    """Return the evidence of an attempt in the order that numbers it for its judges."""
    rows = Evidence.objects.filter(attempt_id=attempt_id).select_related(WITH_CLEANED)
    return list(rows.prefetch_related(WITH_CLEANED_COPIES).order_by("item__number", "pk"))


def numbered_piece(attempt_id: int, evidence: int) -> tuple[int, Evidence]:
    """Return a piece of an attempt with its number for its judges, else answer 404."""
    for number, piece in enumerate(evidence_of(attempt_id), start=1):
        if piece.pk == evidence:
            return number, piece
    raise Http404
