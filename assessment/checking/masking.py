"""Files of spot-check cases as experts get them: cleaned copies only, in every programme."""

from collections.abc import Iterator

from assessment.checking.models import Judgement, SpotCheckCase
from assessment.reviewing.masking import wanted
from assessment.submitting.models import Evidence
from schools.files.cleaning.asking import Needed, ask_for_cleaning, needed_cleaned


def prepare(case: SpotCheckCase) -> None:
    """Ask for cleaned copies of all that the case's experts will look at."""
    ask_for_cleaning(wanted(Evidence.objects.filter(attempt=case.attempt_id)))


@needed_cleaned
def files_of_cases() -> Iterator[Needed]:
    """Yield what experts look at and of which nobody has asked for a copy."""
    judged = Judgement.objects.values("case__attempt_id")
    return wanted(Evidence.objects.filter(attempt__in=judged, file__cleaned__isnull=True))
