"""What the demonstration's visitors open first: its previews are made before all others."""

from collections.abc import Iterable

from django.db.models import Q

from assessment.reviewing.models import ReviewState
from assessment.submitting.models import Evidence
from schools.clock import now
from schools.files.models import Preview
from schools.people.models import Person


def look_first(people: Iterable[Person]) -> int:
    """Put the evidence that `people` handed in, review or judge at the head of the previews; return how many."""
    ids = [person.pk for person in people]
    own = Q(attempt__submission__person_id__in=ids, attempt__submitted_at__isnull=True)
    asked = Q(attempt__reviews__person_id__in=ids, attempt__reviews__state=ReviewState.ASSIGNED)
    drawn = Q(attempt__submission__cases__judgements__expert_id__in=ids)
    seen = Evidence.objects.filter(own | asked | drawn)
    return Preview.objects.filter(file_id__in=seen.values("file_id")).update(asked_at=now())
