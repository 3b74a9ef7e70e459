"""The invariant of honours: only excellent work that still counts is put forward."""

from assessment.reviewing.honours.actions import STANDING
from assessment.reviewing.honours.models import HonourName
from microcapabilities.grades import Grade
from schools.invariants import Found, invariant


@invariant(5, "A name put forward for honours rests on a standing, excellent result.")
def names_rest_on_excellent_work() -> Found:
    names = HonourName._base_manager.filter(withdrawn_at__isnull=True)
    fallen = names.exclude(submission__state__in=STANDING, submission__grade=Grade.EXCELLENT)
    broken = [f"honour {pk}: its result has fallen" for pk in fallen.values_list("pk", flat=True)]
    return names.count(), broken
